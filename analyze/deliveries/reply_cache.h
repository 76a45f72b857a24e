/* Judging replies, each kind of them once. */
#ifndef MAILWHY_REPLY_CACHE_H
#define MAILWHY_REPLY_CACHE_H

#include "analyze/deliveries/reply_judge.h"

/* Belongs to one thread; has a matcher of its own. */
struct reply_cache;
struct reply_cache *reply_cache_new(const struct ruleset *rules);
void reply_cache_free(struct reply_cache *cache);

/* The meaning of an event's reply; it lives as long as the cache. */
const struct reply_class *reply_cache_judge(struct reply_cache *cache, const struct log_event *event);

/* Let the event of a success say what rules/taken.yaml knows of its words. */
void reply_cache_take(struct reply_cache *cache, struct log_event *event);

/* A judge by these rules, with a cache for each thread. */
struct reply_judge reply_cache_as_judge(const struct ruleset *rules);

#endif
