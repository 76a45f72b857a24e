/* One's own domains and addresses: see own_names.h. */
#include "analyze/verdict/own_names.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/organisation.h"

static bool is_entry(struct slice address, struct slice domain, struct slice entry) {
    entry = slice_upto(entry, entry.len - slice_ends_nocase(entry, SLICE(".")));
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

bool own_name_is_valid(const char *entry) {
    struct slice s = slice_of(entry);
    size_t at = slice_find_char(s, '@');
    bool is_address = at < s.len;
    struct slice domain = is_address ? slice_from(s, at + 1) : slice_from(s, s.len && s.ptr[0] == '.');
    for (size_t i = 0; is_address && i < at; i++)
        if ((unsigned char)s.ptr[i] <= ' ' || strchr("\x7f*?,;<>/", s.ptr[i]))
            return false;
    return host_is_name(domain) &&
           (is_address ? at > 0 : slice_find_char(domain, '.') < domain.len && !host_is_registry(domain));
}
