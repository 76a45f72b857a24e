/* SPF records: see spf_record.h. */
#include "parsers/dns/spf_record.h"

#include <sys/socket.h>

#define WORD(text)                                                                                           \
    { text, sizeof(text) - 1 }

enum argument { NO_ARGUMENT, DOMAIN, DOMAIN_OR_CIDR, ADDRESS4, ADDRESS6, ANY_TEXT };

static const struct {
    struct slice name;
    enum argument argument;
    char separator;
    bool is_optional;
} kinds[] = {
    [SPF_ALL] = {WORD("all"), NO_ARGUMENT, 0, true},
    [SPF_INCLUDE] = {WORD("include"), DOMAIN, ':', false},
    [SPF_A] = {WORD("a"), DOMAIN_OR_CIDR, ':', true},
    [SPF_MX] = {WORD("mx"), DOMAIN_OR_CIDR, ':', true},
    [SPF_PTR] = {WORD("ptr"), DOMAIN, ':', true},
    [SPF_IP4] = {WORD("ip4"), ADDRESS4, ':', false},
    [SPF_IP6] = {WORD("ip6"), ADDRESS6, ':', false},
    [SPF_EXISTS] = {WORD("exists"), DOMAIN, ':', false},
    [SPF_REDIRECT] = {WORD("redirect"), DOMAIN, '=', false},
    [SPF_EXP] = {WORD("exp"), DOMAIN, '=', false},
    [SPF_UNKNOWN_MODIFIER] = {WORD(""), ANY_TEXT, '=', false},
};

bool spf_record_is(struct slice text) {
    return slice_starts_nocase(text, SLICE("v=spf1")) && (text.len == 6 || text.ptr[6] == ' ');
}

/* --- macros (RFC 7208 section 7.1) --- */

static bool take_braces(struct slice inside, struct spf_macro *m) {
    size_t digits = 0;
    *m = (struct spf_macro){.letter = ascii_lower(inside.len ? inside.ptr[0] : ' ')};
    if (!ascii_is_any(m->letter, "slodiphcrtv"))
        return false;
    m->is_escape = inside.ptr[0] != m->letter;
    inside = slice_from(inside, 1);
    int keep = slice_number(inside, &digits);
    if (inside.len && ascii_is_digit(inside.ptr[0])) {
        while (digits < inside.len && ascii_is_digit(inside.ptr[digits]))
            digits++;
        if (keep == 0)
            return false; /* a number of parts is not zero */
        m->keep = keep > 128 || keep < 0 ? 128 : (unsigned)keep;
        inside = slice_from(inside, digits);
    }
    if (inside.len && ascii_lower(inside.ptr[0]) == 'r') {
        m->is_reversed = true;
        inside = slice_from(inside, 1);
    }
    m->delimiters = inside;
    for (size_t i = 0; i < inside.len; i++)
        if (!ascii_is_any(inside.ptr[i], ".-+,/_="))
            return false;
    return true;
}

static bool take_percent(struct slice *rest, struct spf_macro *macro) {
    static const struct {
        char sign;
        struct slice text;
    } signs[] = {{'%', WORD("%")}, {'_', WORD(" ")}, {'-', WORD("%20")}};
    char sign = rest->len > 1 ? rest->ptr[1] : '\0';
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (sign && sign == signs[i].sign) {
            *macro = (struct spf_macro){.text = signs[i].text};
            *rest = slice_from(*rest, 2);
            return true;
        }
    size_t end = slice_find_char(*rest, '}');
    if (sign != '{' || end == rest->len || !take_braces((struct slice){rest->ptr + 2, end - 2}, macro))
        return false;
    *rest = slice_from(*rest, end + 1);
    return true;
}

bool spf_macro_next(struct slice *rest, struct spf_macro *macro, bool *is_wrong) {
    *is_wrong = false;
    if (!rest->len)
        return false;
    if (rest->ptr[0] == '%') {
        *is_wrong = !take_percent(rest, macro);
        return !*is_wrong;
    }
    size_t literal = slice_find_char(*rest, '%');
    *macro = (struct spf_macro){.text = slice_upto(*rest, literal)};
    *rest = slice_from(*rest, literal);
    return true;
}

/* Letters that only an explanation may use. */
static bool is_of_explanation(char letter) {
    return ascii_is_any(letter, "crt");
}

