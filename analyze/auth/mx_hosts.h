/* The hosts that take mail for a domain. */
#ifndef MAILWHY_MX_HOSTS_H
#define MAILWHY_MX_HOSTS_H

#include "analyze/auth/resolver.h"

#define MOST_OF_MX_HOSTS 20 /* of one domain that are looked at */

/* The MX records of a domain by preference, the most preferred first: the order in which senders try them
 * (RFC 5321 section 5.1); those of one preference in the order of the answer. A null MX (RFC 7505) is one
 * record with an empty host. */
struct dns_answer mx_hosts(struct resolver *resolver, struct slice domain);

#endif
