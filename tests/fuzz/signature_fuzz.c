/* Any bytes as the value of a field. */
#include "parsers/base/text.h"
#include "parsers/message/signature.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    for (int kind = SIGNATURE_DKIM; kind <= SIGNATURE_ARC_SEAL; kind++) {
        struct signature signature;
        signature_parse(text_clean_line(&arena, text), (enum signature_kind)kind, &arena, &signature);
        signature_parse(text, (enum signature_kind)kind, &arena, &signature);
    }
    arena_free(&arena);
    return 0;
}
