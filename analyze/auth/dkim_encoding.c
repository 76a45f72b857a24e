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

#define USUAL_COLUMNS  76U /* of base64 (RFC 2045 section 6.8) */
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

static struct slice take(GString *out, struct arena *arena) {
    struct slice kept = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return kept;
}

static struct slice quote(struct slice text, bool has_room, struct arena *arena) {
    GString *out = g_string_sized_new(text.len * 2);
    for (struct slice line; slice_next_line(&text, &line);)
        quote_line(out, line, has_room);
    return take(out, arena);
}

static struct slice quoted(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    bool is_plain = encoding_named(named_encoding(mail->header)) == ENCODING_PLAIN;
    return is_plain && !is_7bit(mail->body) ? quote(mail->body, variant > 0, arena) : SLICE_EMPTY;
}

static void wrap(GString *out, const char *text, size_t length, size_t columns) {
    for (size_t at = 0; at < length; at += columns) {
        g_string_append_len(out, text + at, (gssize)MIN(columns, length - at));
        g_string_append(out, "\r\n");
    }
}

static struct slice base64_of(struct slice content, struct arena *arena) {
    GString *out = g_string_sized_new(content.len * 3 / 2);
    g_autofree char *text = g_base64_encode((const guchar *)content.ptr, content.len);
    wrap(out, text, strlen(text), USUAL_COLUMNS);
    return take(out, arena);
}

static struct slice in_base64(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    (void)variant;
    return encoding_named(named_encoding(mail->header)) == ENCODING_PLAIN ? base64_of(mail->body, arena)
                                                                          : SLICE_EMPTY;
}

/* Exchange writes in base64 what was quoted-printable. */
static struct slice quoted_from_base64(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    bool is_base64 = encoding_named(named_encoding(mail->header)) == ENCODING_BASE64;
    return is_base64 ? quote(encoding_decode(mail->body, ENCODING_BASE64, arena), variant > 0, arena)
                     : SLICE_EMPTY;
}

/* --- an encoding written anew: other lengths of lines, other letters --- */

/* "=c3" is "=C3" (RFC 2045 section 6.7, rule 1). */
static struct slice in_large_letters(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, text.len + 1);
    memcpy(out, text.ptr ? text.ptr : "", text.len);
    for (size_t i = 0; i + 2 < text.len; i++)
        if (out[i] == '=' && g_ascii_isxdigit(out[i + 1]) && g_ascii_isxdigit(out[i + 2])) {
            out[i + 1] = g_ascii_toupper(out[i + 1]);
            out[i + 2] = g_ascii_toupper(out[i + 2]);
        }
    return arena_close(arena, out, text.len);
}

static struct slice rewrapped(struct slice text, size_t columns, struct arena *arena) {
    GString *out = g_string_sized_new(text.len + text.len / 32);
    char *bare = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++)
        if (!g_ascii_isspace(text.ptr[i]))
            bare[used++] = text.ptr[i];
    wrap(out, arena_close(arena, bare, used).ptr, used, columns);
    return take(out, arena);
}

#define ANEW_VARIANTS 4

/* An encoded text as encoders write it; `text` itself where its encoding has no such variant. */
static struct slice written_anew(struct slice text, enum encoding encoding, unsigned variant,
                                 struct arena *arena) {
    static const size_t columns[ANEW_VARIANTS] = {USUAL_COLUMNS, 72, 64, 60};
    if (encoding == ENCODING_BASE64)
        return rewrapped(text, columns[variant], arena);
    if (variant == 0)
        return in_large_letters(text, arena);
    return variant < 3 ? quote(encoding_decode(text, encoding, arena), variant == 2, arena) : text;
}

