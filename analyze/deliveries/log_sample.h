/* What was said of one recipient, kept as a sample of many, chosen so that no order of the input changes it.
 */
#ifndef MAILWHY_LOG_SAMPLE_H
#define MAILWHY_LOG_SAMPLE_H

#include "analyze/deliveries/delivery.h"

#define SAMPLE_BYTES   400 /* that are kept of each text, and … where more was there */
#define MOST_SET_ASIDE 20  /* samples of a list */

/* Of all that could stand there, the one with the smallest time, host, queue id and recipient. */
struct log_sample {
    struct slice reply, host, queue_id, recipient;
    int64_t time; /* -1: not known, which comes last */
    enum outcome outcome;
    struct reply_class class; /* of the reply; its cause is NULL where it was not judged */
    uint32_t domain;          /* of the recipient, in the totals */
    char *room;               /* of the texts; NULL: nothing was offered yet */
    size_t size;
};

/* Take the delivery for the sample where it comes before what stands there. Texts are kept in `arena`, in
 * room that is used again; `scratch` is reset. */
void log_sample_offer(struct log_sample *sample, const struct delivery *d, struct arena *arena,
                      struct arena *scratch);

/* The same with a sample whose texts stand elsewhere. */
void log_sample_add(struct log_sample *sample, const struct log_sample *other, struct arena *arena,
                    struct arena *scratch);

/* The first of them, in their order. */
struct log_samples {
    struct log_sample list[MOST_SET_ASIDE];
    unsigned count;
};
void log_samples_offer(struct log_samples *samples, const struct delivery *d, struct arena *arena,
                       struct arena *scratch);
void log_samples_add(struct log_samples *samples, const struct log_sample *other, struct arena *arena,
                     struct arena *scratch);

#endif
