/* Addresses and networks as people write them into SPF records. */
#ifndef MAILWHY_SPF_NETWORKS_H
#define MAILWHY_SPF_NETWORKS_H

#include "parsers/base/arena.h"

/* "ip4:192.0.2.8/29" of "192.0.2.8-192.0.2.15", "[2001:db8::1]", "192.0.2.1:25", "192.0.2.0/255.255.255.0",
 * "192.0.2", "192.0.2.*", "192.000.002.001": the terms that `text` was meant to be, each with `sign` (a
 * qualifier, or empty), with blanks between; empty: it is no address. */
struct slice spf_networks_meant(struct slice sign, struct slice text, struct arena *arena);

#endif