static struct slice body_anew(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    enum encoding encoding = encoding_named(named_encoding(mail->header));
    return encoding == ENCODING_PLAIN ? SLICE_EMPTY : written_anew(mail->body, encoding, variant, arena);
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

/* The fields of a part with another encoding; NULL: none is named. */
static void append_named(GString *out, struct slice fields, const char *encoding) {
    struct field field;
    struct slice rest = fields;
    while (field_next(&rest, &field)) {
        bool is_it = slice_equal_nocase(field.name, SLICE("content-transfer-encoding"));
        if (is_it && !encoding)
            continue;
        append(out, field.name);
        g_string_append_c(out, ':');
        if (is_it)
            g_string_append(out, encoding);
        else
            append(out, field.raw);
        if (is_it || !slice_ends_nocase(field.raw, SLICE("\n")))
            g_string_append(out, "\r\n");
    }
    g_string_append(out, "\r\n");
}

/* What is done to a part that is encoded: to its fields and its content. */
typedef void change_part(GString *out, struct slice fields, struct slice content, unsigned variant,
                         struct arena *arena);

static void decode_part(GString *out, struct slice fields, struct slice content, unsigned variant,
                        struct arena *arena) {
    content = encoding_decode(content, encoding_named(named_encoding(fields)), arena);
    bool is_8bit = variant == NAME_8BIT || (variant == NAME_BY_CONTENT && !is_7bit(content));
    append_named(out, fields, variant == NAME_NONE ? NULL : is_8bit ? " 8bit" : " 7bit");
    append(out, content);
}

/* A content as an encoder wrote it: that ends the last line too, which the content of a part need not do. */
static void append_written(GString *out, struct slice written, struct slice content) {
    const struct slice end = SLICE("\r\n");
    bool is_longer = slice_ends_nocase(written, end) && !slice_ends_nocase(content, end);
    append(out, is_longer ? slice_upto(written, written.len - end.len) : written);
}

static void write_part_anew(GString *out, struct slice fields, struct slice content, unsigned variant,
                            struct arena *arena) {
    append(out, fields);
    append_written(out, written_anew(content, encoding_named(named_encoding(fields)), variant, arena),
                   content);
}

static const struct {
    bool from_base64; /* else from no encoding, or from quoted-printable */
    bool to_base64;   /* else to quoted-printable */
    bool has_room;
} transcodings[] = {{.has_room = false},
                    {.has_room = true},
                    {.to_base64 = true},
                    {.from_base64 = true},
                    {.from_base64 = true, .has_room = true}};

/* A text that had another encoding when it was signed: it has none now, or Exchange gave it base64. */
static void encode_part(GString *out, struct slice fields, struct slice content, unsigned variant,
                        struct arena *arena) {
    enum encoding encoding = encoding_named(named_encoding(fields));
    bool to_base64 = transcodings[variant].to_base64;
    struct slice bare = encoding == ENCODING_PLAIN ? content : encoding_decode(content, encoding, arena);
    struct slice type = slice_trim(field_find(fields, SLICE("content-type")).raw);
    bool is_text = !type.len || slice_starts_nocase(type, SLICE("text/"));
    bool is_it = is_text && (encoding == ENCODING_BASE64) == transcodings[variant].from_base64 &&
                 (encoding != ENCODING_PLAIN || !is_7bit(content)) &&
                 (encoding != ENCODING_QUOTED_PRINTABLE || to_base64);
    if (!is_it) {
        append(out, fields);
        append(out, content);
        return;
    }
    append_named(out, fields, to_base64 ? " base64" : " quoted-printable");
    append_written(out,
                   to_base64 ? base64_of(bare, arena) : quote(bare, transcodings[variant].has_room, arena),
                   content);
}

/* One part, behind its boundary. What a multipart holds is read as parts of their own. */
static bool append_part(GString *out, struct slice *rest, struct slice boundary, change_part *change,
                        unsigned variant, struct arena *arena) {
    struct slice fields = take_fields(rest);
    struct slice type = slice_trim(field_find(fields, SLICE("content-type")).raw);
    bool is_plain = encoding_named(named_encoding(fields)) == ENCODING_PLAIN;
    if (slice_starts_nocase(type, SLICE("multipart/")) || (is_plain && change != encode_part)) {
        append(out, fields);
        return false;
    }
    change(out, fields, take_content(rest, boundary), variant, arena);
    g_string_append(out, "\r\n");
    return true;
}

static struct slice change_parts(const struct mail_bytes *mail, change_part *change, unsigned variant,
                                 struct arena *arena) {
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
            is_changed |= append_part(out, &rest, line, change, variant, arena);
    }
    struct slice kept = take(out, arena);
    return is_changed ? kept : SLICE_EMPTY;
}

/* All parts that are encoded, decoded. */
static struct slice decoded_parts(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    return change_parts(mail, decode_part, variant, arena);
}

static struct slice parts_encoded(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    return change_parts(mail, encode_part, variant, arena);
}

static struct slice parts_anew(const struct mail_bytes *mail, struct arena *arena, unsigned variant) {
    return change_parts(mail, write_part_anew, variant, arena);
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
    {quoted_from_base64, 2,
     "a server on the way encoded the body in base64, which was quoted-printable; encoded so again, the hash "
     "matches"},
    {parts_encoded, G_N_ELEMENTS(transcodings),
     "a server on the way undid or changed the encoding of parts of the body; encoded as encoders usually "
     "write it, the hash matches"},
    {body_anew, ANEW_VARIANTS,
     "a server on the way wrote the encoding of the body anew, with other line ends or letters; as encoders "
     "usually write it, the hash matches: " SIGN_AFTER},
    {parts_anew, ANEW_VARIANTS,
     "a server on the way wrote the encoding of parts of the body anew, with other line ends or letters; as "
     "encoders usually write it, the hash matches: " SIGN_AFTER},
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
