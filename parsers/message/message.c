/* A message and its parts: see message.h. */
#include "parsers/message/message.h"

#include "parsers/base/mime_text.h"
#include "parsers/base/text.h"
#include "parsers/message/limits.h"
#include "parsers/message/mime_tree.h"
#include "parsers/message/plain_tree.h"
#include "parsers/message/problem.h"

/* The last line of a multipart is its boundary between two pairs of hyphens (RFC 2046 section 5.1.1). */
static bool is_closed(const struct message *m, const struct part *multipart) {
    const char *close = arena_printf(m->arena, "\n--%s--", multipart->boundary).ptr;
    return slice_find(m->bytes, slice_of(close)) < m->bytes.len;
}

static void note_cut(struct message *m) {
    const struct part *root = m->parts;
    m->is_cut = root->boundary && !(root->boundary[0] && is_closed(m, root));
    if (m->is_cut)
        problem_add(&m->problems, m->arena, true, message_line(m, m->bytes.ptr + m->bytes.len - 1),
                    "the message ends inside its parts: the last boundary is missing, so it was cut, or only "
                    "its beginning was copied");
}

void message_parse(struct message *message, struct slice bytes, unsigned first_line, struct arena *arena) {
    *message = (struct message){.arena = arena, .first_line = first_line};
    struct bounded_message bounded = message_within_limits(bytes, arena, &message->problems);
    message->bytes = bounded.bytes;
    message->lines = (struct line_counter){message->bytes.ptr, first_line};
    struct slice header = SLICE_EMPTY;
    bool is_bounded = bounded.for_mime.ptr != message->bytes.ptr;
    if (bytes.len && (is_bounded || !plain_tree_read(message, &header)))
        header = FROM_MODULE(MODULE_MESSAGE, mime_tree_read)(message, bounded.for_mime);
    if (!message->parts) {
        message->parts = ARENA_NEW(arena, struct part);
        message->parts->type = "text/plain";
        message->parts->body = message->bytes;
    }
    /* The message's own fields stand before its root part's, in one block. */
    if (header.len && (!message->parts->header.len || header.ptr < message->parts->header.ptr))
        message->parts->header = header;
    message->fields = field_list_read(arena, message->parts->header);
    note_cut(message);
}

/* It ends before the next boundary line of the multipart that holds it (RFC 2046 section 5.1.1). */
struct slice part_whole_message(const struct message *m, const struct part *part) {
    const char *start = part->body.ptr;
    const char *boundary = part->parent ? part->parent->boundary : NULL;
    if (part->encoding != ENCODING_PLAIN || !start)
        return SLICE_EMPTY;
    struct slice rest = {start, (size_t)(m->bytes.ptr + m->bytes.len - start)};
    if (!boundary || !boundary[0] || !part->body.len)
        return rest;
    struct slice whole = slice_upto(rest, slice_find(rest, arena_printf(m->arena, "\n--%s", boundary)));
    return whole.len && whole.ptr[whole.len - 1] == '\r' ? slice_upto(whole, whole.len - 1) : whole;
}

unsigned message_line(struct message *message, const char *place) {
    if (!place || place < message->bytes.ptr || place >= message->bytes.ptr + message->bytes.len)
        return 0;
    if (place < message->lines.at)
        message->lines = (struct line_counter){message->bytes.ptr, message->first_line};
    return line_counter_at(&message->lines, place);
}

unsigned part_first_line(struct message *message, const struct part *part) {
    return part && part->encoding == ENCODING_PLAIN ? message_line(message, part->body.ptr) : 0;
}

struct slice encoding_decode(struct slice raw, enum encoding encoding, struct arena *arena) {
    if (encoding != ENCODING_BASE64 && encoding != ENCODING_QUOTED_PRINTABLE)
        return raw;
    return FROM_MODULE(MODULE_MESSAGE, mime_decode)(arena, raw, encoding == ENCODING_BASE64);
}

struct slice part_text_start(const struct part *part, size_t most, struct arena *arena) {
    struct slice raw = slice_upto(part->body, most);
    if (raw.len == 0)
        return SLICE_EMPTY;
    raw = encoding_decode(raw, part->encoding, arena);
    return text_clean_block(arena, text_to_utf8(arena, raw, part->charset));
}

struct slice part_text(struct message *message, const struct part *part) {
    if (part->body.len > LIMIT_TEXT)
        problem_add(&message->problems, message->arena, true, message_line(message, part->body.ptr),
                    "a text of more than 64 MiB: the rest of it was not read");
    return part_text_start(part, LIMIT_TEXT, message->arena);
}
