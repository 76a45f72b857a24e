/* Hosts of one's own, as --trust names them: what they wrote is believed. */
#ifndef MAILWHY_TRUST_H
#define MAILWHY_TRUST_H

#include "parsers/base/slice.h"

struct trust_list {
    const char *const *entries; /* host names (".example.org" for all below it), addresses, CIDR */
    size_t count;
};

bool trust_holds(const struct trust_list *list, struct slice host);
bool trust_entry_is_valid(const char *entry);

#endif
