/* Names that only what is said of them tells, in a reply under --redact: "kim mailbox full", "Unknown user:
 * kim", "contact Kim Lee", "Kim Lee has left the company". */
#ifndef MAILWHY_REDACT_SAID_H
#define MAILWHY_REDACT_SAID_H

#include "analyze/report/names.h"

/* How long the name that begins at the word `at` is; 0: none does. */
size_t said_name_at(struct names *names, struct slice text, size_t at, enum name_kind *kind);

#endif
