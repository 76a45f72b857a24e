/* Signatures as lists of tags (RFC 6376 section 3.2): see signature.h. */
#include "parsers/message/signature.h"

#include "parsers/dns/tags.h"

#define MOST_OF_TAGS 100 /* of one signature */

static bool is_word(struct slice text, const char *word) {
    return slice_equal_nocase(slice_trim(text), slice_of(word));
}

/* c=HEADER/BODY; what is left out is simple. */
static void take_canonicalisation(struct signature *s, struct slice value) {
    size_t slash = slice_find_char(value, '/');
    struct slice header = slice_upto(value, slash);
    struct slice body = slice_from(value, slash + 1);
    s->is_relaxed_header = is_word(header, "relaxed");
    s->is_relaxed_body = is_word(body, "relaxed");
    if ((header.len && !s->is_relaxed_header && !is_word(header, "simple")) ||
        (body.len && !s->is_relaxed_body && !is_word(body, "simple")))
        s->error = "its canonicalisation (c=) is not known";
}

static int64_t number_of(struct slice value) {
    int64_t number = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (!ascii_is_digit(value.ptr[i]) || number > INT64_MAX / 20)
            return -1;
        number = number * 10 + (value.ptr[i] - '0');
    }
    return value.len ? number : -1;
}

static int hex_of(char c) {
    return ascii_is_digit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* dkim-quoted-printable: "=40" is "@" (RFC 6376 section 2.11). Blanks in it count for nothing. */
static struct slice decoded(struct slice value, struct arena *arena) {
    char *out = arena_open(arena, value.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool is_coded = value.ptr[i] == '=' && i + 2 < value.len && hex_of(value.ptr[i + 1]) >= 0 &&
                        hex_of(value.ptr[i + 2]) >= 0;
        if (is_coded) {
            out[used++] = (char)(hex_of(value.ptr[i + 1]) * 16 + hex_of(value.ptr[i + 2]));
            i += 2;
        } else if (!ascii_is_space(value.ptr[i])) {
            out[used++] = value.ptr[i];
        }
    }
    return arena_close(arena, out, used);
}

static void take_identity(struct signature *s, struct slice value, struct arena *arena) {
    int number = s->kind == SIGNATURE_DKIM ? 0 : slice_number(value, NULL);
    bool is_coded = s->kind == SIGNATURE_DKIM && slice_find_char(value, '=') < value.len;
    s->identity = is_coded ? decoded(value, arena) : value;
    s->instance = number > 0 ? (unsigned)number : 0;
}

enum tag_type { TAG_TEXT, TAG_NUMBER, TAG_BASE64, TAG_CANONICALISATION, TAG_IDENTITY };

#define MEMBER(name) offsetof(struct signature, name)

static const struct {
    const char *name;
    enum tag_type type;
    size_t member;
    const char *error; /* of a value that cannot be read */
} tags[] = {
    {"v", TAG_TEXT, MEMBER(version), NULL},
    {"a", TAG_TEXT, MEMBER(algorithm), NULL},
    {"b", TAG_BASE64, MEMBER(bytes), "its signature (b=) is damaged"},
    {"bh", TAG_BASE64, MEMBER(body_hash), "its body hash (bh=) is damaged"},
    {"c", TAG_CANONICALISATION, 0, NULL},
    {"cv", TAG_TEXT, MEMBER(chain), NULL},
    {"d", TAG_TEXT, MEMBER(domain), NULL},
    {"h", TAG_TEXT, MEMBER(fields), NULL},
    {"i", TAG_IDENTITY, 0, NULL},
    {"l", TAG_NUMBER, MEMBER(length), "its body length (l=) is no number"},
    {"q", TAG_TEXT, MEMBER(query), NULL},
    {"s", TAG_TEXT, MEMBER(selector), NULL},
    {"t", TAG_NUMBER, MEMBER(time), "its time (t=) is no number"},
    {"x", TAG_NUMBER, MEMBER(expires), "its end (x=) is no number"},
};

static void take_value(struct signature *s, size_t row, struct slice value, struct arena *arena) {
    void *member = (char *)s + tags[row].member;
    bool is_ok = true;
    switch (tags[row].type) {
    case TAG_TEXT:
        *(struct slice *)member = value;
        break;
    case TAG_NUMBER:
        *(int64_t *)member = number_of(value);
        is_ok = *(int64_t *)member >= 0;
        break;
    case TAG_BASE64:
        is_ok = tag_base64(arena, value, member);
        break;
    case TAG_CANONICALISATION:
        take_canonicalisation(s, value);
        break;
    case TAG_IDENTITY:
        take_identity(s, value, arena);
        break;
    }
    if (!is_ok)
        s->error = tags[row].error;
}

static bool take_tag(struct signature *s, const struct tag *tag, struct arena *arena) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (slice_equal(tag->name, slice_of(tags[i].name))) {
            take_value(s, i, tag->value, arena);
            return true;
        }
    return false;
}

/* Tags may stand once. */
static bool is_repeated(struct slice value, const struct tag *tag) {
    struct tag other;
    bool is_wrong = false;
    while (tag_next(&value, &other, &is_wrong) && other.name.ptr != tag->name.ptr)
        if (slice_equal(other.name, tag->name))
            return true;
    return false;
}

bool signature_parse(struct slice value, enum signature_kind kind, struct arena *arena, struct signature *s) {
    struct tag tag;
    bool is_known = false;
    bool is_wrong = false;
    unsigned count = 0;
    *s = (struct signature){.kind = kind, .length = -1, .time = -1, .expires = -1};
    for (struct slice rest = value; count < MOST_OF_TAGS && tag_next(&rest, &tag, &is_wrong); count++) {
        is_known |= take_tag(s, &tag, arena);
        if (is_repeated(value, &tag))
            s->error = "a tag stands twice in it";
    }
    if (is_wrong || count == MOST_OF_TAGS)
        s->error = "a piece of it is no tag=value";
    return is_known;
}
