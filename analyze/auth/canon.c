/* Canonical forms of header fields: see canon.h. */
#include "analyze/auth/canon.h"
#include "parsers/message/field.h"

/* Blanks folded to one, none at the start and end (RFC 6376 section 3.4.2). */
static void append_relaxed(GString *out, struct slice value) {
    bool is_blank = false;
    bool has_begun = false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            is_blank = true;
            continue;
        }
        if (is_blank && has_begun)
            g_string_append_c(out, ' ');
        g_string_append_c(out, c);
        is_blank = false;
        has_begun = true;
    }
}

/* Line ends as CRLF. */
static void append_simple(GString *out, struct slice value) {
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] == '\n' || value.ptr[i] == '\r') {
            g_string_append(out, "\r\n");
            i += value.ptr[i] == '\r' && i + 1 < value.len && value.ptr[i + 1] == '\n';
        } else {
            g_string_append_c(out, value.ptr[i]);
        }
}

void canon_field(GString *out, struct slice name, struct slice raw, bool is_relaxed) {
    if (is_relaxed) {
        for (size_t i = 0; i < name.len; i++)
            g_string_append_c(out, ascii_lower(name.ptr[i]));
        g_string_append_c(out, ':');
        append_relaxed(out, raw);
    } else { /* what stands between name and value too, as blanks before the colon */
        append_simple(out, (struct slice){name.ptr, (size_t)(raw.ptr - name.ptr)});
        append_simple(out, raw);
    }
    g_string_append(out, "\r\n");
}

/* A field with an empty b= (RFC 6376 section 3.5). */
static void append_unsigned(GString *copy, struct field field) {
    g_string_append_len(copy, field.name.ptr, field.raw.ptr - field.name.ptr);
    for (size_t at = 0; at < field.raw.len;) {
        struct slice rest = slice_from(field.raw, at);
        struct slice piece = slice_upto(rest, slice_find_char(rest, ';'));
        size_t equals = slice_find_char(piece, '=');
        bool is_signature =
            slice_equal_nocase(slice_trim(slice_upto(piece, equals)), SLICE("b")) && equals < piece.len;
        g_string_append_len(copy, piece.ptr, (gssize)(is_signature ? equals + 1 : piece.len));
        at += piece.len + 1;
        if (at <= field.raw.len)
            g_string_append_c(copy, ';');
    }
}

void canon_own_field(GString *out, struct field field, bool is_relaxed) {
    g_autoptr(GString) copy = g_string_new(NULL);
    append_unsigned(copy, field);
    struct slice whole = {copy->str, copy->len};
    canon_field(out, slice_upto(whole, field.name.len),
                slice_from(whole, (size_t)(field.raw.ptr - field.name.ptr)), is_relaxed);
    g_string_truncate(out, out->len - 2);
}

/* Where the search for the next field of a name goes on: h= may name one several times. */
struct name_place {
    struct slice name;
    size_t next;
};

void canon_header(GString *out, const struct header_fields *all, struct field own,
                  const struct signature *s) {
    struct slice list = s->fields;
    struct name_place places[64];
    size_t known = 0;
    size_t names = 0;
    g_string_truncate(out, 0);
    while (list.len && names++ < 512) {
        struct slice name = slice_trim(slice_upto(list, slice_find_char(list, ':')));
        list = slice_from(list, slice_find_char(list, ':') + 1);
        size_t at = 0;
        while (at < known && !slice_equal_nocase(places[at].name, name))
            at++;
        if (at == known && known < G_N_ELEMENTS(places))
            places[known++] = (struct name_place){name, all->count};
        for (size_t i = at < known ? places[at].next : 0; i > 0; i--) {
            places[at].next = i - 1;
            const struct field *f = &all->fields[i - 1];
            if (slice_equal_nocase(f->name, name)) {
                canon_field(out, f->name, f->raw, s->is_relaxed_header);
                break;
            }
        }
    }
    canon_own_field(out, own, s->is_relaxed_header);
}
