/* The stories of certain messages in logs, with every try. */
#ifndef MAILWHY_SEARCH_H
#define MAILWHY_SEARCH_H

#include "analyze/deliveries/run.h"
#include "analyze/deliveries/sent_mails.h"
#include "analyze/deliveries/story_index.h"

#define LIMIT_STORIES      10000 /* that are kept of one search */
#define LIMIT_SAME_STORIES 10    /* of one queue id and recipient: ids are used again */

struct log_search {
    struct arena arena;
    GHashTable *ids;        /* wanted queue ids and message ids */
    GHashTable *recipients; /* wanted recipients in lower case, of reports that name no id */
    struct log_story *stories, **end;
    size_t count;
    struct story_index index;
    struct sent_mails sent;      /* of mails that receivers report on */
    GHashTable *found;           /* queue id and recipient → their stories, chained by `same` */
    uint64_t lines, known_lines; /* that were read; of which a dialect was known */
    bool is_partial;             /* not all of the logs could be read */
};

void search_init(struct log_search *search);
void search_free(struct log_search *search);

/* Look for a message by its ids; by the recipient where it has none. Each may be empty. */
void search_want(struct log_search *search, struct slice queue_id, struct slice message_id,
                 struct slice recipient);

/* Read the logs: once to find stories by what is wanted, and once for every try of these. `descriptors`: of
 * the logs, as source_new wants them. `watcher` hears of the first reading. */
void search_run(struct log_search *search, GPtrArray *logs, const int *descriptors, unsigned jobs,
                const struct log_clock *clock, const struct log_watcher *watcher);

/* Add a story that lives as long as the search. */
void search_add(struct log_search *search, struct log_story *story);

/* try->said, of its reply. */
void search_read_try(struct log_try *try, struct arena *arena);

#endif
