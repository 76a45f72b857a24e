/* The reader's own domains and addresses, as --own names them. */
#ifndef MAILWHY_OWN_NAMES_H
#define MAILWHY_OWN_NAMES_H

#include "parsers/base/slice.h"

#include <stddef.h>

struct own_names {
    const char *const *entries; /* domains, with all below them, and mail addresses */
    size_t count;
};

/* The entry by which an address or a host is one's own; NULL: it is not. */
const char *own_names_find(const struct own_names *own, struct slice address);

/* Can an argument of --own be meant: a domain below a registry's (co.uk), or the address of a mailbox? */
bool own_name_is_valid(const char *entry);

#endif
