/* Any bytes as HTML: its text is clean, and no longer than the page can say. */
#include "parsers/base/html_text.h"

#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    struct slice text = html_to_text(&arena, (struct slice){(const char *)data, size});
    hold_utf8(text);
    HOLDS(text.len <= size * 3 + 64);
    arena_reset(&arena);
    return 0;
}
