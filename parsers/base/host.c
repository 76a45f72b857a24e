/* Names of hosts: see host.h. */
#include "parsers/base/host.h"

bool host_is_within(struct slice name, struct slice domain) {
    if (!domain.len || name.len < domain.len || !slice_ends_nocase(name, domain))
        return false;
    return name.len == domain.len || name.ptr[name.len - domain.len - 1] == '.';
}

bool host_fits_entry(struct slice host, struct slice entry) {
    if (entry.len && entry.ptr[0] == '.')
        return host_is_within(host, slice_from(entry, 1));
    return slice_equal_nocase(host, entry);
}
