/* SPF (RFC 7208): would this address be allowed to send for that domain, and by what step was it decided? */
#ifndef MAILWHY_SPF_H
#define MAILWHY_SPF_H

#include "analyze/auth/resolver.h"

enum spf_result {
    SPF_VERDICT_NONE,
    SPF_VERDICT_NEUTRAL,
    SPF_VERDICT_PASS,
    SPF_VERDICT_FAIL,
    SPF_VERDICT_SOFTFAIL,
    SPF_VERDICT_TEMPERROR,
    SPF_VERDICT_PERMERROR,
    SPF_VERDICT_UNCHECKED /* the snapshot does not hold all that is needed */
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
    const char *identity; /* mailfrom or helo */
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

void spf_evaluate(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict);

/* The same for the HELO name alone (section 2.3). */
void spf_evaluate_helo(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict);

const char *spf_result_name(enum spf_result result);

/* spf_second.c: ask libspf2, in a process of its own, and hold its answer against the verdict. Nothing is
 * asked where a record is missing or wrong. */
void spf_ask_libspf2(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict);

/* Parts of the evaluation. */
struct spf_run {
    const struct spf_query *query;
    struct resolver *resolver;
    struct arena *arena;
    struct spf_verdict *verdict;
    struct slice sender; /* as it counts: with a local part */
    struct spf_step **end;
};

/* spf_macro.c: fill in a domain-spec or an explanation. Returns false when a macro is not valid. `domain` is
 * the one whose record is read. The result of a domain-spec is cut to 253 bytes from the left (section 7.3).
 */
bool spf_expand(struct spf_run *run, struct slice spec, struct slice domain, bool is_explanation,
                struct slice *out);

/* The name of the client that leads back to it, a name of `domain` first; empty: none (section 5.5).
 * *is_missing: the snapshot does not hold all that it takes to tell. */
struct slice spf_validated_name(struct spf_run *run, struct slice domain, bool *is_missing);

#endif
