/* Names of the DNS (RFC 1035 section 2.3 and 5.1): see name.h. */
#include "parsers/dns/name.h"

#include "parsers/base/ascii_name.h"

#define MOST_OF_IDN 1000 /* bytes of a name that is converted */

#define MOST_OF_NAME                                                                                         \
    253 /* bytes of a name without its last dot, as people write it (RFC 1035 section 2.3.4) */
#define MOST_OF_LABEL 63

struct naming {
    char *out;
    size_t used, label, bytes; /* bytes: of the name as it goes over the wire, less the root */
    bool is_ok;
};

static void put(struct naming *n, char c, bool is_in_label) {
    n->label++;
    n->bytes++;
    if (n->label > MOST_OF_LABEL || n->bytes > MOST_OF_NAME + 1) {
        n->is_ok = false;
        return;
    }
    if ((c == '.' && is_in_label) || c == '\\')
        n->out[n->used++] = '\\';
    n->out[n->used++] = ascii_lower(c);
}

static void end_label(struct naming *n) {
    n->is_ok &= n->label > 0;
    n->label = 0;
    n->bytes++;
    if (n->is_ok)
        n->out[n->used++] = '.';
}

static struct naming begin_name(struct arena *arena) {
    return (struct naming){.out = arena_open(arena, (size_t)2 * MOST_OF_NAME + 8), .is_ok = true};
}

static bool end_name(struct naming *n, struct arena *arena, struct slice *name) {
    if (n->label)
        end_label(n);
    n->used -= n->used > 0;
    *name = arena_close(arena, n->out, n->is_ok ? n->used : 0);
    return n->is_ok && n->bytes <= MOST_OF_NAME + 1;
}

bool dns_name_of(struct slice raw, struct arena *arena, struct slice *name) {
    struct naming n = begin_name(arena);
    for (size_t i = 0; i < raw.len && n.is_ok; i++)
        if (raw.ptr[i] == '.')
            end_label(&n);
        else
            put(&n, raw.ptr[i], true);
    return end_name(&n, arena, name);
}

char dns_unescape(struct slice text, size_t *i) {
    size_t at = *i + 1;
    if (at >= text.len)
        return '\\';
    if (at + 2 < text.len && ascii_is_digit(text.ptr[at]) && ascii_is_digit(text.ptr[at + 1]) &&
        ascii_is_digit(text.ptr[at + 2])) {
        *i = at + 2;
        return (char)((text.ptr[at] - '0') * 100 + (text.ptr[at + 1] - '0') * 10 + text.ptr[at + 2] - '0');
    }
    *i = at;
    return text.ptr[at];
}

bool dns_name_parse(struct slice text, struct arena *arena, struct slice *name) {
    struct naming n = begin_name(arena);
    if (slice_equal(text, SLICE(".")))
        text.len = 0;
    for (size_t i = 0; i < text.len && n.is_ok; i++)
        if (text.ptr[i] == '\\')
            put(&n, dns_unescape(text, &i), true);
        else if (text.ptr[i] == '.')
            end_label(&n);
        else
            put(&n, text.ptr[i], true);
    return end_name(&n, arena, name);
}

struct slice dns_name_of_wire(const unsigned char *wire, size_t len, struct arena *arena) {
    struct naming n = begin_name(arena);
    struct slice name;
    for (size_t at = 0; at < len && wire[at] && n.is_ok; at += wire[at] + 1U) {
        for (size_t i = 1; i <= wire[at] && at + i < len; i++)
            put(&n, (char)wire[at + i], true);
        end_label(&n);
    }
    end_name(&n, arena, &name);
    return name;
}

static size_t escape_byte(char *out, unsigned char c) {
    out[0] = '\\';
    out[1] = (char)('0' + c / 100);
    out[2] = (char)('0' + c / 10 % 10);
    out[3] = (char)('0' + c % 10);
    return 4;
}

/* What `dig` would take for an option, a comment or the start of a transfer where it begins a line, and not
 * for the name that it is: "-x", "+trace", "%", "#", "ixfr=1". */
static bool is_taken_for_option(struct slice name, size_t i) {
    return i == 0 ? !ascii_is_alnum(name.ptr[0]) && name.ptr[0] != '_' && name.ptr[0] != '*'
                  : name.ptr[i] == '=';
}

struct slice dns_name_show(struct arena *arena, struct slice name) {
    char *out = arena_open(arena, name.len * 4 + 1);
    size_t used = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c == '\\' && i + 1 < name.len) {
            out[used++] = '\\';
            out[used++] = name.ptr[++i];
        } else if (c > ' ' && c < 127 && !is_taken_for_option(name, i)) {
            if (ascii_is_any(c, "\"();@$"))
                out[used++] = '\\';
            out[used++] = (char)c;
        } else {
            used += escape_byte(out + used, c);
        }
    }
    return arena_close(arena, out, used);
}

struct slice dns_name_parent(struct slice name) {
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '\\')
            i++;
        else if (name.ptr[i] == '.')
            return slice_from(name, i + 1);
    return SLICE_EMPTY;
}

struct slice dns_name_to_ascii(struct slice raw, struct arena *arena) {
    bool is_ascii = true;
    bool is_lower = true;
    while (raw.len && raw.ptr[raw.len - 1] == '.')
        raw.len--;
    for (size_t i = 0; i < raw.len; i++) {
        is_ascii &= (unsigned char)raw.ptr[i] < 128;
        is_lower &= raw.ptr[i] == ascii_lower(raw.ptr[i]);
    }
    if ((is_ascii && is_lower) || (!is_ascii && raw.len > MOST_OF_IDN))
        return raw;
    char *name = arena_string(arena, raw);
    for (size_t i = 0; i < raw.len; i++)
        name[i] = ascii_lower(name[i]);
    struct slice lower = {name, raw.len};
    if (is_ascii || slice_find_char(lower, '\0') < lower.len)
        return lower;
    struct slice ascii = FROM_MODULE(MODULE_NAMES, ascii_name)(name, arena);
    return ascii.len ? ascii : lower;
}
