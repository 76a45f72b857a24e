/* IP addresses: see ip.h. */
#include "parsers/base/ip.h"

#include <arpa/inet.h>
#include <glib.h>

static const unsigned char mapped_prefix[12] = {[10] = 0xff, [11] = 0xff};

bool ip_parse(struct slice text, struct ip *ip) {
    char copy[INET6_ADDRSTRLEN];
    *ip = (struct ip){0};
    if (slice_starts_nocase(text, SLICE("IPv6:")))
        text = slice_from(text, 5);
    text = slice_upto(text, slice_find_char(text, '%'));
    if (text.len < 2 || text.len >= sizeof copy || slice_find_char(text, '\0') < text.len)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    int family = strchr(copy, ':') ? AF_INET6 : AF_INET;
    if (inet_pton(family, copy, ip->bytes) != 1)
        return false;
    ip->family = family;
    if (family == AF_INET6 && memcmp(ip->bytes, mapped_prefix, sizeof mapped_prefix) == 0) {
        memmove(ip->bytes, ip->bytes + 12, 4);
        memset(ip->bytes + 4, 0, 12);
        ip->family = AF_INET;
    }
    return true;
}

struct slice ip_text(struct arena *arena, const struct ip *ip) {
    char text[INET6_ADDRSTRLEN];
    if (!ip->family || !inet_ntop(ip->family, ip->bytes, text, sizeof text))
        return SLICE_EMPTY;
    return arena_copy(arena, slice_of(text));
}

struct slice ip_reversed(struct arena *arena, const struct ip *ip, const char *zone) {
    static const char hex[] = "0123456789abcdef";
    char nibbles[65];
    if (ip->family != AF_INET6)
        return arena_printf(arena, "%u.%u.%u.%u.%s", ip->bytes[3], ip->bytes[2], ip->bytes[1], ip->bytes[0],
                            zone);
    for (size_t i = 0; i < 16; i++) {
        nibbles[4 * i] = hex[ip->bytes[15 - i] & 15];
        nibbles[4 * i + 2] = hex[ip->bytes[15 - i] >> 4];
        nibbles[4 * i + 1] = nibbles[4 * i + 3] = '.';
    }
    nibbles[64] = '\0';
    return arena_printf(arena, "%s%s", nibbles, zone);
}

/* The number of the label at *rest, which is taken off; -1: it is none. */
static int reversed_label(struct slice *rest, unsigned base, unsigned most) {
    size_t end = slice_find_char(*rest, '.');
    struct slice label = slice_upto(*rest, end);
    unsigned value = 0;
    if (end == rest->len || label.len == 0 || label.len > (base == 16 ? 1 : 3))
        return -1;
    for (size_t i = 0; i < label.len; i++) {
        int digit = g_ascii_xdigit_value(label.ptr[i]);
        if (digit < 0 || (unsigned)digit >= base)
            return -1;
        value = value * base + (unsigned)digit;
    }
    *rest = slice_from(*rest, end + 1);
    return value <= most ? (int)value : -1;
}

static bool read_reversed(struct slice name, struct ip *ip, size_t labels) {
    unsigned base = labels == 32 ? 16 : 10;
    *ip = (struct ip){.family = labels == 32 ? AF_INET6 : AF_INET};
    for (size_t i = 0; i < labels; i++) {
        int value = reversed_label(&name, base, base == 16 ? 15 : 255);
        if (value < 0)
            return false;
        if (base == 10)
            ip->bytes[3 - i] = (unsigned char)value;
        else
            ip->bytes[15 - i / 2] |= (unsigned char)(i % 2 ? value << 4 : value);
    }
    return true;
}

bool ip_of_reversed(struct slice name, struct ip *ip) {
    return read_reversed(name, ip, 32) || read_reversed(name, ip, 4);
}

