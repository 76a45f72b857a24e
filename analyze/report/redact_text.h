/* Free text under --redact: what in it names a person is found and replaced. */
#ifndef MAILWHY_REDACT_TEXT_H
#define MAILWHY_REDACT_TEXT_H

#include "analyze/report/names.h"

/* Append a text without what names a person: addresses, long tokens, and what was collected. */
void redact_text(struct names *names, struct slice text, GString *out);

/* Collect the local parts of the addresses in a text. */
void redact_text_collect(struct names *names, struct slice text);

/* The same of what the other side wrote: its form tells names too (redact_form.h). */
void redact_reply(struct names *names, struct slice text, GString *out);
void redact_reply_collect(struct names *names, struct slice text);

#endif
