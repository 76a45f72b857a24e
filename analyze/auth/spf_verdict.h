/* What an evaluation of SPF asks, and comes to. */
#ifndef MAILWHY_SPF_VERDICT_H
#define MAILWHY_SPF_VERDICT_H

#include "parsers/base/ip.h"

#include <stdint.h>

enum spf_result {
    SPF_VERDICT_NONE,
    SPF_VERDICT_NEUTRAL,
    SPF_VERDICT_PASS,
    SPF_VERDICT_FAIL,
    SPF_VERDICT_SOFTFAIL,
    SPF_VERDICT_TEMPERROR,
    SPF_VERDICT_PERMERROR,
    SPF_VERDICT_UNCHECKED, /* the snapshot does not hold all that is needed */
    SPF_VERDICT_RESULTS
};

#define SPF_MOST_LOOKUPS 10  /* RFC 7208 section 4.6.4 */
#define SPF_MOST_VOID    2   /* the same */
#define SPF_MOST_NAMES   10  /* MX hosts of one `mx`, names of one `ptr` or %{p} */
#define SPF_MOST_STEPS   200 /* steps kept of one evaluation; the rest are counted */

struct spf_query {
    struct ip ip;
    struct slice helo;
    struct slice sender;   /* local@domain; empty for <>: then postmaster@helo is asked for (section 2.4) */
    struct slice receiver; /* the checking host, for %{r}; may be empty */
    int64_t time;          /* for %{t} */
};

struct spf_step {
    struct spf_step *next;
    struct slice text;
    bool is_decisive; /* the term that matched */
};

struct spf_verdict {
    enum spf_result result;
    bool is_helo; /* of the HELO name, not of the envelope sender */
    struct slice domain;
    struct slice record;      /* the domain's own record; empty: none */
    struct slice reason;      /* why it is so, in a sentence */
    struct slice explanation; /* what the domain says of a fail (section 6.2) */
    struct spf_step *steps;
    size_t step_count;
    unsigned lookups, void_lookups;
    bool is_malformed;   /* a record that was read has wrong syntax */
    struct slice second; /* what libspf2 says; empty: it was not asked */
    struct slice
        second_reason; /* who is right, and what a receiver that runs it does; empty where both agree */
};

const char *spf_result_name(enum spf_result result);

/* "mailfrom" or "helo" (RFC 8601 section 2.7.2 calls them smtp.mailfrom and smtp.helo). */
const char *spf_identity_name(const struct spf_verdict *verdict);

#endif
