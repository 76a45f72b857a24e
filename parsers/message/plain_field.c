/* Fields of MIME without doubt: see plain_field.h. What is no token, no simple quoted string or comes twice
 * is not read. */
#include "parsers/message/plain_field.h"

static bool is_folded(struct slice line) {
    return line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
}

static bool is_token_char(char c) {
    return ascii_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '+';
}

static struct slice take_token(struct slice *rest) {
    size_t i = 0;
    while (i < rest->len && is_token_char(rest->ptr[i]))
        i++;
    struct slice token = slice_upto(*rest, i);
    *rest = slice_from(*rest, i);
    return token;
}

static bool take_char(struct slice *rest, char c) {
    bool is_there = rest->len && rest->ptr[0] == c;
    *rest = slice_from(*rest, is_there);
    return is_there;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(struct slice *rest) {
    while (rest->len && is_blank(rest->ptr[0]))
        *rest = slice_from(*rest, 1);
}

static struct slice without_blanks(struct slice s) {
    skip_blanks(&s);
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

/* A quoted string of printable characters without a backslash, an encoded word or blanks at its ends. */
static struct slice take_quoted(struct slice *rest) {
    size_t i = 1;
    while (i < rest->len && rest->ptr[i] >= ' ' && rest->ptr[i] < 127 && rest->ptr[i] != '"' &&
           rest->ptr[i] != '\\')
        i++;
    if (i >= rest->len || rest->ptr[i] != '"')
        return SLICE_EMPTY;
    struct slice inside = slice_from(slice_upto(*rest, i), 1);
    *rest = slice_from(*rest, i + 1);
    bool is_plain = slice_trim(inside).len == inside.len && slice_find(inside, SLICE("=?")) == inside.len;
    return is_plain ? inside : SLICE_EMPTY;
}

static bool take_parameter(struct slice *rest, struct plain_header *header) {
    struct slice name = take_token(rest);
    if (!name.len || !take_char(rest, '='))
        return false;
    struct slice value = rest->len && rest->ptr[0] == '"' ? take_quoted(rest) : take_token(rest);
    struct slice *place = slice_equal_nocase(name, SLICE("charset"))    ? &header->charset
                          : slice_equal_nocase(name, SLICE("boundary")) ? &header->boundary
                                                                        : NULL;
    if (!value.len || (place && place->len))
        return false;
    if (place)
        *place = value;
    return true;
}

/* Section 5.1: type "/" subtype *(";" parameter). */
static bool read_type(struct slice value, struct plain_header *header) {
    value = without_blanks(value);
    struct slice rest = value;
    if (header->type.len || !take_token(&rest).len || !take_char(&rest, '/') || !take_token(&rest).len)
        return false;
    header->type = slice_upto(value, value.len - rest.len);
    for (skip_blanks(&rest); rest.len; skip_blanks(&rest)) {
        if (!take_char(&rest, ';'))
            return false;
        skip_blanks(&rest);
        if (rest.len && !take_parameter(&rest, header))
            return false;
    }
    return true;
}

/* Section 6.1. */
static bool read_encoding(struct slice value, struct plain_header *header) {
    static const struct {
        const char *name;
        enum encoding encoding;
    } known[] = {{"7bit", ENCODING_PLAIN},
                 {"8bit", ENCODING_PLAIN},
                 {"binary", ENCODING_PLAIN},
                 {"base64", ENCODING_BASE64},
                 {"quoted-printable", ENCODING_QUOTED_PRINTABLE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_equal_nocase(without_blanks(value), slice_of(known[i].name))) {
            header->encoding = known[i].encoding;
            return true;
        }
    return false;
}

/* The field with its folded lines, of which `rest` begins with the first that is not taken. */
static struct slice take_folded(struct slice line, struct slice *rest) {
    struct slice next;
    for (struct slice behind = *rest; slice_next_line(&behind, &next) && is_folded(next); *rest = behind)
        line.len = (size_t)(next.ptr + next.len - line.ptr);
    return line;
}

/* The colon behind the name of a field, which has neither blanks nor control characters; 0: it is none. */
static size_t name_length(struct slice line) {
    size_t i = 0;
    while (i < line.len && (unsigned char)line.ptr[i] > ' ' && line.ptr[i] != 127 && line.ptr[i] != ':')
        i++;
    return i < line.len && line.ptr[i] == ':' ? i : 0;
}

/* Is it no field by any reading? A name with blanks before its colon is one for GMime. */
static bool is_no_field(struct slice line) {
    size_t i = 0;
    while (i < line.len && !ascii_is_space(line.ptr[i]) && line.ptr[i] != ':')
        i++;
    while (i < line.len && ascii_is_space(line.ptr[i]))
        i++;
    return i == line.len || line.ptr[i] != ':';
}

static bool read_field(struct slice field, size_t name_len, struct plain_header *header, bool *has_encoding) {
    struct slice name = slice_upto(field, name_len);
    struct slice value = slice_from(field, name_len + 1);
    bool is_of_mime = slice_starts_nocase(name, SLICE("content-"));
    struct slice *first = is_of_mime ? &header->first_of_mime : &header->first_other;
    if (!first->ptr)
        first->ptr = field.ptr;
    if (!is_of_mime)
        return true;
    if (slice_equal_nocase(name, SLICE("content-type")))
        return read_type(value, header);
    if (!slice_equal_nocase(name, SLICE("content-transfer-encoding")))
        return true;
    bool is_first = !*has_encoding;
    *has_encoding = true;
    return is_first && read_encoding(value, header);
}

static void end_at(struct slice *s, const char *end) {
    s->len = s->ptr ? (size_t)(end - s->ptr) : 0;
}

/* A line that is no field, as a folded one that lost its blanks, is passed over, as GMime does it; not where
 * it stands first. What may be a boundary is left to GMime, though a field's name may begin so too. */
bool plain_header_take(struct slice *rest, struct plain_header *header) {
    struct slice line = {rest->ptr, 0};
    bool has_encoding = false;
    *header = (struct plain_header){.all = line};
    while (slice_next_line(rest, &line) && line.len) {
        size_t name_len = name_length(line);
        struct slice field = take_folded(line, rest);
        bool is_first = !header->first_other.ptr && !header->first_of_mime.ptr;
        bool is_known =
            name_len ? read_field(field, name_len, header, &has_encoding) : !is_first && is_no_field(line);
        if (!is_known || line.ptr[0] == '-')
            return false;
    }
    if (line.len || rest->ptr == line.ptr || rest->ptr[-1] != '\n')
        return false;
    end_at(&header->all, line.ptr);
    end_at(&header->first_other, line.ptr);
    end_at(&header->first_of_mime, line.ptr);
    if (!header->type.len)
        header->type = SLICE("text/plain");
    return true;
}
