/* Addresses and networks as people write them: see spf_networks.h. */
#include "analyze/auth/spf_networks.h"

#include "parsers/dns/spf_record.h"

#include <stdint.h>

#define MOST_OF_RANGE 16 /* networks that a range is made of */

/* "203.0.113.0/24" of "203.0.113/24" and "203.0.113.*"; empty: it is something else. */
static struct slice filled_network(struct slice address, struct arena *arena) {
    size_t slash = slice_find_char(address, '/');
    struct slice start = slice_upto(address, slash);
    struct slice prefix = slice_from(address, slash + 1);
    bool has_star = false;
    while (start.len > 2 && start.ptr[start.len - 1] == '*' && start.ptr[start.len - 2] == '.') {
        start.len -= 2;
        has_star = true;
    }
    unsigned octets = 1;
    for (size_t i = 0; i < start.len; i++)
        octets += start.ptr[i] == '.';
    if (octets > 3 || has_star == (slash < address.len))
        return SLICE_EMPTY;
    struct slice size = has_star ? arena_printf(arena, "%u", octets * 8) : prefix;
    return arena_printf(arena, "%.*s%s/%.*s", S(start), &".0.0.0"[(octets - 1) * 2], S(size));
}

/* The four octets as a number, zeros in front of them allowed. */
static bool read_octets(struct slice text, uint32_t *number) {
    *number = 0;
    for (unsigned i = 0; i < 4; i++) {
        size_t digits = 0;
        int octet = slice_number(text, &digits);
        if (!digits || digits > 3 || octet > 255 ||
            (i < 3 && (digits == text.len || text.ptr[digits] != '.')))
            return false;
        *number = *number << 8 | (uint32_t)octet;
        text = slice_from(text, digits + (i < 3));
    }
    return !text.len;
}

static struct slice octets_text(uint32_t n, struct arena *arena) {
    return arena_printf(arena, "%u.%u.%u.%u", n >> 24, n >> 16 & 0xff, n >> 8 & 0xff, n & 0xff);
}

/* "/24" of "/255.255.255.0" and of "/24"; empty: the network is one address; false: it is neither. */
static bool read_size(struct slice size, struct slice *prefix, struct arena *arena) {
    uint32_t mask;
    *prefix = SLICE_EMPTY;
    if (slice_find_char(size, '.') == size.len) {
        *prefix = size.len ? arena_printf(arena, "/%.*s", S(size)) : SLICE_EMPTY;
        return true;
    }
    if (!read_octets(size, &mask) || (~mask & (~mask + 1)))
        return false;
    unsigned bits = 0;
    while (bits < 32 && mask << bits & 0x80000000U)
        bits++;
    *prefix = arena_printf(arena, "/%u", bits);
    return true;
}

/* The networks that together are all from the first address to the last. */
static struct slice range(struct slice sign, uint64_t first, uint64_t last, struct arena *arena) {
    struct slice out = SLICE_EMPTY;
    for (unsigned count = 0; first <= last; count++) {
        unsigned bits = 0;
        while (bits < 32 && !(first & ((UINT64_C(2) << bits) - 1)) &&
               first + (UINT64_C(2) << bits) - 1 <= last)
            bits++;
        if (count == MOST_OF_RANGE)
            return SLICE_EMPTY;
        out = arena_printf(arena, "%.*s%s%.*sip4:%.*s", S(out), count ? " " : "", S(sign),
                           S(octets_text((uint32_t)first, arena)));
        if (bits)
            out = arena_printf(arena, "%.*s/%u", S(out), 32 - bits);
        first += UINT64_C(1) << bits;
    }
    return out;
}

static struct slice of_range(struct slice sign, struct slice text, struct arena *arena) {
    size_t dash = slice_find_char(text, '-');
    struct slice from = slice_upto(text, dash);
    struct slice to = slice_from(text, dash + 1);
    uint32_t first, last;
    size_t digits = 0;
    if (dash == text.len || !read_octets(from, &first))
        return SLICE_EMPTY;
    int octet = slice_number(to, &digits);
    if (digits && digits == to.len && octet <= 255)
        last = (first & 0xffffff00U) | (uint32_t)octet;
    else if (!read_octets(to, &last))
        return SLICE_EMPTY;
    return last >= first ? range(sign, first, last, arena) : SLICE_EMPTY;
}

/* Four octets, with a port or a size behind them. */
static struct slice of_octets(struct slice sign, struct slice text, struct arena *arena) {
    size_t slash = slice_find_char(text, '/');
    struct slice address = slice_upto(text, slash);
    struct slice prefix;
    uint32_t number;
    address = slice_upto(address, slice_find_char(address, ':'));
    if (!read_octets(address, &number) || !read_size(slice_from(text, slash + 1), &prefix, arena))
        return SLICE_EMPTY;
    return spf_terms_if_right(
        arena_printf(arena, "%.*sip4:%.*s%.*s", S(sign), S(octets_text(number, arena)), S(prefix)), arena);
}

struct slice spf_networks_meant(struct slice sign, struct slice text, struct arena *arena) {
    if (text.len && text.ptr[0] == '[') {
        size_t end = slice_find_char(text, ']');
        struct slice size = slice_from(text, end + 1);
        struct slice inside = slice_from(slice_upto(text, end), 1);
        text = size.len && size.ptr[0] == '/' ? arena_printf(arena, "%.*s%.*s", S(inside), S(size)) : inside;
    }
    struct slice found = of_octets(sign, text, arena);
    if (!found.len)
        found = of_range(sign, text, arena);
    if (!found.len && slice_find_char(text, ':') < text.len)
        found = spf_terms_if_right(arena_printf(arena, "%.*sip6:%.*s", S(sign), S(text)), arena);
    struct slice filled = found.len ? SLICE_EMPTY : filled_network(text, arena);
    return filled.len ? spf_terms_if_right(arena_printf(arena, "%.*sip4:%.*s", S(sign), S(filled)), arena)
                      : found;
}
