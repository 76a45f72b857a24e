/* Judging replies, each kind of them once. */
#ifndef MAILWHY_REPLY_CACHE_H
#define MAILWHY_REPLY_CACHE_H

#include "analyze/deliveries/judged_replies.h"
#include "analyze/deliveries/reply_judge.h"

/* Belongs to one thread; has a matcher of its own. What is judged is shared. */
struct reply_cache;
struct reply_cache *reply_cache_new(const struct ruleset *rules, struct judged_replies *judged);
void reply_cache_free(struct reply_cache *cache);

/* The meaning of an event's reply; it lives as long as what is shared. */
const struct reply_class *reply_cache_judge(struct reply_cache *cache, const struct log_event *event);

/* Let the event of a success say what rules/taken.yaml knows of its words. */
void reply_cache_take(struct reply_cache *cache, struct log_event *event);

/* A judge by these rules, with a cache for each thread; `judging` is to outlive it. */
struct reply_judging {
    const struct ruleset *rules;
    struct judged_replies *judged;
};
struct reply_judge reply_cache_as_judge(const struct reply_judging *judging);

#endif
