/* Organisational domains: see organisation.h. */
#include "parsers/base/organisation.h"

#include "parsers/base/address.h"

#include <libpsl.h>

struct slice organisation_of(struct arena *arena, struct slice host) {
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    if (!address_is_host(host))
        return SLICE_EMPTY;
    char *name = arena_string(arena, host);
    for (char *c = name; *c; c++)
        *c = ascii_lower(*c);
    const char *domain = psl_registrable_domain(psl_builtin(), name);
    return slice_of(domain ? domain : name);
}

bool host_is_internal(struct slice host) {
    static const char *const tails[] = {".local",     ".localdomain", ".internal", ".lan",     ".intranet",
                                        ".localhost", ".home.arpa",   ".corp",     ".private", ".home"};
    if (slice_find_char(host, '.') == host.len && slice_find_char(host, ':') == host.len)
        return true;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (slice_ends_nocase(host, slice_of(tails[i])))
            return true;
    return false;
}
