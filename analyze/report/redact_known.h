/* Names that were collected, found again in a text under --redact (redact_scan.h). */
#ifndef MAILWHY_REDACT_KNOWN_H
#define MAILWHY_REDACT_KNOWN_H

#include "analyze/report/redact_scan.h"

/* One of them: a word, or a name of several. */
size_t scan_take_name(const struct scan *s, size_t at);

/* zoe_miller, Z.Miller: a word that holds a word of a name, and is no host. */
size_t scan_take_joined(const struct scan *s, size_t at);

/* What only its place in a reply tells to be a name. */
size_t scan_take_form(const struct scan *s, size_t at);

#endif
