/* Transfer encodings undone and done again (RFC 2045 section 6): see dkim_encoding.h. */
#include "analyze/auth/dkim_encoding.h"

#include "parsers/message/field.h"
#include "parsers/message/message.h"

#include <glib.h>

static enum encoding encoding_named(struct slice name) {
    return slice_equal_nocase(name, SLICE("base64"))             ? ENCODING_BASE64
           : slice_equal_nocase(name, SLICE("quoted-printable")) ? ENCODING_QUOTED_PRINTABLE
                                                                 : ENCODING_PLAIN;
}

static struct slice named_encoding(struct slice header) {
    return slice_trim(field_find(header, SLICE("content-transfer-encoding")).raw);
}

static bool is_7bit(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] & 0x80)
            return false;
    return true;
}

/* --- the whole body --- */

static struct slice decoded(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    enum encoding encoding = encoding_named(named_encoding(mail->header));
    (void)variant;
    return encoding == ENCODING_PLAIN ? SLICE_EMPTY : encoding_decode(mail->body, encoding, arena);
}

/* Literal as RFC 2045 section 6.7 rules (2) and (3) allow it. */
static bool is_literal(struct slice line, size_t i) {
    char c = line.ptr[i];
    return (c >= '!' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && i + 1 < line.len);
}

#define LONGEST_QUOTED 76U /* of a line, with the sign that it goes on (RFC 2045 section 6.7, rule 5) */

/* `has_room`: the end of a line takes the place where that sign would stand, as not all encoders let it. */
static void quote_line(GString *out, struct slice line, bool has_room) {
    static const char hex[] = "0123456789ABCDEF";
    size_t used = 0;
    for (size_t i = 0; i < line.len; i++) {
        size_t needed = is_literal(line, i) ? 1 : 3;
        bool is_last = has_room && i + 1 == line.len;
        if (used + needed > LONGEST_QUOTED - !is_last) {
            g_string_append(out, "=\r\n");
            used = 0;
        }
        if (needed == 1) {
            g_string_append_c(out, line.ptr[i]);
        } else {
            g_string_append_c(out, '=');
            g_string_append_c(out, hex[(unsigned char)line.ptr[i] >> 4]);
            g_string_append_c(out, hex[line.ptr[i] & 15]);
        }
        used += needed;
    }
    g_string_append(out, "\r\n");
}

static struct slice quoted(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    if (encoding_named(named_encoding(mail->header)) != ENCODING_PLAIN || is_7bit(mail->body))
        return SLICE_EMPTY;
    GString *out = g_string_sized_new(mail->body.len * 2);
    struct slice rest = mail->body;
    for (struct slice line; slice_next_line(&rest, &line);)
        quote_line(out, line, variant > 0);
    struct slice kept = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return kept;
}

static struct slice in_base64(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    if (encoding_named(named_encoding(mail->header)) != ENCODING_PLAIN)
        return SLICE_EMPTY;
    GString *out = g_string_sized_new(mail->body.len * 3 / 2);
    (void)variant;
    g_autofree char *text = g_base64_encode((const guchar *)mail->body.ptr, mail->body.len);
    for (size_t at = 0, length = strlen(text); at < length; at += 76) {
        g_string_append_len(out, text + at, (gssize)MIN(76, length - at));
        g_string_append(out, "\r\n");
    }
    struct slice kept = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return kept;
}

/* --- the parts of a multipart --- */

static void append(GString *out, struct slice text) {
    g_string_append_len(out, text.ptr ? text.ptr : "", (gssize)text.len);
}

static struct slice between(struct slice from, struct slice to) {
    return slice_upto(from, (size_t)(to.ptr - from.ptr));
}

/* The fields of a part, up to its empty line; `rest` is behind that. */
static struct slice take_fields(struct slice *rest) {
    struct slice all = *rest;
    for (struct slice line; slice_next_line(rest, &line);)
        if (!line.len)
            break;
    return between(all, *rest);
}

/* What stands before the next line that begins with a boundary, without the line end, which is part of that.
 */
