/* Words for what happened: see export_word.h. */
#include "parsers/rules/export_word.h"

/* The values as the rules write them: case does not count, and a blank stands between two of them. */
static bool is_value(struct slice event, const char *value) {
    size_t i = 0;
    while (i < event.len && value[i]) {
        char c = event.ptr[i] == EXPORT_WORD_END ? ' ' : ascii_lower(event.ptr[i]);
        if (c != ascii_lower(value[i]))
            return false;
        i++;
    }
    return i == event.len && !value[i];
}

const char *export_word_of(const struct export_kind *kind, struct slice event) {
    while (event.len) {
        for (const char *const *pair = kind->outcomes; pair && pair[0] && pair[1]; pair += 2)
            if (is_value(event, pair[0]))
                return pair[1];
        while (event.len && event.ptr[event.len - 1] != EXPORT_WORD_END)
            event.len--;
        event.len -= event.len > 0;
    }
    return NULL;
}