/* macro-string: visible ASCII. */
static bool is_macro_string(struct slice text, struct spf_macro *last) {
    bool is_wrong;
    *last = (struct spf_macro){0};
    for (struct slice rest = text; spf_macro_next(&rest, last, &is_wrong) || is_wrong;) {
        if (is_wrong || is_of_explanation(last->letter))
            return false;
        for (size_t i = 0; !last->letter && i < last->text.len; i++)
            if ((last->text.ptr[i] < 0x21 && last->text.ptr[i] != ' ') || last->text.ptr[i] > 0x7e)
                return false;
    }
    return true;
}

/* toplabel: letters, digits and inner hyphens, and not only digits. */
static bool is_toplabel(struct slice label) {
    bool has_other = false;
    for (size_t i = 0; i < label.len; i++) {
        if (!ascii_is_alnum(label.ptr[i]) && label.ptr[i] != '-')
            return false;
        has_other |= !ascii_is_digit(label.ptr[i]);
    }
    return label.len && has_other && label.ptr[0] != '-' && label.ptr[label.len - 1] != '-';
}

/* domain-spec: a macro-string that ends in a macro or in "." and a toplabel. */
static bool is_domain_spec(struct slice text) {
    struct spf_macro last;
    if (!text.len || !is_macro_string(text, &last))
        return false;
    if (last.letter || text.ptr[text.len - 1] == '}')
        return true;
    struct slice literal = last.text;
    if (literal.len && literal.ptr[literal.len - 1] == '.')
        literal.len--;
    size_t dot = literal.len;
    while (dot && literal.ptr[dot - 1] != '.')
        dot--;
    return dot > 0 && is_toplabel(slice_from(literal, dot));
}

/* --- terms --- */

/* A number without leading zeros, at most `most`; -1: none. */
static int take_number(struct slice text, int most) {
    size_t digits = 0;
    int number = slice_number(text, &digits);
    if (digits != text.len || !digits || (digits > 1 && text.ptr[0] == '0') || number > most)
        return -1;
    return number;
}

/* Take "/24", "//64" or "/24//64" off the end of `text` (dual-cidr-length). */
static const char *take_cidr(struct slice *text, struct spf_term *t) {
    size_t slash = text->len;
    for (size_t i = text->len; i > 0; i--) {
        if (text->ptr[i - 1] == '/')
            slash = i - 1;
        else if (!ascii_is_digit(text->ptr[i - 1]))
            break;
    }
    struct slice cidr = slice_from(*text, slash);
    *text = slice_upto(*text, slash);
    size_t two = slice_find(cidr, SLICE("//"));
    struct slice six = two < cidr.len ? slice_from(cidr, two + 2) : SLICE_EMPTY;
    struct slice four = slice_upto(cidr, two);
    if (four.len && (t->prefix4 = take_number(slice_from(four, 1), 32)) < 0)
        return "the length of an IPv4 prefix is 0 to 32";
    if (two < cidr.len && (t->prefix6 = take_number(six, 128)) < 0)
        return "the length of an IPv6 prefix is 0 to 128";
    return NULL;
}

static const char *take_network(struct slice text, struct spf_term *t, int family) {
    size_t slash = slice_find_char(text, '/');
    struct slice address = slice_upto(text, slash);
    int whole = family == AF_INET ? 32 : 128;
    int prefix = slash < text.len ? take_number(slice_from(text, slash + 1), whole) : whole;
    bool is_address = ip_parse(address, &t->network.ip) && slice_find_char(address, '%') == address.len &&
                      (slice_find_char(address, ':') < address.len) == (family == AF_INET6);
    if (!is_address || address.ptr[0] == 'I' || address.ptr[0] == 'i')
        return family == AF_INET ? "this is not an IPv4 address" : "this is not an IPv6 address";
    if (prefix < 0)
        return family == AF_INET ? "the length of an IPv4 prefix is 0 to 32"
                                 : "the length of an IPv6 prefix is 0 to 128";
    bool is_mapped = family == AF_INET6 && t->network.ip.family == AF_INET;
    t->network.prefix = is_mapped && prefix >= 96 ? (unsigned)prefix - 96 : (unsigned)prefix;
    return NULL;
}

static const char *take_domain(struct slice text, struct spf_term *t) {
    t->domain = text;
    return is_domain_spec(text) ? NULL
                                : "this is not a valid domain: it must end in a top-level name or a macro";
}

