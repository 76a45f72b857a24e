/* The tree of parts, by GMime: see mime_tree.h. GMime reads the message in place (its parts are bounds
 * in our buffer), so nothing of the content is copied here. */
#include "parsers/message/mime_tree.h"

#include "parsers/base/mime_text.h"

#include <glib.h>
#include <gmime/gmime.h>

struct builder {
    struct message *message;
    struct part **end;
};

static GMimeMessage *parse_in_place(struct slice bytes) {
    GByteArray *array = g_byte_array_new_take((guint8 *)bytes.ptr, bytes.len);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_persist_stream(parser, TRUE);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    g_byte_array_free(array, FALSE); /* frees the array, not the bytes */
    return message;
}

/* The header block of an object: from its first field to the blank line. */
static struct slice header_of(const struct message *m, GMimeObject *object) {
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    GMimeHeader *first =
        g_mime_header_list_get_count(list) ? g_mime_header_list_get_header_at(list, 0) : NULL;
    gint64 offset = first ? g_mime_header_get_offset(first) : -1;
    if (offset < 0 || (size_t)offset >= m->bytes.len)
        return SLICE_EMPTY;
    return slice_from(m->bytes, (size_t)offset);
}

static bool is_boundary(struct slice line, const struct part *inside) {
    if (!slice_starts_nocase(line, SLICE("--")))
        return false;
    while (inside && !(inside->boundary && inside->boundary[0]))
        inside = inside->parent;
    return inside && slice_starts_nocase(slice_from(line, 2), slice_of(inside->boundary));
}

/* Cut a header that runs on into the body at its blank line, or, where there is none, at the next part of
 * what it stands in: else many such parts would each be read to the end of the message. */
static struct slice header_end(struct slice header, const struct part *inside) {
    struct slice rest = header;
    struct slice line;
    while (slice_next_line(&rest, &line))
        if (line.len == 0 || is_boundary(line, inside))
            return slice_upto(header, (size_t)(line.ptr - header.ptr));
    return header;
}

static struct slice stream_slice(const struct message *m, GMimeDataWrapper *content) {
    GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
    if (!stream)
        return SLICE_EMPTY;
    gint64 start = stream->bound_start;
    gint64 end = stream->bound_end < 0 ? (gint64)m->bytes.len : stream->bound_end;
    if (start < 0 || end < start || (size_t)end > m->bytes.len)
        return SLICE_EMPTY;
    return (struct slice){m->bytes.ptr + start, (size_t)(end - start)};
}

static enum encoding encoding_of(GMimeContentEncoding encoding) {
    switch (encoding) {
    case GMIME_CONTENT_ENCODING_BASE64:
        return ENCODING_BASE64;
    case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
        return ENCODING_QUOTED_PRINTABLE;
    case GMIME_CONTENT_ENCODING_UUENCODE:
        return ENCODING_UU;
    default:
        return ENCODING_PLAIN;
    }
}

static const char *copy_parameter(struct message *m, GMimeContentType *type, const char *name) {
    const char *value = g_mime_content_type_get_parameter(type, name);
    return value ? arena_string(m->arena, slice_of(value)) : NULL;
}

static struct part *add_part(struct builder *b, GMimeObject *object, const struct part *parent) {
    struct message *m = b->message;
    struct part *part = ARENA_NEW(m->arena, struct part);
    GMimeContentType *type = g_mime_object_get_content_type(object);
    const char *media = g_mime_content_type_get_media_type(type);
    const char *sub = g_mime_content_type_get_media_subtype(type);
    part->parent = parent;
    part->depth = parent ? parent->depth + 1 : 0;
    part->header = header_end(header_of(m, object), parent);
    char *name = (char *)arena_printf(m->arena, "%s/%s", media ? media : "text", sub ? sub : "plain").ptr;
    for (char *p = name; *p; p++)
        *p = ascii_lower(*p);
    part->type = name;
    part->charset = copy_parameter(m, type, "charset");
    *b->end = part;
    b->end = &part->next;
    return part;
}

/* A multipart without parts (its boundary was lost, or never stood where it should): all behind its
 * header is text. */
static void read_as_text(const struct message *m, struct part *part) {
    const char *end = m->bytes.ptr + m->bytes.len;
    const char *start = part->header.len ? part->header.ptr + part->header.len : m->bytes.ptr;
    part->type = "text/plain";
    part->body = (struct slice){start, (size_t)(end - start)};
}

static void add_object(struct builder *b, GMimeObject *object, const struct part *parent);

static void add_nested_message(struct builder *b, GMimeObject *object, struct part *part) {
    GMimeMessage *nested = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    GMimeObject *root = nested ? g_mime_message_get_mime_part(nested) : NULL;
    if (nested) {
        part->body = header_of(b->message, GMIME_OBJECT(nested));
        part->body = header_end(part->body, part);
    }
    if (root)
        add_object(b, root, part);
}

static void add_object(struct builder *b, GMimeObject *object, const struct part *parent) {
    struct part *part = add_part(b, object, parent);
    if (GMIME_IS_MULTIPART(object)) {
        int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
        /* Where there is none, g_mime_multipart_get_boundary would make one up and write the field anew,
         * which has no end where a parameter's name is as long as a line (GMime 3.2.13). */
        const char *boundary = copy_parameter(b->message, g_mime_object_get_content_type(object), "boundary");
        part->boundary = boundary ? boundary : "";
        if (count == 0)
            read_as_text(b->message, part);
        for (int i = 0; i < count; i++)
            add_object(b, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), part);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        add_nested_message(b, object, part);
    } else if (GMIME_IS_PART(object)) {
        part->encoding = encoding_of(g_mime_part_get_content_encoding(GMIME_PART(object)));
        part->body = stream_slice(b->message, g_mime_part_get_content(GMIME_PART(object)));
    }
}

struct slice mime_tree_read(struct message *message, struct slice bytes) {
    mime_begin();
    struct builder b = {message, &message->parts};
    GMimeMessage *parsed = parse_in_place(bytes);
    GMimeObject *root = parsed ? g_mime_message_get_mime_part(parsed) : NULL;
    if (root)
        add_object(&b, root, NULL);
    struct slice header = parsed ? header_end(header_of(message, GMIME_OBJECT(parsed)), NULL) : SLICE_EMPTY;
    if (parsed)
        g_object_unref(parsed);
    return header;
}
