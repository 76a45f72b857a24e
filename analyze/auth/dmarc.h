/* DMARC by RFC 9989, and where a receiver that still follows RFC 7489 would decide otherwise. */
#ifndef MAILWHY_DMARC_H
#define MAILWHY_DMARC_H

#include "analyze/auth/dmarc_view.h"

struct dmarc_verdict {
    enum dmarc_result result;
    struct slice domain;       /* of the From field, in A-labels */
    struct slice organisation; /* by the tree walk */
    struct slice found_at;     /* the domain whose record counts; empty: none */
    struct slice record;
    enum dmarc_policy policy;             /* that applies to this domain */
    enum alignment spf, dkim;             /* the best alignment of what passed */
    struct slice spf_domain, dkim_domain; /* that were compared; may be empty */
    bool is_strict_spf, is_strict_dkim;   /* asked for */
    bool is_broken;                       /* there is a record that receivers cannot apply */
    struct slice reason;
    struct slice differs; /* where RFC 7489 comes to something else, and why; empty: it does not */
    struct slice note;    /* what is odd about the record; may be empty */
};

/* What was found by SPF (NULL: not verified) and DKIM (its signatures; `has_message`: they are all there
 * are). */
void dmarc_evaluate(struct slice from_domain, const struct spf_verdict *spf, const struct dkim_verdict *dkim,
                    bool has_message, struct resolver *resolver, struct dmarc_verdict *verdict);

const char *dmarc_result_name(enum dmarc_result result);
const char *alignment_name(enum alignment alignment);

#endif
