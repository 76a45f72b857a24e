/* Listings of a queue: what `mailq`, `postqueue -p`, `sendmail -bp` and `exim -bp` print. Each mail has an
 * entry of several lines: its head, reasons in brackets, and recipients, each behind the reason why it waits.
 *
 *     BB24480112     42952 Tue Apr 18 18:15:33  ann@example.com      Postfix
 *     xAIK3D9S000453    36 Mon Nov 18 20:03 <ann@example.com>        Sendmail
 *      4d  1.2K 1KO7Zr-0002zq-El <ann@example.com> *** frozen ***    Exim */
#ifndef MAILWHY_QUEUE_LIST_H
#define MAILWHY_QUEUE_LIST_H

#include "parsers/base/slice.h"

#include <stdint.h>

struct queue_head {
    struct slice id, sender;
    struct slice reason; /* in its brackets, where somebody lost the end of the line in front of it */
    struct slice when;   /* "Tue Apr 18 18:15:33", "Mon Nov 18 20:03"; empty: it is not said */
    int64_t size;        /* bytes; -1: only roughly */
    bool is_held;        /* nobody tries it: on hold, or frozen */
};

/* The head of an entry, read from its line. */
bool queue_head_read(struct slice line, struct queue_head *head);

/* What the next line of an entry, or several of a reason, is; taken off `rest`. */
enum queue_part { QUEUE_END, QUEUE_REASON, QUEUE_RECIPIENT, QUEUE_DELIVERED, QUEUE_NOTE };
enum queue_part queue_next_part(struct slice *rest, struct slice *text);

/* Is it in the first lines of a file? */
bool queue_list_begins(struct slice header);

/* The length of the entry or line at the start of `bytes`; 0: it may go on behind them. */
size_t queue_record_length(struct slice bytes);

#endif
