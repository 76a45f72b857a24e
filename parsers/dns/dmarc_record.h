/* A DMARC record (RFC 9989 sections 4.7 and 4.8), and what RFC 7489 section 6.3 had besides: pct, rf, ri. */
#ifndef MAILWHY_DMARC_RECORD_H
#define MAILWHY_DMARC_RECORD_H

#include "parsers/base/arena.h"

enum dmarc_policy { DMARC_NONE, DMARC_QUARANTINE, DMARC_REJECT, DMARC_NOT_GIVEN };

/* What is wrong with a record: bits of dmarc_record.faults. */
enum dmarc_fault {
    DMARC_FAULT_TWICE,  /* a tag stands in it twice: the whole list is void (RFC 6376 section 3.2) */
    DMARC_FAULT_NO_TAG, /* a part of it is not tag=value */
    DMARC_FAULT_NO_POLICY,
    DMARC_FAULT_POLICY, /* its value is none of those that are defined; so for the next */
    DMARC_FAULT_SUBDOMAINS,
    DMARC_FAULT_NONEXISTENT,
    DMARC_FAULT_ADKIM,
    DMARC_FAULT_ASPF,
    DMARC_FAULT_PSD,
    DMARC_FAULT_TESTING,
    DMARC_FAULT_PERCENT,
    DMARC_FAULT_OPTIONS,
    DMARC_FAULTS
};

struct dmarc_record {
    enum dmarc_policy policy, subdomains, nonexistent; /* p, sp, np */
    bool is_strict_dkim, is_strict_spf;                /* adkim=s, aspf=s */
    int percent;                                       /* pct; 100 where not given */
    char psd;                                          /* y, n or u */
    bool is_testing;                                   /* t=y */
    struct slice reports, failures;                    /* rua, ruf */
    bool has_address;                                  /* rua= names a valid URI */
    unsigned faults;
    struct slice odd; /* the first fault in words; empty: none */
};

/* Is it a record of DMARC version 1? "v=DMARC1" must come first, the value written so (section 4.7). */
bool dmarc_record_is(struct slice text);

/* Returns false where its list of tags is void: then it counts as no record. */
bool dmarc_record_parse(struct slice text, struct dmarc_record *record);

static inline bool dmarc_has_fault(const struct dmarc_record *record, enum dmarc_fault fault) {
    return (record->faults & 1U << fault) != 0;
}

/* Has it no valid p, or an invalid sp or np? Then it is one of p=none where it names an address for reports,
 * and else DMARC is not applied (RFC 9989 section 4.10.1; RFC 7489 section 6.6.3 does not know np). */
bool dmarc_has_no_policy(const struct dmarc_record *record, bool knows_nonexistent);

const char *dmarc_fault_words(enum dmarc_fault fault); /* "its p= is not none, quarantine or reject" */
const char *dmarc_policy_name(enum dmarc_policy policy);

#endif
