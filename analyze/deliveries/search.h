/* The stories of certain messages in logs, with every try. */
#ifndef MAILWHY_SEARCH_H
#define MAILWHY_SEARCH_H

#include "analyze/deliveries/run.h"

#define LIMIT_STORIES 10000 /* that are kept of one search */

struct log_try {
    struct log_try *next;
    int64_t time; /* -1: not known */
    enum outcome outcome;
    struct slice relay, relay_ip, reply;
};

struct log_story {
    struct log_story *next, *same; /* same: of the same queue id and recipient */
    struct delivery delivery;      /* its slices stand in the search's arena; it has no class */
    const char *file;
    struct log_try *tries, **end;
};

struct log_search {
    struct arena arena;
    GHashTable *ids;        /* wanted queue ids and message ids */
    GHashTable *recipients; /* wanted recipients in lower case, of reports that name no id */
    struct log_story *stories, **end;
    size_t count;
    GHashTable *found;           /* queue id and recipient → their stories, chained by `same` */
    uint64_t lines, known_lines; /* that were read; of which a dialect was known */
};

void search_init(struct log_search *search);
void search_free(struct log_search *search);

/* Look for a message by its ids; by the recipient where it has none. Each may be empty. */
void search_want(struct log_search *search, struct slice queue_id, struct slice message_id,
                 struct slice recipient);

/* Read the logs: once to find stories by what is wanted, and once for every try of these. `watcher` hears of
 * the first reading. */
void search_run(struct log_search *search, GPtrArray *logs, unsigned jobs, const struct log_watcher *watcher);

/* Is the story about that message? Where the report names no id, by recipient and `time` (-1: not known). */
bool story_fits(const struct log_story *story, struct slice queue_id, struct slice message_id,
                struct slice recipient, int64_t time);

#endif
