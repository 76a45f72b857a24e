/* Which deliveries of a log are asked for. */
#ifndef MAILWHY_FILTERS_H
#define MAILWHY_FILTERS_H

#include "analyze/deliveries/delivery.h"

/* Texts are NULL for any. An address is whole, a domain ("example.org", "@example.org") or a pattern with *
 * and ?; a host is a name, with those below it, an address, a CIDR block or such a pattern. */
struct log_filters {
    int64_t since, until; /* seconds since the epoch; -1: any */
    const char *sender, *recipient;
    const char *queue_id, *message_id;
    const char *domain; /* of the sender or the recipient */
    const char *cause;  /* a whole name, or a category as "blocklist" */
    const char *client, *relay;
    unsigned outcome; /* one more than that of enum outcome; 0: any */
};

/* In words, the same for the same filters; to be freed. */
char *filters_words(const struct log_filters *filters);

bool filters_pass(const struct log_filters *filters, const struct delivery *d);

/* Is anything asked for? Is it one mail, one correspondent's, or what was discarded or held, whose stories
 * can be told? */
bool filters_are_set(const struct log_filters *filters);
bool filters_name_mail(const struct log_filters *filters);

#endif
