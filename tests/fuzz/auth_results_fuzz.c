/* Any bytes as the value of a field. */
#include "parsers/base/text.h"
#include "parsers/message/auth_results.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    struct slice clean = text_clean_line(&arena, text);
    bool has_more = false;
    auth_results_parse(clean, &arena, &has_more);
    received_spf_parse(clean, &arena, &has_more);
    arena_free(&arena);
    return 0;
}
