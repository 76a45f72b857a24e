/* Stories by what reports name: queue id, message id, recipient. */
#ifndef MAILWHY_STORY_INDEX_H
#define MAILWHY_STORY_INDEX_H

#include "analyze/deliveries/log_story.h"

#include <glib.h>

struct story_index {
    GHashTable *stories; /* id, id and recipient, or recipient, in lower case → GPtrArray of stories */
};

void story_index_init(struct story_index *index);
void story_index_free(struct story_index *index);

/* To be called in the order of the stories' numbers. */
void story_index_add(struct story_index *index, struct log_story *story);

/* All were added. */
void story_index_finish(struct story_index *index);

/* Which mail a report is about. Each text may be empty; `time` is -1 where it is not known. */
struct story_query {
    struct slice queue_id, message_id, recipient;
    int64_t time;
};

/* The stories about it, at most `most` of them, in `found`. Where the report names no id, the recipient and
 * the time decide. Returns their number; `most` + 1 where there are more. */
size_t story_index_find(const struct story_index *index, const struct story_query *query,
                        const struct log_story **found, size_t most);

#endif
