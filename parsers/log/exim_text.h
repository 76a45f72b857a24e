/* Pieces of Exim's lines: words, hosts, values with names, times. */
#ifndef MAILWHY_LOG_EXIM_TEXT_H
#define MAILWHY_LOG_EXIM_TEXT_H

#include "parsers/log/dialect.h"

/* The next word; a quoted local part may hold blanks. */
struct slice exim_take_word(struct slice *rest);

/* What stands behind " H=": "mx.example.org (helo) [192.0.2.1]:25". Both stay as they are where nothing does.
 */
void exim_read_host(struct slice s, struct slice *host, struct slice *ip);

/* Past "(helo)" at the start, which is followed by " [192.0.2.1]"; 0: it is not. Where the client's words
 * look as if they were followed by an address too, nobody knows which is Exim's: s.len. */
size_t exim_helo_length(struct slice s);

/* Past `="…"`, a value that may hold the words of the client or of the other side (T=, DN=, C=, SNI=), or
 * past the quotes of `=<"…"@…>` (F=, P=): Exim writes a quote in it with a backslash. 0: there is none. */
size_t exim_quoted_length(struct slice s);

/* The place of `word` outside of quoted values, from `start` on; s.len: none. */
size_t exim_find_word_unquoted(struct slice s, size_t start, struct slice word);
static inline __attribute__((always_inline)) size_t exim_find_unquoted(struct slice s, size_t start,
                                                                       const char *word) {
    return exim_find_word_unquoted(s, start, slice_of(word));
}

/* What stands behind a key such as " X=", up to a blank; empty: it is not there. */
static inline __attribute__((always_inline)) struct slice exim_value(struct slice s, const char *key) {
    s = slice_from(s, exim_find_unquoted(s, 0, key) + strlen(key));
    return slice_upto(s, slice_find_char(s, ' '));
}

/* The values of keys, each where it stands first; a NULL address: it is not there. */
struct exim_keys {
    struct slice size, tls, account, local, router; /* S=, X=, A=, I=, R= */
    struct slice answer; /* C="…", without the quotes: what the other side answered stands in the last one,
                            for a certificate's name may hold another */
};

/* Those of one capital letter, such as " X=", outside of quoted values. */
struct exim_keys exim_read_keys(struct slice s);

/* "QT=2m5s DT=0.4s" at the end of a delivery's line: delay and sending of the event. */
void exim_read_durations(struct log_event *e, struct slice text);

/* A line is understood, and tells nothing that is counted; `kind` says what it is. */
static inline enum line_result exim_pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_exim, kind, line);
}

#endif
