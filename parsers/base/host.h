/* Names of hosts and domains held against each other. Case does not count. */
#ifndef MAILWHY_HOST_H
#define MAILWHY_HOST_H

#include "parsers/base/slice.h"

/* Is `name` the domain itself or a name below it? Nothing is within the empty domain. Most names differ from
 * most domains in their last letter, more than its case does: of these no function is called. */
bool host_ends_with(struct slice name, struct slice domain);
static inline bool host_is_within(struct slice name, struct slice domain) {
    return domain.len && name.len >= domain.len &&
           ((name.ptr[name.len - 1] ^ domain.ptr[domain.len - 1]) & ~0x20) == 0 &&
           host_ends_with(name, domain);
}

/* Does a host fit an entry of a list: "mx.example.org" is that host alone, ".example.org" the domain and all
 * below it. */
bool host_fits_entry(struct slice host, struct slice entry);

/* Does it look like a machine's name without a domain: "spam-gw", "antispam-cluster-3"? Its words are the
 * name's. */
bool host_is_machine(struct slice word);

/* Is it an address, bare or in brackets, where a domain belongs? No top-level domain is a number (RFC 1123
 * section 2.1). */
bool host_is_literal(struct slice host);

/* Can it be a host's or a domain's name: labels of 1 to 63 letters, digits, hyphens inside and underscores,
 * 253 bytes in all, and no address (RFC 1035 section 2.3)? Of other scripts what libidn2 takes. A last dot
 * may stand. */
bool host_is_name(struct slice name);

#endif
