/* Any bytes as a message: its parts are pieces of it, those that GMime finds, and
 * their text is clean. */
#include "parsers/message/message.h"
#include "parsers/message/mime_tree.h"
#include "parsers/message/plain_tree.h"
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

static bool is_same(struct slice a, struct slice b) {
    return a.ptr == b.ptr && a.len == b.len;
}

/* Where the structure is plain, GMime finds the same (plain_tree.h). */
static void check_plain(const struct message *message) {
    struct message plain = {.bytes = message->bytes, .arena = message->arena}, mime = plain;
    struct slice header;
    if (message->problems.first || !message->bytes.len || !plain_tree_read(&plain, &header))
        return;
    HOLDS(is_same(header, mime_tree_read(&mime, mime.bytes)));
    const struct part *expected = mime.parts;
    for (const struct part *part = plain.parts; part || expected;
         part = part->next, expected = expected->next) {
        HOLDS(part && expected && strcmp(part->type, expected->type) == 0);
        HOLDS(part->encoding == expected->encoding && part->depth == expected->depth);
        HOLDS(is_same(part->header, expected->header) && is_same(part->body, expected->body));
        HOLDS(g_strcmp0(part->charset, expected->charset) == 0 &&
              g_strcmp0(part->boundary, expected->boundary) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    struct message message;
    message_parse(&message, (struct slice){(const char *)data, size}, 1, &arena);
    HOLDS(message.parts);
    for (const struct part *part = message.parts; part; part = part->next)
        check_part(&message, part);
    check_plain(&message);
    for (const struct problem *p = message.problems.first; p; p = p->next)
        hold_utf8(p->text);
    arena_reset(&arena);
    return 0;
}
