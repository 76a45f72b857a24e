/* One's own domains and addresses: see own_names.h. */
#include "analyze/verdict/own_names.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"

static bool is_entry(struct slice address, struct slice domain, struct slice entry) {
    if (slice_find_char(entry, '@') < entry.len)
        return slice_equal_nocase(address, entry);
    return host_is_within(domain, slice_from(entry, entry.len && entry.ptr[0] == '.'));
}

const char *own_names_find(const struct own_names *own, struct slice address) {
    struct slice domain = slice_find_char(address, '@') < address.len ? address_domain(address) : address;
    for (size_t i = 0; i < own->count && domain.len; i++)
        if (is_entry(address, domain, slice_of(own->entries[i])))
            return own->entries[i];
    return NULL;
}
