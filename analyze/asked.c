/* What callers ask for: see asked.h. */
#include "analyze/asked.h"

#include "parsers/base/shown_name.h"

#include <glib.h>

bool asked_list_is_whole(const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!list || !list[i])
            return false;
    return true;
}

bool asked_bytes_are_whole(struct slice bytes) {
    return bytes.ptr || !bytes.len;
}

char *asked_about(const char *what, const char *text) {
    g_autofree char *shown = shown_name(text);
    return g_strdup_printf("%s: %s", what, shown);
}

char *asked_entry_fault(const char *what, const char *const *list, size_t count,
                        bool (*is_valid)(const char *entry)) {
    for (size_t i = 0; i < count; i++)
        if (!is_valid(list[i]))
            return asked_about(what, list[i]);
    return NULL;
}
