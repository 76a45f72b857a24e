/* Organisational domains: see organisation.h. */
#include "parsers/base/organisation.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/ip.h"
#include "parsers/base/public_suffix.h"

#define MOST_OF_HOST 256 /* address_is_host */

static struct slice without_last_dots(struct slice host) {
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    return host;
}

static const char *lower(struct slice host, char name[MOST_OF_HOST]) {
    slice_lower(name, host);
    name[host.len] = '\0';
    return name;
}

/* In lower case in `name`; what is returned is a piece of that. */
static const char *registered(struct slice host, char name[MOST_OF_HOST]) {
    const char *domain = FROM_MODULE(MODULE_NAMES, registrable_domain)(lower(host, name));
    return domain ? domain : name;
}

struct slice organisation_of(struct arena *arena, struct slice host) {
    char name[MOST_OF_HOST];
    host = without_last_dots(host);
    return address_is_host(host) ? arena_copy(arena, slice_of(registered(host, name))) : SLICE_EMPTY;
}

bool organisation_is_known(struct slice host) {
    return address_is_host(without_last_dots(host));
}

static struct slice last_labels(struct slice host) {
    size_t at = host.len;
    for (int dots = 0; at > 0 && dots < 2; at--)
        dots += host.ptr[at - 1] == '.';
    return slice_from(host, at && host.ptr[at] == '.' ? at + 1 : at);
}

bool organisation_is_same(struct slice host, struct slice other) {
    char names[2][MOST_OF_HOST];
    host = without_last_dots(host);
    other = without_last_dots(other);
    if (!slice_equal_nocase(last_labels(host), last_labels(other)) || !address_is_host(host) ||
        !address_is_host(other))
        return false;
    return slice_equal_nocase(host, other) ||
           FROM_MODULE(MODULE_NAMES, registrant_is_same)(lower(host, names[0]), lower(other, names[1]));
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

bool host_is_registry(struct slice host) {
    char name[MOST_OF_HOST];
    host = without_last_dots(host);
    if (host.len >= sizeof name)
        return false;
    return FROM_MODULE(MODULE_NAMES, registry_is_known)(lower(host, name));
}

/* Names of documentation are nobody's, and are asked like all others (RFC 6761 section 6.5). The list has a
 * rule for .onion, which no name server may know (RFC 7686); for the others of RFC 6761 and 9476 it has none.
 */
static bool is_below_top_domain(struct slice host) {
    size_t start = host.len;
    while (start && host.ptr[start - 1] != '.')
        start--;
    struct slice top = slice_from(host, start);
    return slice_equal_nocase(top, SLICE("example")) ||
           (!slice_equal_nocase(top, SLICE("onion")) && host_is_registry(top));
}

/* As a block list's question has it, or the reverse DNS, or a macro of SPF (RFC 7208 section 7). */
static bool holds_private_address(struct slice host) {
    struct ip ip;
    size_t end = 0;
    for (int labels = 0; labels < 4 && end < host.len; labels++)
        end += slice_find_char(slice_from(host, end), '.') + 1;
    return (ip_of_reversed(host, &ip) && ip_is_internal(&ip)) ||
           (ip_of_reverse_domain(host, &ip) && ip_is_internal(&ip)) ||
           (end && ip_parse(slice_upto(host, end - 1), &ip) && ip_is_internal(&ip));
}

bool host_is_private(struct slice host) {
    host = without_last_dots(host);
    return host_is_internal(host) || host_is_literal(host) || !is_below_top_domain(host) ||
           holds_private_address(host);
}
