/* The boundary as the user draws it: see trust.h. */
#include "analyze/chain/trust.h"

#include "parsers/base/host.h"
#include "parsers/base/ip.h"
#include "parsers/base/organisation.h"

#define LEAST_PREFIX 7 /* of the networks for private use the largest is fc00::/7 */

static bool entry_holds(struct slice entry, struct slice host) {
    struct network n;
    struct ip ip;
    if (network_parse(entry, &n))
        return ip_parse(host, &ip) && network_holds(&n, &ip);
    return host_fits_entry(host, slice_upto(entry, entry.len - slice_ends_nocase(entry, SLICE("."))));
}

bool trust_holds(const struct trust_list *list, struct slice host) {
    for (size_t i = 0; list && i < list->count && host.len; i++)
        if (entry_holds(slice_of(list->entries[i]), host))
            return true;
    return false;
}

/* A host's name, or one that begins with a dot for all below it; no pattern, list or mailbox, and not the
 * names or addresses of strangers. */
bool trust_entry_is_valid(const char *entry) {
    struct network n;
    struct slice s = slice_of(entry);
    if (network_parse(s, &n))
        return n.prefix >= LEAST_PREFIX;
    bool is_all_below = s.len && s.ptr[0] == '.';
    s = slice_from(s, is_all_below);
    return host_is_name(s) && !(is_all_below && host_is_registry(s));
}
