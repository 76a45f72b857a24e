/* The verdict on what a log tells of a reply: what its advice is made of. */
#ifndef MAILWHY_LOG_VERDICT_H
#define MAILWHY_LOG_VERDICT_H

#include "analyze/deliveries/delivery.h"
#include "analyze/verdict/report.h"

/* `reply` is the reply as the log has it, which stays where it is; the rest is allocated from `arena`.
 * `is_over`: the mail is not tried any more, whatever the reply says. The class has a cause. */
struct verdict verdict_of_log(const struct reply_class *class, struct slice reply, bool is_over,
                              struct arena *arena);

/* The same of a delivery, which tells more: who only passed the mail on, and what is a notice. */
struct verdict verdict_of_delivery(const struct delivery *d, struct slice reply, bool is_over,
                                   struct arena *arena);

#endif
