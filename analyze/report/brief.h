/* Pages of one line for each recipient, or for each report: for a subject, a script, a glance (-q). No reader
 * asks for it by name, so it is no row of formats.c. */
#ifndef MAILWHY_BRIEF_H
#define MAILWHY_BRIEF_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_brief;

#endif
