/* Reports on messages and on bare replies. */
#ifndef MAILWHY_STRUCTURE_MESSAGE_H
#define MAILWHY_STRUCTURE_MESSAGE_H

#include "analyze/report/form.h"

extern const struct report_form form_message; /* struct report */
extern const struct report_form form_reply;   /* struct verdict: on a bare reply */

#endif
