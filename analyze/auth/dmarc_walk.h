/* DMARC records by name: the one of a name, and the DNS tree walk (RFC 9989 section 4.10). */
#ifndef MAILWHY_DMARC_WALK_H
#define MAILWHY_DMARC_WALK_H

#include "analyze/auth/resolver.h"
#include "parsers/dns/dmarc_record.h"

/* What stands at one name. */
struct dmarc_at {
    struct slice domain;    /* without "_dmarc." */
    enum dns_status status; /* FOUND: one valid record, which is `record` */
    struct slice text;      /* of the record, or of the first that begins as one; empty: none */
    unsigned count;         /* records that begin as one: several count as none */
    struct slice like; /* where there is none: a text that was meant to be one; empty: there is none either */
    struct dmarc_record record;
};
void dmarc_find(struct slice domain, struct resolver *resolver, struct dmarc_at *at);

/* The most queries of one walk (section 4.10, step 4). */
#define DMARC_MOST_STEPS 8

struct dmarc_walk {
    struct dmarc_at steps[DMARC_MOST_STEPS]; /* from the start upwards */
    unsigned count;
    struct slice organisation;     /* never empty: without any record it is the start (section 4.10.2) */
    const struct dmarc_at *policy; /* whose record applies to mail from the start (section 4.10.1): its own,
                                      its organisation's, its public suffix's; NULL: none */
    const struct dmarc_at *suffix; /* the record with psd=y above the start; NULL: none */
    const struct dmarc_at
        *own_trouble; /* what could not be looked up and keeps the policy open; NULL: nothing */
    const struct dmarc_at *above_trouble; /* the same of the organisation */
};

/* `domain`: in A-labels. What a snapshot does not say of public suffixes (`list_organisation`: the domain
 * below them by the public suffix list; may be empty) is asked for, and taken for no record. */
void dmarc_walk_tree(struct slice domain, struct slice list_organisation, struct resolver *resolver,
                     struct dmarc_walk *walk);

#endif
