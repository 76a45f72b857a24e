/* Words of a reply against lists of words: what denied.c and hedged.c read them by. */
#ifndef MAILWHY_WORD_LISTS_H
#define MAILWHY_WORD_LISTS_H

#include "parsers/base/slice.h"

#include <stdbool.h>

#define IS_ANY(s, list, fits) is_any(s, list, sizeof(list) / sizeof(list)[0], fits)

/* Does it fit one of the list, as `fits` tells? */
static inline bool is_any(struct slice s, const struct slice *list, size_t count,
                          bool (*fits)(struct slice s, struct slice one)) {
    size_t i = 0;
    while (i < count && !fits(s, list[i]))
        i++;
    return i < count;
}

static inline bool has(struct slice text, struct slice words) {
    return slice_find_nocase(text, words) < text.len;
}

/* Of any script: every byte above ASCII counts. */
static inline bool is_letter(char c) {
    return ascii_is_alpha(c) || (c & 0x80);
}

#endif
