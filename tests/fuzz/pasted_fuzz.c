/* Any bytes as a text that somebody pasted. */
#include "parsers/bounce/event_json.h"
#include "parsers/bounce/pasted.h"
#include "parsers/bounce/pasted_text.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    struct slice text = {(const char *)data, size};
    struct event_reply replies[8];
    struct pasted pasted;
    pasted_is_list(text);
    json_begins(text);
    event_json_read(text, &builtin_rules, replies, 8, NULL, &arena);
    json_list_lines(text, &arena);
    pasted_read(&pasted, pasted_text(text, &arena), &arena);
    arena_reset(&arena);
    return 0;
}
