/* Which deliveries of a log are asked for. */
#ifndef MAILWHY_FILTERS_H
#define MAILWHY_FILTERS_H

#include "analyze/deliveries/delivery.h"

struct log_filters {
    int64_t since, until;                                   /* seconds since the epoch; -1: any */
    const char *sender, *recipient, *queue_id, *message_id; /* NULL: any, here and below */
    const char *domain;                                     /* of the sender or the recipient */
    const char *cause;                                      /* a whole name, or a category as "blocklist" */
};

bool filters_pass(const struct log_filters *filters, const struct delivery *d);

#endif
