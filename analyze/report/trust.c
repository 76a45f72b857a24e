/* The boundary as the user draws it: see trust.h. */
#include "analyze/report/trust.h"

#include "parsers/base/address.h"

#include <arpa/inet.h>
#include <stdlib.h>

struct network {
    int family;
    unsigned char bytes[16];
    unsigned prefix;
};

static bool parse_ip(struct slice s, int *family, unsigned char bytes[16]) {
    char text[INET6_ADDRSTRLEN];
    if (s.len == 0 || s.len >= sizeof text)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    *family = strchr(text, ':') ? AF_INET6 : AF_INET;
    return inet_pton(*family, text, bytes) == 1;
}

static bool parse_network(struct slice entry, struct network *n) {
    size_t slash = slice_find_char(entry, '/');
    if (!parse_ip(slice_upto(entry, slash), &n->family, n->bytes))
        return false;
    unsigned whole = n->family == AF_INET ? 32 : 128;
    n->prefix = whole;
    if (slash < entry.len) {
        int prefix = slice_number(slice_from(entry, slash + 1), NULL);
        if (prefix < 0 || (unsigned)prefix > whole)
            return false;
        n->prefix = (unsigned)prefix;
    }
    return true;
}

static bool network_holds(const struct network *n, struct slice host) {
    int family;
    unsigned char bytes[16];
    if (!parse_ip(host, &family, bytes) || family != n->family)
        return false;
    unsigned full = n->prefix / 8;
    unsigned rest = n->prefix % 8;
    if (memcmp(bytes, n->bytes, full) != 0)
        return false;
    return rest == 0 || ((bytes[full] ^ n->bytes[full]) >> (8 - rest)) == 0;
}

static bool entry_holds(struct slice entry, struct slice host) {
    struct network n;
    if (parse_network(entry, &n))
        return network_holds(&n, host);
    if (entry.len && entry.ptr[0] == '.')
        return slice_ends_nocase(host, entry) || slice_equal_nocase(host, slice_from(entry, 1));
    return slice_equal_nocase(host, entry);
}

bool trust_holds(const struct trust_list *list, struct slice host) {
    for (size_t i = 0; list && i < list->count && host.len; i++)
        if (entry_holds(slice_of(list->entries[i]), host))
            return true;
    return false;
}

bool trust_entry_is_valid(const char *entry) {
    struct network n;
    struct slice s = slice_of(entry);
    return parse_network(s, &n) ||
           (s.len && slice_find_char(s, '/') == s.len && slice_find_char(s, ' ') == s.len);
}
