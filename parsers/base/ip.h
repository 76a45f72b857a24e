/* IP addresses and networks as values. */
#ifndef MAILWHY_IP_H
#define MAILWHY_IP_H

#include "parsers/base/arena.h"

#include <string.h>

struct ip {
    int family; /* AF_INET or AF_INET6; 0: none */
    unsigned char bytes[16];
};

/* The whole slice as an address, also as "IPv6:…" (RFC 5321 section 4.1.3) and with a zone ("%4").
 * An IPv4 address inside IPv6 (::ffff:192.0.2.1) is read as IPv4. */
bool ip_parse(struct slice text, struct ip *ip);

/* The same family and address. */
static inline bool ip_is_same(const struct ip *one, const struct ip *other) {
    return one->family == other->family && memcmp(one->bytes, other->bytes, sizeof one->bytes) == 0;
}

/* The usual way to write it (RFC 5952). */
struct slice ip_text(struct arena *arena, const struct ip *ip);

/* Its parts in reverse, as the DNS asks for them: "1.2.0.192", or the nibbles of IPv6; with `zone` behind it.
 */
struct slice ip_reversed(struct arena *arena, const struct ip *ip, const char *zone);

/* The address that a name of the DNS begins with in reverse, as in the reverse DNS and in block lists; false:
 * none. */
bool ip_of_reversed(struct slice name, struct ip *ip);

/* The first address that a name below in-addr.arpa or ip6.arpa can be about: what its labels leave out, read
 * from the right, is zero. False: it is no such name. */
bool ip_of_reverse_domain(struct slice name, struct ip *ip);

/* The name at which its reverse DNS stands (RFC 1035 section 3.5, RFC 3596 section 2.5). */
struct slice ip_reverse_name(struct arena *arena, const struct ip *ip);

/* Of one's own host or network: loopback, private (RFC 1918, RFC 4193), link-local, shared (RFC 6598). */
bool ip_is_loopback(const struct ip *ip);
bool ip_is_internal(const struct ip *ip);

/* One that a provider's customers have behind its translation of addresses (100.64.0.0/10, RFC 6598)? */
bool ip_is_shared(const struct ip *ip);

/* The first host of a private network: as a rule its gateway, as Docker's bridge is. Where it also stands for
 * those behind it, as for what comes to a container's port, this is the address of clients from anywhere. */
bool ip_may_be_gateway(const struct ip *ip);

/* An address or CIDR block. */
struct network {
    struct ip ip;
    unsigned prefix;
};
bool network_parse(struct slice text, struct network *network);
bool network_holds(const struct network *network, const struct ip *ip);

#endif
