/* Names of hosts: see host.h. */
#include "parsers/base/host.h"

bool host_is_within(struct slice name, struct slice domain) {
    if (!domain.len || name.len < domain.len ||
        ((name.ptr[name.len - 1] ^ domain.ptr[domain.len - 1]) & ~0x20) || !slice_ends_nocase(name, domain))
        return false;
    return name.len == domain.len || name.ptr[name.len - domain.len - 1] == '.';
}

bool host_fits_entry(struct slice host, struct slice entry) {
    if (entry.len && entry.ptr[0] == '.')
        return host_is_within(host, slice_from(entry, 1));
    return slice_equal_nocase(host, entry);
}

/* A hyphen, and behind it a number or what such machines are called. */
bool host_is_machine(struct slice word) {
    static const struct slice parts[] = {SLICE("gw"), SLICE("mx"), SLICE("cluster"), SLICE("node"),
                                         SLICE("srv")};
    size_t hyphen = word.len;
    while (hyphen && word.ptr[hyphen - 1] != '-')
        hyphen--;
    struct slice last = slice_from(word, hyphen);
    size_t digits = last.len;
    while (digits && ascii_is_digit(last.ptr[digits - 1]))
        digits--;
    struct slice name = slice_upto(last, digits);
    if (hyphen < 2 || !ascii_is_alpha(word.ptr[0]) || !last.len)
        return false;
    size_t i = 0;
    while (i < sizeof parts / sizeof *parts && !slice_equal_nocase(name, parts[i]))
        i++;
    return i < sizeof parts / sizeof *parts || name.len == 0;
}

bool host_is_literal(struct slice host) {
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    size_t digits = 0;
    while (digits < host.len && ascii_is_digit(host.ptr[host.len - 1 - digits]))
        digits++;
    bool is_number = digits && (digits == host.len || host.ptr[host.len - 1 - digits] == '.');
    bool is_bracketed = host.len && host.ptr[host.len - 1] == ']';
    return is_number || is_bracketed || slice_find_char(host, ':') < host.len;
}
