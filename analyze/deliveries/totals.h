/* Deliveries counted. Memory is bound by what is distinct (domains, causes), not by what was read. */
#ifndef MAILWHY_TOTALS_H
#define MAILWHY_TOTALS_H

#include "analyze/deliveries/delays.h"
#include "analyze/deliveries/log_sample.h"
#include "analyze/deliveries/ranking.h"
#include "parsers/base/hash_table.h"

#define LIMIT_DOMAINS 1000000 /* names kept apart; what comes after is counted under "(others)" */
#define LIMIT_SAMPLES 20000   /* replies to a sender from small domains that are kept */
#define MOST_SAMPLES  100000  /* the same from domains of providers too */
#define LIMIT_TALLIES 4000000 /* pairs of a cause or domain with a domain; then counted under "(others)" */
#define LIMIT_STEPS   1000000 /* of the timeline; what comes after is counted in steps of 28 days */
#define LIMIT_CAUSES  256     /* kept apart; those that come after are counted with the last */

#define TIMELINE_SECONDS 600 /* of a step of the timeline */

struct counts { /* of recipients */
    uint64_t of[RECIPIENT_OUTCOMES];
};

/* Bounced, expired or deferred. */
static inline uint64_t counts_failed(const struct counts *c) {
    return c->of[OUTCOME_BOUNCED] + c->of[OUTCOME_EXPIRED] + c->of[OUTCOME_DEFERRED];
}

static inline uint64_t counts_all(const struct counts *c) {
    uint64_t all = 0;
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        all += c->of[i];
    return all;
}

static inline void counts_add(struct counts *to, const struct counts *from) {
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        to->of[i] += from->of[i];
}

/* What was counted under up to three numbers. Of 64 bytes, so that it stands in one line of the cache. */
struct tally {
    uint32_t a, b, c;
    uint32_t sample; /* the number + 1 of a sample of the totals; 0: none */
    union {
        struct counts counts;
        uint64_t times; /* of what is no recipient */
    };
};

/* Of what there are rankings; the first ones tell which of ours a mail came from. */
enum rankings {
    RANKING_ACCOUNTS,
    RANKING_UIDS,
    RANKING_SCRIPTS,
    RANKING_ADDRESSES, /* of this side, that it went out from */
    RANKING_SENDERS,
    RANKING_RECIPIENTS,
    RANKING_REJECTED, /* clients */
    RANKING_LOGIN_CLIENTS,
    RANKING_LOGIN_USERS,
    RANKING_TLS_IN, /* versions */
    RANKING_TLS_OUT,
    RANKINGS
};
#define ORIGINS RANKING_SENDERS

enum delay_part { DELAY_ALL, DELAY_QUEUE, DELAY_CONNECTING, DELAY_SENDING, DELAY_PARTS };

#define MOST_PROVIDERS 500
struct provider_delays {
    const struct provider *provider;
    struct delays *delays;
};

struct domain {
    struct slice name;               /* in lower case, clean */
    const struct provider *provider; /* of its relays'; of several the one whose id is least; NULL: none */
    uint64_t relay;                  /* a hash of the relay that was looked up last; 0: none */
    const struct provider *asked;    /* that relay's */
    struct delays *delays;           /* of that one; NULL: none */
    struct counts received, sent;    /* as a recipient's domain; as a sender's */
};

struct cause_count {
    const struct cause *cause;
    uint64_t recipients, attempts, inbound;
    int64_t first;                            /* time of the first recipient who failed so; -1: none */
    struct log_sample sample, inbound_sample; /* without a reply: there is none */
};

/* A domain as it was written, and its number: most come again soon. */
struct near_domain {
    uint32_t number;
    unsigned char length; /* 0: none */
    char name[43];
};
#define NEAR_DOMAINS 256 /* as many as eight bits tell */

