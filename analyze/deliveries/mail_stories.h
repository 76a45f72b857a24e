/* The stories of the mails that a log was asked for: what became of each recipient, try by try, from queue to
 * queue and from host to host, as far as the logs have them. */
#ifndef MAILWHY_MAIL_STORIES_H
#define MAILWHY_MAIL_STORIES_H

#include "analyze/deliveries/filters.h"
#include "parsers/base/arena.h"

#include <glib.h>

#define LIMIT_MAIL_STORIES 10000  /* recipients that are kept; more are counted */
#define LIMIT_LEGS         10000  /* of mails that went on and may be asked for later */
#define LIMIT_WANTED       500000 /* recipients of mails that went on, beyond those that are kept */
#define FEW_PAST                                                                                             \
    256 /* recipients that were not asked for, and as many older ones: the line that makes them asked for    \
           may follow */

/* Stories that may be asked for yet. */
struct past_stories {
    struct arena arena;
    GPtrArray *stories; /* struct mail_story * */
};

struct mail_story {
    struct delivery delivery; /* with all its tries, in the arena */
    struct reply_class class; /* delivery.class points to it */
    bool is_handed_over;      /* it goes on under another queue id */
    const struct mail_story
        *later;    /* of what this server put off: that it came back and was taken; NULL: not that */
    size_t number; /* in the order of the log */
};

struct mail_stories {
    struct arena arena;
    const struct log_filters *filters;
    GPtrArray *stories;          /* struct mail_story *; sorted by mail once mail_stories_sort was called */
    GHashTable *wanted;          /* numbers of mails, with the recipient, of which all is told */
    GHashTable *legs;            /* the same → GPtrArray of struct mail_story * that were handed over */
    struct past_stories past[2]; /* the newer ones, and the older */
    size_t leg_count, count, left_out;
    delivery_sink *revived; /* gets a past story that is asked for after all; may be NULL */
    void *context;
};

void mail_stories_init(struct mail_stories *stories, const struct log_filters *filters);
void mail_stories_free(struct mail_stories *stories);

/* Is the recipient asked for? Also where the mail was under another queue id. */
bool mail_stories_pass(const struct mail_stories *stories, const struct delivery *d);

/* A recipient's story that does not pass. What went before it, and is asked for, may be told later. */
void mail_stories_note_past(struct mail_stories *stories, const struct delivery *d);

/* A recipient's story, which passes; one that was handed over may not, and is kept for the case that what
 * comes of it does. */
void mail_stories_add(struct mail_stories *stories, const struct delivery *d);
void mail_stories_add_leg(struct mail_stories *stories, const struct delivery *d);

/* Those of a mail one behind the other, in the order of time. */
void mail_stories_sort(struct mail_stories *stories);

/* Do both tell of the same mail? */
bool mail_story_is_same(const struct mail_story *a, const struct mail_story *b);

/* And of its time in the same queue? */
bool mail_story_is_same_queue(const struct mail_story *a, const struct mail_story *b);

#endif
