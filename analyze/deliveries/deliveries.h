/* From the lines of logs to what became of every recipient: events are joined by host and queue id into one
 * story per recipient, and stories are counted when their message has left the queue. Memory is bound by what
 * is open and by what is distinct (domains, causes), not by what was read. */
#ifndef MAILWHY_DELIVERIES_H
#define MAILWHY_DELIVERIES_H

#include "analyze/classify/classify.h"
#include "parsers/log/log.h"

#include <glib.h>

#define LIMIT_OPEN    500000 /* messages that are open at once; beyond it the oldest is closed as it stands */
#define LIMIT_DOMAINS 1000000 /* names kept apart; what comes after is counted under "(others)" */

struct mailwhy;

/* What a reply means: one for all replies that a rule judges alike. */
struct reply_class {
    const struct cause *cause, *underlying;
    const struct reply_rule *rule;
    const char *fixer;
    bool is_permanent;
    enum confidence confidence;
};

/* reply_cache.c: judge replies, each kind of them once. Belongs to one thread. */
struct reply_cache;
struct reply_cache *reply_cache_new(struct matcher *matcher);
void reply_cache_free(struct reply_cache *cache);
const struct reply_class *reply_cache_judge(struct reply_cache *cache, const struct log_event *event);

/* What became of one recipient. Slices stand until the next event. */
enum outcome { OUTCOME_SENT, OUTCOME_BOUNCED, OUTCOME_EXPIRED, OUTCOME_DEFERRED, OUTCOME_REJECTED, OUTCOMES };
enum direction { DIRECTION_OUT, DIRECTION_IN, DIRECTION_LOCAL };

struct delivery {
    struct slice host, queue_id, message_id, sender, recipient, original, client, client_ip, user, relay,
        relay_ip;
    struct slice reply; /* the last one */
    int64_t size, first, last;
    unsigned attempts;
    enum outcome outcome;
    enum direction direction;
    const struct reply_class *class; /* of the last refusal, also where it was sent after that; NULL: none */
    unsigned tries[LOG_STATUSES];
    unsigned file;
    uint64_t line;
    uint32_t sender_domain, domain; /* of the totals */
};

typedef void delivery_sink(void *context, const struct delivery *d);

/* totals.c */
struct counts {
    uint64_t of[OUTCOMES];
};

struct tally { /* what was counted under up to three numbers */
    uint32_t a, b, c;
    struct counts counts;
    struct slice sample; /* the words of a reply */
};

struct tally_map {
    struct tally *slots;
    size_t used, size; /* size: power of two */
};

struct domain {
    struct slice name;
    uint64_t hash;
    struct slice key; /* the name in lower case, as it stands in the log */
    const struct provider *provider;
    bool is_asked;                /* a relay was looked up for the provider */
    struct counts received, sent; /* as a recipient's domain; as a sender's */
};

struct cause_count {
    const struct cause *cause;
    uint64_t recipients, attempts, inbound;
    struct slice queue_id, reply, inbound_reply; /* samples */
    int64_t time;
};

#define MOST_CAUSES 256

struct totals {
    struct arena arena; /* names and samples */
    struct domain *domains;
    uint32_t domain_count, domain_room;
    uint32_t *domain_slots; /* by name: number + 1; 0: free */
    size_t domain_size;     /* power of two */
    struct cause_count causes[MOST_CAUSES];
    size_t cause_count;
    struct counts outcomes;
    uint64_t attempts[LOG_STATUSES];
    uint64_t logins, lost, tls;
    struct tally_map by_domain; /* cause, recipient's domain */
    struct tally_map by_sender; /* cause, sender's domain */
    struct tally_map matrix;    /* sender's domain, provider (or domain), cause */
    struct tally_map timeline;  /* ten minutes since the epoch */
    int64_t first, last;
};

void totals_init(struct totals *t);
void totals_free(struct totals *t);
uint32_t totals_domain(struct totals *t, struct slice name);
unsigned totals_cause(struct totals *t, const struct cause *cause);
void totals_count(struct totals *t, const struct delivery *d, const struct matcher *matcher);
void totals_reject(struct totals *t, const struct delivery *d);
struct tally *tally_find(struct tally_map *map, uint32_t a, uint32_t b, uint32_t c);

/* The cause under which a recipient counts: an expired one's underlying cause. */
const struct cause *delivery_cause(const struct delivery *d);

/* run.c: read, judge and join on several threads; the result is the same for any number of them. */
struct log_filters {
    int64_t since, until; /* -1: any */
    const char *sender, *recipient, *domain, *cause, *queue_id, *message_id;
};

struct log_options {
    unsigned jobs;
    bool wants_stories, shows_progress;
    struct log_filters filters;
    delivery_sink *sink;  /* gets each story that the filters let pass; may be NULL */
    delivery_sink *tried; /* gets each try as it is read: recipient, relay, reply, outcome; may be NULL */
    void *context;
};

struct log_summary {
    struct totals totals;
    uint64_t bytes, lines, unparsed, cut, forgotten;
    uint64_t dialect_lines[LOG_DIALECTS];
    int64_t first, last;
    struct line_kind *kinds; /* of all threads, by falling count */
    GPtrArray *problems;     /* char *: what was damaged */
    int status;              /* exit status */
    GPtrArray *workers;      /* hold what the totals point to */
};

void log_run(struct log_summary *summary, const struct mailwhy *why, GPtrArray *paths,
             const struct log_options *options);
void log_summary_free(struct log_summary *summary);

/* search.c: the stories of certain messages in logs, with every try. */
struct log_try {
    struct log_try *next;
    int64_t time;
    enum outcome outcome;
    struct slice relay, relay_ip, reply;
};

struct log_story {
    struct log_story *next, *same; /* same: queue id and recipient */
    struct delivery delivery;      /* its slices stand in the search's arena */
    const char *file;
    struct log_try *tries, **end;
};

struct log_search {
    struct arena arena;
    GHashTable *ids;        /* wanted queue ids and message ids */
    GHashTable *recipients; /* wanted recipients in lower case, of reports that name no id → their times */
    struct log_story *stories, **end;
    GHashTable *found; /* queue id and recipient → their stories, chained by `same` */
    int status;
};

void search_init(struct log_search *search);
void search_free(struct log_search *search);
void search_want(struct log_search *search, struct slice queue_id, struct slice message_id,
                 struct slice recipient);
void search_run(struct log_search *search, const struct mailwhy *why, GPtrArray *logs, unsigned jobs);

/* Is the story about that message? Where the report names no id, by recipient and `time` (-1: not known). */
bool story_fits(const struct log_story *story, struct slice queue_id, struct slice message_id,
                struct slice recipient, int64_t time);

/* join.c */
struct join;
struct join *join_new(struct totals *totals, struct matcher *matcher, bool wants_stories, delivery_sink *sink,
                      void *context);
void join_tell_tries(struct join *join, delivery_sink *tried, void *context);
void join_event(struct join *join, const struct log_event *event, unsigned file, uint64_t line);
void join_end(struct join *join); /* what is still open is deferred, or as its last word says */
uint64_t join_forgotten(const struct join *join); /* messages that were closed because too many were open */
void join_free(struct join *join);

#endif
