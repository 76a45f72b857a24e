/* Commands in a sentence of ours: see command_words.h. */
#include "analyze/report/command_words.h"

/* Several backticks in a row are no mark of ours. */
static bool is_mark(struct slice text, size_t at) {
    bool is_lone = (!at || text.ptr[at - 1] != '`') && (at + 1 == text.len || text.ptr[at + 1] != '`');
    return at < text.len && text.ptr[at] == '`' && is_lone;
}

static bool is_command(struct slice s) {
    return s.len && !ascii_is_space(s.ptr[0]) && !ascii_is_space(s.ptr[s.len - 1]) &&
           slice_find_char(s, '\n') == s.len && slice_find_char(s, '\r') == s.len;
}

bool command_next(struct slice text, struct slice *before, struct slice *command, struct slice *behind) {
    size_t open = slice_find_char(text, '`');
    size_t close = open < text.len ? open + 1 + slice_find_char(slice_from(text, open + 1), '`') : text.len;
    if (close >= text.len || !is_mark(text, open) || !is_mark(text, close) ||
        !is_command(slice_upto(slice_from(text, open + 1), close - open - 1)))
        return false;
    *before = slice_upto(text, open);
    *command = slice_upto(slice_from(text, open + 1), close - open - 1);
    *behind = slice_from(text, close + 1);
    return true;
}
