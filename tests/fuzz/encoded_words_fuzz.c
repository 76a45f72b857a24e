/* Any bytes as a field with encoded words: what comes out is clean and no longer than the words can be. */
#include "parsers/base/encoded_words.h"

#include "parsers/base/text.h"
#include "tests/fuzz/hold.h"

#define MOST_GROWTH 8 /* a byte of an 8-bit character set may become three, and U+FFFD are three */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    size_t within = encoded_words_within(text);
    HOLDS(within <= size);
    bool has_line_end = size && (memchr(data, '\n', size) || memchr(data, '\r', size));
    HOLDS(has_line_end || encoded_words_within(slice_upto(text, within)) + LIMIT_WORD + 2 >= within);
    struct slice decoded = text_decode_header(&arena, text);
    hold_utf8(decoded);
    HOLDS(decoded.len <= size * MOST_GROWTH + 64);
    HOLDS(!decoded.len || !memchr(decoded.ptr, '\n', decoded.len));
    arena_free(&arena);
    return 0;
}
