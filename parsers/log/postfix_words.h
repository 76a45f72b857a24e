/* What the readers of Postfix's daemons have in common. */
#ifndef MAILWHY_POSTFIX_WORDS_H
#define MAILWHY_POSTFIX_WORDS_H

#include "parsers/log/dialect.h"

static inline size_t postfix_find(struct slice s, const char *word) {
    return slice_find(s, slice_of(word));
}

/* A line of this kind says nothing of a delivery. */
enum line_result postfix_pass(struct log_facts *f, const char *kind, const struct log_line *line);

/* "a@b" up to one of `ends`, as pages show "<a@b>" that took it for a tag. Postfix itself always writes
 * brackets. */
struct slice postfix_take_bare(struct slice *rest, const char *ends);

/* "<a@b>, …" */
struct slice postfix_take_address(struct slice *rest);

/* "Trusted TLS connection established to mx.example.org[192.0.2.25]:25: TLSv1.3 with cipher …"; `mark` is the
 * part that names the direction. false: it is no such line. */
bool postfix_read_tls(struct log_facts *f, const struct log_line *line, struct slice text, const char *mark);

#endif
