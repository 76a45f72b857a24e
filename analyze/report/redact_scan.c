/* What finders write: see redact_scan.h. */
#include "analyze/report/redact_scan.h"

#include <glib.h>

void scan_hide(const struct scan *s, enum name_kind kind, struct slice text) {
    char pseudonym[PSEUDONYM_SIZE];
    if (!s->out)
        return;
    names_pseudonym(s->names, kind, text, pseudonym);
    g_string_append(s->out, pseudonym);
}

void scan_keep(const struct scan *s, size_t from, size_t to) {
    if (s->out)
        g_string_append_len(s->out, s->text.ptr + from, (gssize)(to - from));
}
