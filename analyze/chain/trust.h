/* Hosts of one's own, as --trust names them: what they wrote is believed. */
#ifndef MAILWHY_TRUST_H
#define MAILWHY_TRUST_H

#include "parsers/base/slice.h"

struct trust_list {
    const char *const *entries; /* host names (".example.org" for all below it), addresses, CIDR */
    size_t count;
};

/* Is the host, by name or address, one of the list? Nothing is of an empty list, nor is an empty host. */
bool trust_holds(const struct trust_list *list, struct slice host);

/* Can an argument of --trust be meant: a name, an address or a network, and not everybody's (".com",
 * ".co.uk", 0.0.0.0/0)? */
bool trust_entry_is_valid(const char *entry);

#endif
