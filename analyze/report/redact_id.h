/* Tokens and ids in a text under --redact (redact_scan.h). */
#ifndef MAILWHY_REDACT_ID_H
#define MAILWHY_REDACT_ID_H

#include "analyze/report/redact_scan.h"

/* A long word of letters and digits mixed, as trackers and queue tokens are; host names have dots. */
size_t scan_take_token(const struct scan *s, size_t at);

/* Letters written as references of HTML. */
size_t scan_take_references(const struct scan *s, size_t at);

/* A word encoded for a header (RFC 2047): names and subjects stand in it. */
size_t scan_take_encoded_word(const struct scan *s, size_t at);

/* "queued as 4Fq2xR", "4Fq2xR6hLmz9rJ: to=<…>": an id of a message that nobody told before. */
size_t scan_take_id(const struct scan *s, size_t at);

#endif
