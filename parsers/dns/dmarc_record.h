/* A DMARC record (RFC 7489 section 6.3; draft-ietf-dmarc-dmarcbis adds np, psd and t). */
#ifndef MAILWHY_DMARC_RECORD_H
#define MAILWHY_DMARC_RECORD_H

#include "parsers/base/arena.h"

enum dmarc_policy { DMARC_NONE, DMARC_QUARANTINE, DMARC_REJECT, DMARC_NOT_GIVEN };

struct dmarc_record {
    enum dmarc_policy policy, subdomains, nonexistent; /* p, sp, np */
    bool is_strict_dkim, is_strict_spf;                /* adkim=s, aspf=s */
    int percent;                                       /* pct; 100 where not given */
    char psd;                                          /* y, n or u */
    bool is_testing;                                   /* t=y */
    struct slice reports, failures;                    /* rua, ruf */
    struct slice odd; /* what is wrong with it but does not void it; empty: nothing */
};

/* Is it a record of DMARC version 1? "v=DMARC1" must come first, written so. */
bool dmarc_record_is(struct slice text);

/* Returns false where it has no usable policy (then it counts as none, or as p=none where it asks for
 * reports: RFC 7489 section 6.6.3). */
bool dmarc_record_parse(struct slice text, struct dmarc_record *record);

const char *dmarc_policy_name(enum dmarc_policy policy);

#endif
