/* Trees without doubt: see plain_tree.h. */
#include "parsers/message/plain_tree.h"

#include "parsers/message/plain_field.h"

#define MOST_NESTED 20 /* parts inside each other */

struct reader {
    struct message *message;
    struct slice rest; /* behind the last line that was read */
    struct part *first, **end;
    const char *line; /* the boundary line that was found last, or the end of the message */
    size_t
        line_end; /* length of the end of that line: GMime takes the end of the line before it for as long */
    bool is_last; /* it closes its multipart */
};

static bool starts_type(const struct part *part, const char *type) {
    return strncmp(part->type, type, strlen(type)) == 0;
}

/* Those that hold something which is not read here. */
static bool is_other_container(const struct part *part) {
    return (starts_type(part, "message/") && strcmp(part->type, "message/rfc822") != 0 &&
            strcmp(part->type, "message/delivery-status") != 0 &&
            strcmp(part->type, "message/feedback-report") != 0) ||
           strcmp(part->type, "multipart/digest") == 0;
}

static struct part *add_part(struct reader *r, const struct plain_header *header, const struct part *parent) {
    struct arena *arena = r->message->arena;
    struct part *part = ARENA_NEW(arena, struct part);
    char *type = arena_string(arena, header->type);
    for (char *c = type; *c; c++)
        *c = ascii_lower(*c);
    *part = (struct part){.type = type, .parent = parent, .depth = parent ? parent->depth + 1 : 0};
    part->charset = header->charset.len ? arena_string(arena, header->charset) : NULL;
    *r->end = part;
    r->end = &part->next;
    return part;
}

static const struct part *multipart_around(const struct part *part) {
    while (part && !part->boundary)
        part = part->parent;
    return part;
}

/* Is it a boundary line of the multipart (RFC 2046 section 5.1.1)? */
static bool is_boundary(struct slice line, const struct part *multipart, bool *is_last) {
    struct slice boundary = slice_of(multipart->boundary);
    struct slice behind = slice_from(line, 2 + boundary.len);
    if (line.len < 2 + boundary.len || memcmp(line.ptr + 2, boundary.ptr, boundary.len) != 0)
        return false;
    *is_last = behind.len >= 2 && behind.ptr[0] == '-' && behind.ptr[1] == '-';
    behind = slice_from(behind, *is_last ? 2 : 0);
    while (behind.len && (behind.ptr[0] == ' ' || behind.ptr[0] == '\t' || behind.ptr[0] == '\r'))
        behind = slice_from(behind, 1);
    return behind.len == 0;
}

static bool is_outer_boundary(struct slice line, const struct part *multipart) {
    bool is_last;
    while ((multipart = multipart_around(multipart->parent)))
        if (is_boundary(line, multipart, &is_last))
            return true;
    return false;
}

/* Go to the next boundary line of the innermost multipart, else to the end of the message, which closes all.
 * False where a boundary of another comes before. */
static bool to_boundary(struct reader *r, const struct part *inside) {
    const struct part *multipart = multipart_around(inside);
    struct slice line;
    while (multipart && slice_next_line(&r->rest, &line)) {
        if (line.len < 2 || line.ptr[0] != '-' || line.ptr[1] != '-')
            continue;
        if (is_boundary(line, multipart, &r->is_last)) {
            r->line = line.ptr;
            r->line_end = line.ptr + line.len < r->rest.ptr && line.ptr[line.len] == '\r' ? 2 : 1;
            return true;
        }
        if (is_outer_boundary(line, multipart))
            return false;
    }
    r->line = r->rest.ptr + r->rest.len;
    r->line_end = 0;
    r->is_last = true;
    r->rest = slice_from(r->rest, r->rest.len);
    return true;
}

static bool read_part(struct reader *r, const struct plain_header *header, const struct part *parent,
                      bool is_root);

static bool read_leaf(struct reader *r, struct part *part, const struct plain_header *header) {
    const char *start = r->rest.ptr;
    if (!to_boundary(r, part->parent))
        return false;
    part->encoding = header->encoding;
    size_t length = (size_t)(r->line - start);
    part->body = (struct slice){start, length > r->line_end ? length - r->line_end : 0};
    return true;
}

/* A multipart whose boundary was lost: all behind its header is text. */
static bool read_as_text(struct reader *r, struct part *part) {
    const char *end = r->message->bytes.ptr + r->message->bytes.len;
    const char *start = part->header.len ? part->header.ptr + part->header.len : r->message->bytes.ptr;
    part->type = "text/plain";
    part->boundary = "";
    part->body = (struct slice){start, (size_t)(end - start)};
    return to_boundary(r, part->parent);
}

static bool read_multipart(struct reader *r, struct part *part, const struct plain_header *header) {
    struct plain_header inner;
    if (!header->boundary.len)
        return read_as_text(r, part);
    part->boundary = arena_string(r->message->arena, header->boundary);
    if (!to_boundary(r, part) || r->is_last)
        return false;
    while (!r->is_last)
        if (!plain_header_take(&r->rest, &inner) || !read_part(r, &inner, part, false))
            return false;
    return to_boundary(r, part->parent);
}

static bool read_message(struct reader *r, struct part *part, const struct plain_header *header) {
    struct plain_header inner;
    if (header->encoding != ENCODING_PLAIN || !plain_header_take(&r->rest, &inner))
        return false;
    part->body = inner.first_other;
    return read_part(r, &inner, part, true);
}

/* `rest` stands behind the header of the part; then, behind the boundary line that ends it. */
static bool read_part(struct reader *r, const struct plain_header *header, const struct part *parent,
                      bool is_root) {
    struct part *part = add_part(r, header, parent);
    part->header = is_root ? header->first_of_mime : header->all.len ? header->all : SLICE_EMPTY;
    if (part->depth > MOST_NESTED || is_other_container(part))
        return false;
    if (starts_type(part, "multipart/"))
        return read_multipart(r, part, header);
    if (strcmp(part->type, "message/rfc822") == 0)
        return read_message(r, part, header);
    return read_leaf(r, part, header);
}

/* The header of the message. To GMime the line above it that parts messages in an mbox belongs to its first
 * field. */
static bool take_own_header(struct slice *rest, struct plain_header *header) {
    struct slice line = {rest->ptr, 0};
    size_t above = 0;
    if (slice_equal(slice_upto(*rest, 5), SLICE("From ")) && slice_next_line(rest, &line)) {
        above = (size_t)(rest->ptr - line.ptr);
        if (slice_starts_nocase(slice_trim(slice_from(line, 5)), SLICE(":"))) /* to GMime it may be a field */
            return false;
    }
    if (!plain_header_take(rest, header))
        return false;
    struct slice *first =
        header->first_of_mime.ptr == header->all.ptr ? &header->first_of_mime : &header->first_other;
    if (header->all.len)
        *first = (struct slice){line.ptr, above + first->len};
    return true;
}

bool plain_tree_read(struct message *message, struct slice *header) {
    struct reader r = {.message = message, .rest = message->bytes};
    struct plain_header own;
    r.end = &r.first;
    if (!take_own_header(&r.rest, &own) || !read_part(&r, &own, NULL, true))
        return false;
    message->parts = r.first;
    *header = own.first_other;
    return true;
}
