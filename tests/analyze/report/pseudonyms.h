/* Pseudonyms in expected texts: "u*" stands for a letter and eight hexadecimal digits. */
#ifndef MAILWHY_TESTS_PSEUDONYMS_H
#define MAILWHY_TESTS_PSEUDONYMS_H

#include "analyze/report/names.h"

#include <string.h>

static const struct redaction redaction = {.key = ""};

static inline bool is_pseudonym(struct slice s) {
    if (s.len < PSEUDONYM_SIZE - 1 || !strchr("unsithp", s.ptr[0]))
        return false;
    for (size_t i = 1; i < PSEUDONYM_SIZE - 1; i++)
        if (!ascii_is_digit(s.ptr[i]) && !(s.ptr[i] >= 'a' && s.ptr[i] <= 'f'))
            return false;
    return true;
}

/* The text with each pseudonym as its letter and "*". */
static inline struct slice without_digits(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, text.len);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_one = is_pseudonym(slice_from(text, i));
        out[used++] = text.ptr[i];
        if (is_one) {
            out[used++] = '*';
            i += PSEUDONYM_SIZE - 2;
        }
    }
    return arena_close(arena, out, used);
}

#endif
