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

#define TAIL(text)                                                                                           \
    { text, sizeof(text) - 1 }

bool host_is_internal(struct slice host) {
    static const struct slice tails[] = {
        TAIL(".local"),     TAIL(".localdomain"), TAIL(".internal"), TAIL(".lan"),     TAIL(".intranet"),
        TAIL(".localhost"), TAIL(".home.arpa"),   TAIL(".corp"),     TAIL(".private"), TAIL(".home")};
    if (slice_find_char(host, '.') == host.len && slice_find_char(host, ':') == host.len)
        return true;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (slice_ends_nocase(host, tails[i]))
            return true;
    return false;
}