bool ip_of_reverse_domain(struct slice name, struct ip *ip) {
    bool is_six = slice_ends_nocase(name, SLICE(".ip6.arpa"));
    unsigned base = is_six ? 16 : 10;
    size_t most = is_six ? 32 : 4;
    if (!is_six && !slice_ends_nocase(name, SLICE(".in-addr.arpa")))
        return false;
    *ip = (struct ip){.family = is_six ? AF_INET6 : AF_INET};
    name = slice_upto(name, name.len - (is_six ? sizeof "ip6.arpa" : sizeof "in-addr.arpa") + 1);
    for (size_t i = 0; i < most && name.len; i++) {
        size_t start = name.len - 1; /* of the last label, behind which a dot stands */
        while (start && name.ptr[start - 1] != '.')
            start--;
        struct slice label = slice_from(name, start);
        int value = reversed_label(&label, base, is_six ? 15 : 255);
        if (value < 0)
            break;
        ip->bytes[is_six ? i / 2 : i] |= (unsigned char)(is_six && i % 2 == 0 ? value << 4 : value);
        name = slice_upto(name, start);
    }
    return true;
}

struct slice ip_reverse_name(struct arena *arena, const struct ip *ip) {
    return ip_reversed(arena, ip, ip->family == AF_INET6 ? "ip6.arpa" : "in-addr.arpa");
}

static bool holds_any(const struct network *list, size_t count, const struct ip *ip) {
    for (size_t i = 0; i < count; i++)
        if (network_holds(&list[i], ip))
            return true;
    return false;
}

#define V4(a, b, prefix)                                                                                     \
    { {AF_INET, {a, b}}, prefix }
#define V6(a, b, prefix)                                                                                     \
    { {AF_INET6, {a, b}}, prefix }
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

bool ip_is_loopback(const struct ip *ip) {
    static const struct network loopback[] = {V4(127, 0, 8), {{AF_INET6, {[15] = 1}}, 128}};
    return holds_any(loopback, COUNT(loopback), ip);
}

bool ip_is_internal(const struct ip *ip) {
    static const struct network internal[] = {V4(10, 0, 8),     V4(172, 16, 12),   V4(192, 168, 16),
                                              V4(169, 254, 16), V4(100, 64, 10),   V4(0, 0, 8),
                                              V6(0xfc, 0, 7),   V6(0xfe, 0x80, 10)};
    return ip_is_loopback(ip) || holds_any(internal, COUNT(internal), ip);
}

bool ip_is_shared(const struct ip *ip) {
    static const struct network shared[] = {V4(100, 64, 10)};
    return holds_any(shared, COUNT(shared), ip);
}

bool ip_may_be_gateway(const struct ip *ip) {
    static const struct network private[] = {V4(10, 0, 8), V4(172, 16, 12), V4(192, 168, 16), V6(0xfc, 0, 7)};
    static const unsigned char first[8] = {[7] = 1};
    bool is_first = ip->family == AF_INET ? ip->bytes[3] == 1 : memcmp(ip->bytes + 8, first, 8) == 0;
    return is_first && holds_any(private, COUNT(private), ip);
}

bool network_parse(struct slice text, struct network *n) {
    size_t slash = slice_find_char(text, '/');
    if (!ip_parse(slice_upto(text, slash), &n->ip))
        return false;
    unsigned whole = n->ip.family == AF_INET ? 32 : 128;
    n->prefix = whole;
    if (slash < text.len) {
        int prefix = slice_number(slice_from(text, slash + 1), NULL);
        if (prefix < 0 || (unsigned)prefix > whole)
            return false;
        n->prefix = (unsigned)prefix;
    }
    return true;
}

bool network_holds(const struct network *n, const struct ip *ip) {
    unsigned full = n->prefix / 8;
    unsigned rest = n->prefix % 8;
    if (!ip->family || ip->family != n->ip.family || memcmp(ip->bytes, n->ip.bytes, full) != 0)
        return false;
    return rest == 0 || ((ip->bytes[full] ^ n->ip.bytes[full]) >> (8 - rest)) == 0;
}
