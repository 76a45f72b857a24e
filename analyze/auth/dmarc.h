/* DMARC (RFC 7489), and what the tree walk of DMARCbis (draft-ietf-dmarc-dmarcbis) would say instead. */
#ifndef MAILWHY_DMARC_H
#define MAILWHY_DMARC_H

#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"
#include "parsers/dns/dmarc_record.h"

enum dmarc_result {
    DMARC_IS_NONE,
    DMARC_IS_PASS,
    DMARC_IS_FAIL,
    DMARC_IS_TEMPERROR,
    DMARC_IS_PERMERROR,
    DMARC_IS_UNCHECKED,
    DMARC_RESULTS
};

enum alignment { ALIGN_NONE, ALIGN_RELAXED, ALIGN_STRICT, ALIGNMENTS };

struct dmarc_verdict {
    enum dmarc_result result;
    struct slice domain;       /* of the From field */
    struct slice organisation; /* by the public suffix list */
    struct slice found_at;     /* the domain whose record counts; empty: none */
    struct slice record;
    enum dmarc_policy policy;             /* that applies to this domain */
    enum alignment spf, dkim;             /* the best alignment of what passed */
    struct slice spf_domain, dkim_domain; /* that were compared; may be empty */
    struct slice reason;
    struct slice differs; /* where DMARCbis comes to something else; empty: it does not */
    struct slice note;    /* what is odd about the record, pct, t=y; may be empty */
};

/* What was found by SPF (NULL: not verified) and DKIM (its signatures; `has_message`: they are all there
 * are). */
void dmarc_evaluate(struct slice from_domain, const struct spf_verdict *spf, const struct dkim_verdict *dkim,
                    bool has_message, struct resolver *resolver, struct dmarc_verdict *verdict);

const char *dmarc_result_name(enum dmarc_result result);
const char *alignment_name(enum alignment alignment);

#endif
