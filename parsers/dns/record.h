/* One resource record in presentation format (RFC 1035 section 5.1), read with ldns. */
#ifndef MAILWHY_DNS_RECORD_H
#define MAILWHY_DNS_RECORD_H

#include "parsers/dns/snapshot.h"

/* One logical line of presentation format into `record`; `name` is its owner. `state` carries
 * $ORIGIN, $TTL and the last owner. Returns NULL, or what is wrong (static). An unused record (another class)
 * has type 0. */
struct ldns_struct_rdf;
struct ldns_struct_rr;
struct zone_state {
    struct ldns_struct_rdf *origin, *previous;
    uint32_t ttl;
};
const char *dns_record_parse(const char *line, struct zone_state *state, struct arena *arena,
                             struct slice *name, struct dns_record *record);

/* A record as one line that dns_record_parse reads again, whatever bytes its names hold; without its end. */
struct slice dns_record_show(const struct ldns_struct_rr *rr, struct arena *arena);

#endif