static const char *take_argument(struct spf_term *t, struct slice argument, bool is_given) {
    struct spf_macro last;
    const char *wrong = NULL;
    switch (kinds[t->kind].argument) {
    case NO_ARGUMENT:
        return is_given ? "takes no argument" : NULL;
    case DOMAIN_OR_CIDR:
        wrong = take_cidr(&argument, t);
        return wrong || !is_given ? wrong : take_domain(argument, t);
    case DOMAIN:
        return is_given ? take_domain(argument, t) : NULL;
    case ADDRESS4:
        return take_network(argument, t, AF_INET);
    case ADDRESS6:
        return take_network(argument, t, AF_INET6);
    default:
        return is_macro_string(argument, &last) ? NULL : "a macro in it is not valid";
    }
}

static bool is_name(struct slice name) {
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alnum(name.ptr[i]) && (i == 0 || !ascii_is_any(name.ptr[i], "-_.")))
            return false;
    return name.len && ascii_is_alpha(name.ptr[0]);
}

/* Its name ends at the first of : / = */
static const char *take_kind(struct spf_term *t, struct slice *argument, bool *is_given) {
    struct slice body = t->text;
    bool has_qualifier = body.len && ascii_is_any(body.ptr[0], "+-?~");
    t->qualifier = has_qualifier ? body.ptr[0] : '+';
    body = slice_from(body, has_qualifier);
    size_t end = 0;
    while (end < body.len && !ascii_is_any(body.ptr[end], ":/="))
        end++;
    char separator = end < body.len ? body.ptr[end] : '\0';
    struct slice name = slice_upto(body, end);
    *is_given = separator == ':' || separator == '=';
    *argument = slice_from(body, end + *is_given);
    for (t->kind = SPF_ALL; t->kind < SPF_UNKNOWN_MODIFIER; t->kind++)
        if (slice_equal_nocase(name, kinds[t->kind].name) &&
            (separator == '=') == (kinds[t->kind].separator == '='))
            break;
    if (separator == '=')
        return has_qualifier || !is_name(name) ? "a modifier has a name and no qualifier" : NULL;
    if (t->kind == SPF_UNKNOWN_MODIFIER)
        return "there is no such mechanism";
    if (t->kind == SPF_ALL && separator == '/')
        return "takes no argument";
    bool is_missing = kinds[t->kind].is_optional ? *is_given && !argument->len : !argument->len || !*is_given;
    return is_missing ? "it needs an argument" : NULL;
}

static const char *term_parse(struct spf_term *t) {
    struct slice argument;
    bool is_given;
    t->prefix4 = t->prefix6 = -1;
    const char *wrong = take_kind(t, &argument, &is_given);
    if (!wrong && kinds[t->kind].argument == DOMAIN && !is_given && argument.len)
        return "there is no such mechanism";
    return wrong ? wrong : take_argument(t, argument, is_given);
}

static const char *add_modifier(struct spf_record *record, const struct spf_term *t) {
    const struct spf_term **slot = t->kind == SPF_REDIRECT ? &record->redirect : &record->exp;
    if (t->kind == SPF_UNKNOWN_MODIFIER)
        return NULL;
    if (*slot)
        return "it appears twice in the record";
    *slot = t;
    return NULL;
}

bool spf_record_parse(struct slice text, struct arena *arena, struct spf_record *record) {
    struct spf_term **end = &record->terms;
    struct slice rest = slice_from(text, 6);
    *record = (struct spf_record){0};
    while (rest.len) {
        size_t space = slice_find_char(rest, ' ');
        struct spf_term *t = ARENA_NEW(arena, struct spf_term);
        t->text = slice_upto(rest, space);
        rest = slice_from(rest, space + 1);
        if (!t->text.len)
            continue;
        const char *wrong = term_parse(t);
        if (!wrong && t->kind >= SPF_REDIRECT) {
            wrong = add_modifier(record, t);
        } else {
            *end = t;
            end = &t->next;
        }
        if (wrong) {
            record->error = slice_of(wrong);
            record->wrong = t->text;
            return false;
        }
    }
    return true;
}

bool spf_terms_parse(struct slice terms, struct arena *arena, struct spf_record *record) {
    return spf_record_parse(arena_printf(arena, "v=spf1 %.*s", S(terms)), arena, record);
}

struct slice spf_terms_if_right(struct slice terms, struct arena *arena) {
    struct spf_record record;
    return spf_terms_parse(terms, arena, &record) ? terms : SLICE_EMPTY;
}
