/* Macros of SPF (RFC 7208 section 7): see spf_macro.h. */
#include "analyze/auth/spf_macro.h"

#include "analyze/auth/spf_client_name.h"
#include "parsers/base/address.h"
#include "parsers/dns/spf_record.h"

#include <arpa/inet.h>

#define MOST_OF_NAME  253
#define MOST_OF_TEXT  ((size_t)8 << 10) /* bytes of an expanded explanation; the rest is left out */
#define MOST_OF_PARTS 256

static struct slice dotted_ip(struct spf_run *run) {
    const struct ip *ip = &run->query->ip;
    if (ip->family != AF_INET6)
        return ip_text(run->arena, ip);
    static const char hex[] = "0123456789ABCDEF";
    char text[63];
    for (size_t i = 0; i < 16; i++) {
        text[4 * i] = hex[ip->bytes[i] >> 4];
        text[4 * i + 2] = hex[ip->bytes[i] & 15];
        text[4 * i + 1] = '.';
        if (i < 15)
            text[4 * i + 3] = '.';
    }
    return arena_copy(run->arena, (struct slice){text, sizeof text});
}

static struct slice value_of(struct spf_run *run, char letter, struct slice domain) {
    const struct spf_query *q = run->query;
    size_t at = run->sender.len - address_domain(run->sender).len;
    switch (letter) {
    case 's':
        return run->sender;
    case 'l':
        return slice_upto(run->sender, at ? at - 1 : 0);
    case 'o':
        return slice_from(run->sender, at);
    case 'd':
        return domain;
    case 'i':
        return dotted_ip(run);
    case 'p': {
        bool is_missing; /* noted by the resolver */
        struct slice name = spf_client_name(run, domain, &is_missing);
        return name.len ? name : SLICE("unknown");
    }
    case 'v':
        return q->ip.family == AF_INET6 ? SLICE("ip6") : SLICE("in-addr");
    case 'h':
        return q->helo;
    case 'c':
        return ip_text(run->arena, &q->ip);
    case 'r':
        return q->receiver.len ? q->receiver : SLICE("unknown");
    default:
        return arena_printf(run->arena, "%lld", (long long)(q->time > 0 ? q->time : 0));
    }
}

/* Split at the delimiters, reverse, keep the right-hand parts, join with dots. */
static struct slice transform(struct spf_run *run, const struct spf_macro *m, struct slice value) {
    struct slice delimiters = m->delimiters.len ? m->delimiters : SLICE(".");
    struct slice parts[MOST_OF_PARTS];
    size_t count = 0;
    if (!m->keep && !m->is_reversed && !m->delimiters.len)
        return value;
    while (count < MOST_OF_PARTS) {
        size_t end = 0;
        while (end < value.len && slice_find_char(delimiters, value.ptr[end]) == delimiters.len)
            end++;
        parts[count++] = slice_upto(value, end);
        if (end == value.len)
            break;
        value = slice_from(value, end + 1);
    }
    size_t first = m->keep && m->keep < count ? count - m->keep : 0;
    GString *out = g_string_new(NULL);
    for (size_t i = first; i < count; i++) {
        struct slice part = parts[m->is_reversed ? count - 1 - i : i];
        if (i > first)
            g_string_append_c(out, '.');
        g_string_append_len(out, part.ptr, (gssize)part.len);
    }
    struct slice joined = arena_copy(run->arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return joined;
}

/* All but the unreserved characters of RFC 3986 (section 7.3). */
static void append_escaped(GString *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_alnum(text.ptr[i]) || ascii_is_any(text.ptr[i], "-._~"))
            g_string_append_c(out, text.ptr[i]);
        else
            g_string_append_printf(out, "%%%02X", (unsigned char)text.ptr[i]);
}

static struct slice cut_name(struct slice name) {
    if (name.len && name.ptr[name.len - 1] == '.')
        name.len--;
    while (name.len > MOST_OF_NAME) {
        size_t dot = slice_find_char(name, '.');
        if (dot == name.len)
            break;
        name = slice_from(name, dot + 1);
    }
    return name;
}

bool spf_expand(struct spf_run *run, struct slice spec, struct slice domain, bool is_explanation,
                struct slice *out) {
    struct spf_macro m;
    bool is_wrong = false;
    GString *text = g_string_new(NULL);
    while (text->len < MOST_OF_TEXT && (spf_macro_next(&spec, &m, &is_wrong) || is_wrong)) {
        if (is_wrong || (!is_explanation && ascii_is_any(m.letter, "crt"))) {
            is_wrong = true;
            break;
        }
        struct slice value = m.letter ? transform(run, &m, value_of(run, m.letter, domain)) : m.text;
        if (m.is_escape)
            append_escaped(text, value);
        else
            g_string_append_len(text, value.ptr, (gssize)value.len);
    }
    struct slice all = arena_copy(run->arena, (struct slice){text->str, MIN(text->len, MOST_OF_TEXT)});
    g_string_free(text, TRUE);
    *out = is_explanation ? all : cut_name(all);
    return !is_wrong;
}
