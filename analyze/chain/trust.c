/* The boundary as the user draws it: see trust.h. */
#include "analyze/chain/trust.h"

#include "parsers/base/host.h"
#include "parsers/base/ip.h"
#include "parsers/base/organisation.h"

static bool entry_holds(struct slice entry, struct slice host) {
    struct network n;
    struct ip ip;
    if (network_parse(entry, &n))
        return ip_parse(host, &ip) && network_holds(&n, &ip);
    return host_fits_entry(host, entry);
}

bool trust_holds(const struct trust_list *list, struct slice host) {
    for (size_t i = 0; list && i < list->count && host.len; i++)
        if (entry_holds(slice_of(list->entries[i]), host))
            return true;
    return false;
}

/* Does it end with its first label, under which strangers are? Those of private use have none. */
static bool is_top_level(struct slice below) {
    return below.len && below.ptr[0] == '.' &&
           slice_find_char(slice_from(below, 1), '.') + 1 >= below.len - 1 && !host_is_internal(below);
}

/* A host's name, or one that begins with a dot for all below it; no pattern, list or mailbox, and not the
 * whole world. */
bool trust_entry_is_valid(const char *entry) {
    struct network n;
    struct slice s = slice_of(entry);
    if (network_parse(s, &n))
        return n.prefix > 0;
    if (is_top_level(s))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_space(s.ptr[i]) || strchr("/*?@,;<>()\"'", s.ptr[i]))
            return false;
    return s.len > 0;
}
