/* Who of ours may have caused that others refuse mail of this server. Whoever is refused for a listing need
 * not have caused it: the cause lies in what was sent before the first refusal. */
#ifndef MAILWHY_SUSPECTS_H
#define MAILWHY_SUSPECTS_H

#include "analyze/deliveries/table_rows.h"

/* What is unusual about what an account, a local user or a script sent; 0: that is not. */
struct suspicion {
    uint64_t unknown, recipients; /* so many of its recipients do not exist */
    unsigned clients;             /* from so many client addresses; MOST_CLIENTS: or more */
    uint64_t messages, all;       /* it sent so many messages, and all of its kind together */
};

/* Returns whether there is anything. `kind` is below RANKING_ADDRESSES. */
bool suspicion_of(const struct log_tables *tables, enum rankings kind, const struct ranked *row,
                  struct suspicion *suspicion);

/* How a cause hangs together with what was sent. */
enum blame {
    BLAME_NONE,  /* not at all, as a missing reverse name */
    BLAME_OWN,   /* whoever was refused sent it: the refusal is for that message */
    BLAME_SHARED /* for what the server, or the domain, sent before: those who were refused only met it */
};
enum blame cause_blame(const struct cause *cause);

/* Of those who sent before the first refusal of a shared cause the most suspicious; of BLAME_OWN who was
 * refused nearly each time; of recipients who do not exist who wrote to most of them. NULL: nobody stands
 * out. `recipients` are those of the cause. */
const struct ranked *suspect_of(const struct log_tables *tables, const struct cause_count *cause,
                                enum rankings *kind);

#endif
