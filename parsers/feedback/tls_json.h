/* The JSON of SMTP TLS reports (RFC 8460 section 4.4). */
#ifndef MAILWHY_TLS_JSON_H
#define MAILWHY_TLS_JSON_H

#include "parsers/feedback/feedback_facts.h"

/* false: the text is no such report. */
bool tls_json_read(struct feedback *feedback, struct slice text, struct arena *arena);

#endif
