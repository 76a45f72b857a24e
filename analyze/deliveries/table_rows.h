/* What the tables of a log's report are made of. */
#ifndef MAILWHY_TABLE_ROWS_H
#define MAILWHY_TABLE_ROWS_H

#include "analyze/deliveries/mail_stories.h"
#include "analyze/deliveries/run.h"

struct log_domain_row { /* a destination or a sender */
    struct slice name;
    const struct provider *provider;
    struct counts counts;
    const struct cause *top_cause;
    struct tally *causes; /* of this domain: a: number of the cause */
    size_t cause_count;
};

struct log_cause_row {
    const struct cause_count *cause;
    struct tally *domains; /* b: number of the domain; by falling count */
    size_t domain_count;
    struct counts counts;
    uint64_t weight; /* harm, and what can be done about it here */
    bool is_new;     /* none on the days before the log's last */
};

/* A sender's domain and a receiving provider (or domain, where the provider is not known). */
struct log_pair_row {
    struct slice sender, provider;
    uint64_t sent, failed, discarded, held;
    const struct cause *top_cause;
    uint64_t top_failed;
    uint64_t hit;                /* of those who failed: for causes that depend on the sender */
    const struct cause *top_hit; /* of these, the most frequent, with */
    uint64_t top_hit_failed;
    struct slice sample; /* the words of a reply to this sender from there */
    bool is_different;   /* another sender, `better`, gets through to the same provider */
    struct {
        struct slice sender;
        uint64_t sent, failed;
    } better;
};

struct log_bar {
    int64_t start;
    struct counts counts;
    uint64_t rejected; /* what others tried to send in */
};

/* Who said in which zone the times of lines are. */
enum log_zone { LOG_ZONE_LINE, LOG_ZONE_OPTION, LOG_ZONE_ASSUMED, LOG_ZONES };

struct mail_summary; /* analyze/verdict/mail_summary.h */

struct log_tables {
    const struct log_summary *summary;
    const struct matcher *matcher;
    GPtrArray *names;    /* const char *: the inputs */
    GPtrArray *problems; /* const char *: what was wrong with them */
    GPtrArray *notes;    /* const char *: what is to be known of them beside */
    struct log_cause_row *causes;
    size_t cause_count;
    const struct cause_count **inbound;
    size_t inbound_count;
    struct log_domain_row *destinations, *providers, *senders;
    size_t destination_count, provider_count, sender_count;
    struct log_pair_row *pairs;
    size_t pair_count;
    struct log_bar *bars;
    size_t bar_count;
    int64_t bar_seconds;
    struct {
        uint64_t all, most, next; /* messages: of all names, of the one with most, and of the next */
    } sent_by[ORIGINS];
    struct log_bar hours[24]; /* of the day, by the zone's clock */
    const struct mail_stories
        *stories; /* of the mails that were asked for; NULL: it is the whole log's report */
    const struct mail_summary
        *mail;      /* reports on mails, which are counted too; NULL: they are of logs alone */
    bool has_index; /* pages list these reports: they follow */
    bool is_filtered;
    bool matches_nothing; /* something was asked for of which the log has nothing */
    enum log_zone zone_from;
    const struct zone *zone; /* in which times are shown to people */
    unsigned top;            /* rows to show */
};

/* Does no line tell what became of a mail, or who was refused? */
static inline bool log_tells_nothing(const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    return t->summary->lines && !counts_all(&totals->outcomes) && !totals->rejected && !t->matches_nothing;
}

/* For sorting: the larger number first. */
static inline int compare_falling(uint64_t x, uint64_t y) {
    return (x < y) - (x > y);
}

#endif
