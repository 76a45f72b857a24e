/* Any bytes as HTML. */
#include "parsers/base/html_text.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    html_to_text(&arena, (struct slice){(const char *)data, size});
    arena_reset(&arena);
    return 0;
}
