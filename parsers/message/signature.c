/* Signatures as lists of tags (RFC 6376 section 3.2): see auth_results.h. */
#include "parsers/message/auth_results.h"

static int64_t seconds_of(struct slice text) {
    int64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]) || i > 11)
            return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return text.len ? value : -1;
}

static bool take_tag(struct signature *s, struct slice name, struct slice value) {
    if (name.len != 1 && !slice_equal(name, SLICE("cv")))
        return false;
    switch (name.ptr[0]) {
    case 'd':
        s->domain = value;
        return true;
    case 's':
        s->selector = value;
        return true;
    case 'a':
        s->algorithm = value;
        return true;
    case 'c':
        *(name.len == 2 ? &s->chain : &s->canonicalisation) = value;
        return true;
    case 'h':
        s->fields = value;
        return true;
    case 'i':
        s->identity = value;
        s->instance = s->kind != SIGNATURE_DKIM && slice_number(value, NULL) > 0
                          ? (unsigned)slice_number(value, NULL)
                          : 0;
        return true;
    case 't':
        s->time = seconds_of(value);
        return true;
    case 'x':
        s->expires = seconds_of(value);
        return true;
    case 'l':
        s->has_length = true;
        return true;
    default:
        return name.ptr[0] == 'b' || name.ptr[0] == 'v';
    }
}

bool signature_parse(struct slice value, struct signature *s) {
    bool is_known = false;
    s->time = s->expires = -1;
    while (value.len) {
        struct slice tag = slice_upto(value, slice_find_char(value, ';'));
        value = slice_from(value, tag.len + 1);
        size_t equals = slice_find_char(tag, '=');
        if (equals < tag.len)
            is_known |=
                take_tag(s, slice_trim(slice_upto(tag, equals)), slice_trim(slice_from(tag, equals + 1)));
    }
    return is_known;
}
