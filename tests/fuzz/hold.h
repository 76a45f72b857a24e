/* What must hold of what is made of any bytes; where it does not, the fuzz target ends and shows the input.
 */
#ifndef MAILWHY_FUZZ_HOLD_H
#define MAILWHY_FUZZ_HOLD_H

#include "parsers/base/arena.h"
#include "parsers/base/visible.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                   \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

#define hold_utf8(text) hold_utf8_at(text, __FILE__, __LINE__)
static inline void hold_utf8_at(struct slice text, const char *file, int line) {
    bool is_valid = !text.len || g_utf8_validate(text.ptr, (gssize)text.len, NULL);
    if (!is_valid)
        fprintf(stderr, "%s:%d: %.*s\n", file, line, S(text));
    HOLDS(is_valid);
}

/* No character of it is unseen but the ends of lines and tabs. */
static inline void hold_visible(struct slice text) {
    hold_utf8(text);
    while (text.len) {
        uint32_t c;
        text = slice_from(text, character_next(text, &c));
        HOLDS(c == '\n' || c == '\t' || !character_is_unseen(c));
    }
}

/* `part` is empty or a piece of `whole`. */
static inline void hold_within(struct slice part, struct slice whole) {
    HOLDS(!part.len || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len));
}

/* It is JSON, for another reader than ours (hold_json.c, whose names are those of parsers/base/json_nodes.h).
 */
void hold_json(struct slice text);

/* One value on each line. */
static inline void hold_json_lines(struct slice text) {
    struct slice line;
    while (slice_next_line(&text, &line))
        hold_json(line);
}

/* A sink that keeps all, in a GString. */
static inline void keep(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

static inline struct slice kept(const GString *text) {
    return (struct slice){text->str, text->len};
}

#endif
