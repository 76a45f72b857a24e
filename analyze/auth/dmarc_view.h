/* DMARC of one message as one of the two standards sees it: RFC 9989, and RFC 7489, which it replaced and
 * which many receivers still follow. */
#ifndef MAILWHY_DMARC_VIEW_H
#define MAILWHY_DMARC_VIEW_H

#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/dmarc_walk.h"
#include "analyze/auth/spf_verdict.h"

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

enum dmarc_standard { BY_RFC_9989, BY_RFC_7489 };

/* What was found of the message. Names in lower-case A-labels. */
struct dmarc_facts {
    struct slice from;               /* the domain of From */
    const struct spf_verdict *spf;   /* NULL: not verified */
    const struct dkim_verdict *dkim; /* the signatures */
    bool has_message;                /* they are all there are */
    struct resolver *resolver;
};

/* What passed, and how near it is to the From domain. */
struct dmarc_aligned {
    enum alignment spf, dkim;             /* the best */
    struct slice spf_domain, dkim_domain; /* that passed and were compared; may be empty */
    bool is_open;                         /* something that could align was not verified */
    bool is_failing;                      /* a look-up that alignment needs failed */
    const char *failing_check;            /* SPF or DKIM, whose look-up failed; NULL: neither */
    struct slice failing_domain;          /* that it is about, which would align */
};

struct dmarc_view {
    enum dmarc_standard standard;
    struct dmarc_walk walk;         /* RFC 9989 */
    struct dmarc_at listed[2];      /* RFC 7489: at the From domain and at its organisational domain */
    struct slice organisation;      /* of the From domain; empty: none by the public suffix list */
    const struct dmarc_at *at;      /* whose record applies; NULL: none does */
    const struct dmarc_at *trouble; /* what could not be looked up, where that decides */
    struct dmarc_aligned aligned;
    enum dmarc_result result;
    enum dmarc_policy policy; /* that applies, t=y and what voids p= counted in */
    enum dmarc_policy asked;  /* the same without t=y */
    const char *policy_tag;   /* that it was taken from: p, sp, np */
    bool is_void;             /* the record has no policy and no address for reports: it is not applied */
    bool is_existence_open;   /* whether the From domain exists is not known, and np= and sp= differ */
};

void dmarc_view(const struct dmarc_facts *facts, enum dmarc_standard standard, struct dmarc_view *view);

#endif
