/* Any bytes as a text that enters and leaves: what leaves is clean, stays as it is when it leaves again, and
 * is long in proportion only. */
#include "parsers/base/visible.h"

#include "parsers/base/text.h"
#include "tests/fuzz/hold.h"

#define MOST_GROWTH 9 /* "<U+10FFFF>" of a character of four bytes, "<U+007F>" of one */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice raw = {(const char *)data, size};
    struct slice line = text_clean_line(&arena, raw), block = text_clean_block(&arena, raw);
    hold_utf8(line);
    hold_utf8(block);
    HOLDS(!line.len || !memchr(line.ptr, '\n', line.len));
    bool has_mark =
        slice_find(line, SLICE("\xef\xbb\xbf")) < line.len; /* it goes where it comes to stand in front */
    HOLDS(has_mark || slice_equal(text_clean_line(&arena, line), line));
    hold_utf8(text_fold_case(&arena, line));
    for (int form = VISIBLE_LINE; form <= VISIBLE_TEXT; form++) {
        struct slice shown = text_visible(&arena, form == VISIBLE_LINE ? line : raw, (enum visible_form)form);
        hold_visible(shown);
        HOLDS(shown.len <= size * MOST_GROWTH + 16);
        HOLDS(slice_equal(text_visible(&arena, shown, (enum visible_form)form), shown));
        HOLDS(form == VISIBLE_TEXT || !shown.len || !memchr(shown.ptr, '\n', shown.len));
    }
    HOLDS(text_seen(&arena, raw).len <= size);
    HOLDS(text_upto(line, 7).len <= 7);
    hold_utf8(text_upto(line, 7));
    arena_free(&arena);
    return 0;
}
