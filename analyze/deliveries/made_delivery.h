/* What is known of an open message or of an event, as a delivery. Its slices are those of what it is made of.
 */
#ifndef MAILWHY_MADE_DELIVERY_H
#define MAILWHY_MADE_DELIVERY_H

#include "analyze/deliveries/judged_event.h"
#include "analyze/deliveries/open.h"

/* A recipient of a message that leaves its queue; `number` is the message's. */
struct delivery delivery_of_recipient(const struct open_table *open, const struct open_message *m,
                                      const struct recipient_story *r, uint64_t number);

/* One that was refused from others, where the line that tells of the client came behind it. */
struct delivery delivery_of_refused(const struct open_table *open, const struct open_message *m,
                                    const struct recipient_story *r);

/* A LOG_ATTEMPT at a recipient of the message. */
struct delivery delivery_of_try(const struct open_message *m, const struct log_event *e);

/* A LOG_REJECT. */
struct delivery delivery_of_reject(const struct judged_event *judged);

/* How often that happened which the event tells of. */
unsigned log_times(const struct log_event *e);

#endif
