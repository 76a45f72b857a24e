/* Organisational domains: see organisation.h. */
#include "parsers/base/organisation.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/public_suffix.h"

struct slice organisation_of(struct arena *arena, struct slice host) {
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    if (!address_is_host(host))
        return SLICE_EMPTY;
    char *name = arena_string(arena, host);
    for (char *c = name; *c; c++)
        *c = ascii_lower(*c);
    const char *domain = FROM_MODULE(MODULE_MESSAGE, registrable_domain)(name);
    return slice_of(domain ? domain : name);
}

#define NAME(text)                                                                                           \
    { text, sizeof(text) - 1 }

bool host_is_internal(struct slice host) {
    static const struct slice domains[] = {
        NAME("local"),     NAME("localdomain"), NAME("internal"), NAME("lan"),     NAME("intranet"),
        NAME("localhost"), NAME("home.arpa"),   NAME("corp"),     NAME("private"), NAME("home")};
    if (slice_find_char(host, '.') == host.len && slice_find_char(host, ':') == host.len)
        return true;
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (host_is_within(host, domains[i]))
            return true;
    return false;
}
