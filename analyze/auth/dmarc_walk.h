/* DMARC records by name: the one of a name, and the tree walk of DMARCbis (draft-ietf-dmarc-dmarcbis,
 * section 4.10). */
#ifndef MAILWHY_DMARC_WALK_H
#define MAILWHY_DMARC_WALK_H

#include "analyze/auth/resolver.h"
#include "parsers/dns/dmarc_record.h"

/* The one DMARC record of a name into *text, which stays as it was where there is none. Returns its status:
 * FOUND, NODATA where there is none or more than one. */
enum dns_status dmarc_find(struct slice domain, struct resolver *resolver, struct slice *text);

struct dmarc_walk {
    struct slice organisation; /* empty: no record was met */
    struct slice found_at;     /* whose record counts */
    struct dmarc_record record;
    bool is_missing; /* the snapshot does not hold all of it */
};
void dmarc_walk_tree(struct slice domain, struct resolver *resolver, struct dmarc_walk *walk);

#endif
