/* Marks of quotation: see quotes.h. */
#include "analyze/report/quotes.h"

#include <glib.h>

static const struct {
    const char *mark;
    char plain;
} marks[] = {
    {"\u201c", '"'},  {"\u201d", '"'},  {"\u201e", '"'},  {"\u201f", '"'},  {"\u2033", '"'},
    {"\u00ab", '"'},  {"\u00bb", '"'},  {"\u300c", '"'},  {"\u300d", '"'},  {"\u300e", '"'},
    {"\u300f", '"'},  {"\u301d", '"'},  {"\u301e", '"'},  {"\u301f", '"'},  {"\uff02", '"'},
    {"\u2018", '\''}, {"\u2019", '\''}, {"\u201a", '\''}, {"\u201b", '\''}, {"\u2039", '\''},
    {"\u203a", '\''}, {"\uff07", '\''},
};

static char plain_at(struct slice text, size_t at, size_t *length) {
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        struct slice mark = slice_of(marks[i].mark);
        if (slice_equal(slice_upto(slice_from(text, at), mark.len), mark)) {
            *length = mark.len;
            return marks[i].plain;
        }
    }
    *length = 1;
    return text.ptr[at];
}

struct slice quotes_plain(struct slice text, struct arena *arena) {
    size_t at = 0;
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
        at++;
    if (at == text.len)
        return text;
    g_autoptr(GString) plain = g_string_sized_new(text.len);
    for (size_t i = 0, length = 1; i < text.len; i += length, length = 1)
        g_string_append_c(plain,
                          (unsigned char)text.ptr[i] < 0x80 ? text.ptr[i] : plain_at(text, i, &length));
    return plain->len < text.len ? arena_copy(arena, (struct slice){plain->str, plain->len}) : text;
}
