/* See log_verdict.h. */
#include "analyze/verdict/log_verdict.h"

#include "analyze/verdict/passing_on.h"

#include "parsers/base/address.h"

#include <string.h>

/* What the other side said, without the words in which Postfix quotes it, which name that side's own address.
 */
static struct slice quoted(struct slice reply) {
    static const struct slice begins[] = {SLICE(" said: "), SLICE(" refused to talk to me: ")};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t at = slice_find(reply, begins[i]);
        if (at < reply.len)
            return slice_from(reply, at + begins[i].len);
    }
    return reply;
}

struct verdict verdict_of_log(const struct reply_class *class, struct slice reply, bool is_over,
                              struct arena *arena) {
    struct judgement j = {.cause = class->cause,
                          .underlying = class->underlying,
                          .fixer = class->fixer ? class->fixer : class->cause->fixer,
                          .is_permanent = class->is_permanent};
    if (is_over && !j.is_permanent)
        judgement_give_up(&j);
    return (struct verdict){.cause = j.cause,
                            .underlying = j.underlying,
                            .fixer = j.fixer,
                            .is_permanent = j.is_permanent,
                            .is_given_up = j.is_given_up,
                            .is_lasting_known = true,
                            .confidence = class->confidence,
                            .rule = class->rule,
                            .provider = class->provider,
                            .reply.text = reply,
                            .entities = entities_collect(class->rule, NULL, quoted(reply), arena)};
}

struct verdict verdict_of_delivery(const struct delivery *d, struct slice reply, bool is_over,
                                   struct arena *arena) {
    struct verdict v = verdict_of_log(d->class, reply, is_over, arena);
    v.is_notice = !d->sender.len && !d->lacks_sender;
    v.is_forwarded =
        !v.is_notice &&
        (sender_is_rewritten(d->sender) ||
         (d->direction == DIRECTION_OUT && recipient_is_redirected(d->original, d->recipient, d->sender)));
    return v;
}
