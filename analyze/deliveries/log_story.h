/* What logs tell of one recipient of a message, with its tries. */
#ifndef MAILWHY_LOG_STORY_H
#define MAILWHY_LOG_STORY_H

#include "analyze/deliveries/delivery.h"
#include "parsers/base/smtp_reply.h"

#define LIMIT_TRIES     MOST_TRIES
#define LIMIT_TRY_REPLY 2000 /* bytes of what was said to one */

struct log_try {
    struct log_try *next;
    int64_t time; /* -1: not known */
    enum outcome outcome;
    struct slice relay, relay_ip, reply;
    struct reply said; /* the reply, read */
};

struct log_story {
    struct log_story *next, *same; /* same: of the same queue id and recipient */
    struct delivery delivery;      /* its slices stand in the search's arena; it has no class */
    const char *file;
    struct log_try *tries, **end, *last_of_first;
    size_t number;       /* its place among the stories */
    size_t try_count;    /* also of those that are not kept */
    unsigned same_count; /* with those in `same` */
};

#endif
