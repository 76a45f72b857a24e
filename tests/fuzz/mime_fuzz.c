/* Any bytes as a message: its parts are pieces of it, those that GMime finds in the bytes themselves, and
 * their text is clean. */
#include "parsers/message/limits.h"
#include "parsers/message/message.h"
#include "parsers/message/mime_tree.h"
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

/* The headers that GMime gets are simplified (plain_header.h). */
static void check_simplified(const struct message *message) {
    struct message bare = {.bytes = message->bytes, .arena = message->arena};
    struct problem_list problems = {.end = &problems.first};
    message_within_limits(message->bytes, message->arena, &problems);
    if (problems.first || !message->bytes.len)
        return;
    mime_tree_read(&bare, bare.bytes);
    const struct part *expected = bare.parts;
    for (const struct part *part = message->parts; expected && part;
         part = part->next, expected = expected->next) {
        HOLDS(strcmp(part->type, expected->type) == 0 && part->encoding == expected->encoding);
        HOLDS(part->depth == expected->depth && !part->next == !expected->next);
        HOLDS(part->body.ptr == expected->body.ptr && part->body.len == expected->body.len);
        HOLDS(part == message->parts || part->header.len == expected->header.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    struct message message;
    message_parse(&message, (struct slice){(const char *)data, size}, 1, &arena);
    HOLDS(message.parts);
    for (const struct part *part = message.parts; part; part = part->next)
        check_part(&message, part);
    check_simplified(&message);
    for (const struct problem *p = message.problems.first; p; p = p->next)
        hold_utf8(p->text);
    arena_reset(&arena);
    return 0;
}