struct totals {
    struct arena arena; /* names, samples and tallies */
    struct arena scratch;
    uint64_t secret[2];    /* of the hashes of tallies */
    struct tally *tallies; /* room for more of them */
    size_t tallies_left;
    char lower[256]; /* the bytes of a domain that are looked at */
    struct domain *domains;
    uint32_t domain_count, domain_room;
    struct hash_table domain_numbers; /* by name; the entry is the number + 1 */
    struct near_domain near[NEAR_DOMAINS];
    struct cause_count causes[LIMIT_CAUSES];
    size_t cause_count;
    struct log_samples set_aside; /* mails that were discarded or held */
    struct log_sample *samples;   /* of tallies */
    uint32_t sample_count, sample_room;
    struct counts outcomes;
    uint64_t messages, bytes, bytes_delivered, last_message;
    struct ranked
        *of_message[RANKING_SENDERS + 1]; /* rows that all recipients of that count for; NULL: none */
    bool wants_busiest;                   /* senders and recipients are ranked */
    uint64_t forwarded;                   /* recipients who went on to another queue of these logs */
    uint64_t reached; /* recipients at whose server, or at a relay, something answered, also those that nobody
                         asked for */
    uint64_t maybe_twice; /* recipients whose answer was lost after all was handed over, and who were sent to
                             again */
    uint64_t handed_on;   /* who went on to one of this network that these logs do not tell of */
    uint64_t
        untold;    /* recipients of mails that left the queue of whom no line tells, but of others is told */
    uint64_t open; /* mails that came in, of which nothing more is told up to the end of the logs */
    uint64_t done; /* mails whose end is told; where there is none, no system here tells it */
    struct ranking rankings[RANKINGS];
    struct ranking own; /* senders who are the account that handed the mail in: they count as both */
    struct delays *delays[DELAY_PARTS]; /* of what was sent; NULL: none */
    struct provider_delays providers[MOST_PROVIDERS];
    size_t provider_count;
    uint64_t rejected; /* what others tried to send in */
    uint64_t attempts[LOG_STATUSES];
    uint64_t logins, lost, tls;
    struct hash_table by_domain; /* of struct tally: cause, recipient's domain */
    struct hash_table by_sender; /* of struct tally: cause, sender's domain */
    struct hash_table
        matrix; /* of struct tally: sender's domain, recipient's domain, cause + 1; 0: all of them */
    struct hash_table timeline;      /* of struct tally: time since the epoch in steps of TIMELINE_SECONDS */
    struct hash_table rejects;       /* the same, of what others tried to send in: times */
    size_t most_tallies, most_steps; /* LIMIT_TALLIES and LIMIT_STEPS */
    struct tally *step;              /* of the timeline: the last that was counted in; NULL: none */
};

void totals_init(struct totals *t);
void totals_free(struct totals *t);

/* The number of a domain, in which case does not count; 0 is that of the empty name. */
uint32_t totals_domain(struct totals *t, struct slice name);

/* What is counted is added by these too, where it was counted elsewhere (summary_read.h). */
unsigned totals_cause(struct totals *t, const struct cause *cause); /* its number */
struct tally *totals_tally(struct totals *t, struct hash_table *map, uint32_t a, uint32_t b, uint32_t c);
struct log_sample *totals_sample_of(struct totals *t, struct tally *tally);
struct delays *totals_delays(struct totals *t, struct delays **delays);
struct delays *totals_provider_delays(struct totals *t, const struct provider *provider); /* NULL: the same */
void totals_provide(struct domain *domain, const struct provider *provider);

/* A recipient will be counted soon, or (`is_next`) after little else: where it counts is brought near. */
void totals_expect(const struct totals *t, uint32_t sender_domain, uint32_t domain, bool is_next);

/* Does a failure for this cause show that somebody answered? */
bool totals_cause_answers(const struct cause *cause);

/* The sample of a tally; NULL: it has none. */
const struct log_sample *totals_sample(const struct totals *t, const struct tally *tally);

/* The ranking whose rows count for this one too; NULL: none. */
struct ranking *totals_shared(struct totals *t, enum rankings ranking);

/* Sort the rankings, once all is counted, with two threads where there are jobs for them. */
void totals_sort(struct totals *t, unsigned jobs);

/* Was anything counted? */
bool totals_are_any(const struct totals *t);

/* Mails that are open, where a log tells what becomes of mails at all, or of nothing else. */
static inline uint64_t totals_open(const struct totals *t) {
    return t->done || !counts_all(&t->outcomes) ? t->open : 0;
}

/* The tally of one of the maps under these numbers; NULL: nothing was counted under them. */
const struct tally *tally_find(const struct totals *t, const struct hash_table *map, uint32_t a, uint32_t b,
                               uint32_t c);

/* The next tally of a map, in no order; NULL at the end. `*at` is 0 at first. */
const struct tally *tally_next(const struct hash_table *map, size_t *at);

#endif
