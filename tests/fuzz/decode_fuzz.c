/* Any bytes as content of a part: a line with the name of a character set, then what was encoded. */
#include "parsers/base/text.h"
#include "parsers/message/message.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice rest = {(const char *)data, size}, name = SLICE_EMPTY;
    slice_next_line(&rest, &name);
    char *charset = arena_string(&arena, name);
    for (int encoding = ENCODING_PLAIN; encoding <= ENCODING_UU; encoding++) {
        struct slice raw = encoding_decode(rest, (enum encoding)encoding, &arena);
        HOLDS(raw.len <= rest.len);
        struct slice text = text_to_utf8(&arena, raw, charset);
        hold_utf8(text_clean_block(&arena, text));
        HOLDS(text.len <= raw.len * 16 + 64);
    }
    arena_free(&arena);
    return 0;
}
