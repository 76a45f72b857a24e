/* Any bytes as a message: its parts are pieces of it, and their text is clean. */
#include "parsers/message/message.h"
#include "tests/fuzz/hold.h"

#define MOST_GROWTH 16 /* of a part's text, in bytes for each of its body: character sets, U+FFFD */

static void check_part(struct message *message, const struct part *part) {
    hold_within(part->header, message->bytes);
    hold_within(part->body, message->bytes);
    hold_within(part_whole_message(message, part), message->bytes);
    struct slice text = part_text(message, part);
    hold_utf8(text);
    HOLDS(text.len <= part->body.len * MOST_GROWTH + 64);
    hold_utf8(part_text_start(part, 100, message->arena));
    part_first_line(message, part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    struct message message;
    message_parse(&message, (struct slice){(const char *)data, size}, 1, &arena);
    HOLDS(message.parts);
    for (const struct part *part = message.parts; part; part = part->next)
        check_part(&message, part);
    for (const struct problem *p = message.problems.first; p; p = p->next)
        hold_utf8(p->text);
    arena_reset(&arena);
    return 0;
}