static struct slice take_content(struct slice *rest, struct slice boundary) {
    struct slice all = *rest;
    while (rest->len) {
        struct slice before = *rest;
        struct slice line;
        slice_next_line(rest, &line);
        if (line.len >= boundary.len && slice_equal(slice_upto(line, boundary.len), boundary)) {
            *rest = before;
            break;
        }
    }
    struct slice content = between(all, *rest);
    for (const char *end = "\n\r"; *end; end++)
        if (content.len && content.ptr[content.len - 1] == *end)
            content.len--;
    return content;
}

enum { NAME_BY_CONTENT, NAME_8BIT, NAME_7BIT, NAME_NONE, PART_VARIANTS };

static void append_fields(GString *out, struct slice fields, struct slice content, unsigned variant) {
    struct field field;
    struct slice rest = fields;
    while (field_next(&rest, &field)) {
        bool is_it = slice_equal_nocase(field.name, SLICE("content-transfer-encoding"));
        if (is_it && variant == NAME_NONE)
            continue;
        append(out, field.name);
        g_string_append_c(out, ':');
        if (!is_it)
            append(out, field.raw);
        else if (variant == NAME_8BIT || (variant == NAME_BY_CONTENT && !is_7bit(content)))
            g_string_append(out, " 8bit");
        else
            g_string_append(out, " 7bit");
        if (is_it || !slice_ends_nocase(field.raw, SLICE("\n")))
            g_string_append(out, "\r\n");
    }
    g_string_append(out, "\r\n");
}

/* One part, behind its boundary. */
static bool append_part(GString *out, struct slice *rest, struct slice boundary, unsigned variant,
                        struct arena *arena) {
    struct slice fields = take_fields(rest);
    enum encoding encoding = encoding_named(named_encoding(fields));
    if (encoding == ENCODING_PLAIN) {
        append(out, fields);
        return false;
    }
    struct slice content = encoding_decode(take_content(rest, boundary), encoding, arena);
    append_fields(out, fields, content, variant);
    append(out, content);
    g_string_append(out, "\r\n");
    return true;
}

/* All parts that are encoded, decoded. */
static struct slice decoded_parts(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    struct slice rest = mail->body;
    bool is_changed = false;
    struct slice type = field_find(mail->header, SLICE("content-type")).raw;
    if (!slice_starts_nocase(slice_trim(type), SLICE("multipart/")))
        return SLICE_EMPTY;
    GString *out = g_string_sized_new(mail->body.len);
    for (struct slice line; slice_next_line(&rest, &line);) {
        append(out, line);
        g_string_append(out, "\r\n");
        if (line.len > 2 && line.ptr[0] == '-' && line.ptr[1] == '-' && line.ptr[2] != '-')
            is_changed |= append_part(out, &rest, line, variant, arena);
    }
    struct slice kept = is_changed ? arena_copy(arena, (struct slice){out->str, out->len}) : SLICE_EMPTY;
    g_string_free(out, TRUE);
    return kept;
}

/* --- all --- */

#define SIGN_AFTER "sign after encoding, or send as 7bit"

static const struct {
    struct slice (*guess)(const struct mail_bytes *mail, struct arena *arena, unsigned variant);
    unsigned variants;
    const char *words;
} guesses[] = {
    {decoded, 1, "a server on the way re-encoded the body; decoded, the hash matches: " SIGN_AFTER},
    {decoded_parts, PART_VARIANTS,
     "a server on the way re-encoded parts of the body; decoded, the hash matches: " SIGN_AFTER},
    {quoted, 2,
     "a server on the way undid the encoding of the body (quoted-printable); encoded again, the hash "
     "matches"},
    {in_base64, 1,
     "a server on the way undid the encoding of the body (base64); encoded again, the hash matches"},
};

bool dkim_encoding_guess(const struct mail_bytes *mail, unsigned number, struct arena *arena,
                         struct slice *body, const char **words) {
    for (size_t i = 0; i < G_N_ELEMENTS(guesses); i++) {
        if (number < guesses[i].variants) {
            *body = guesses[i].guess(mail, arena, number);
            *words = guesses[i].words;
            return true;
        }
        number -= guesses[i].variants;
    }
    return false;
}
