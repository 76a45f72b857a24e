/* A DNS snapshot as structure: form_snapshot. */
#ifndef MAILWHY_STRUCTURE_SNAPSHOT_H
#define MAILWHY_STRUCTURE_SNAPSHOT_H

#include "analyze/report/form.h"

extern const struct report_form form_snapshot; /* struct snapshot; without a page */

#endif
