/* Any bytes as the value of a field. */
#include "parsers/base/text.h"
#include "parsers/message/received.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    struct hop hop;
    received_parse(text_clean_line(&arena, text), &arena, &hop);
    arena_free(&arena);
    return 0;
}
