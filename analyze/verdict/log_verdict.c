/* See log_verdict.h. */
#include "analyze/verdict/log_verdict.h"

#include "analyze/verdict/passing_on.h"

#include "parsers/base/address.h"

#include <string.h>

/* Where the words of the other side begin, if a program names that side's own address before them: Postfix;
 * Exim of 2011, which names the host behind the command (https://pastebin.com/h9sQukY7, seen 2026-11-27);
 * qmail, which names it once more at the end. */
static size_t words_begin(struct slice reply) {
    static const struct slice begins[] = {SLICE(" said: "), SLICE(" refused to talk to me: ")};
    static const struct slice exim = SLICE("SMTP error from remote mail");
    static const struct slice host = SLICE(": host ");
    static const struct slice host_end = SLICE("]: ");
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t at = slice_find(reply, begins[i]);
        if (at < reply.len)
            return at + begins[i].len;
    }
    size_t named = slice_starts_nocase(reply, exim) ? slice_find(reply, host) : reply.len;
    size_t end = named + slice_find(slice_from(reply, named), host_end);
    return end < reply.len ? end + host_end.len : 0;
}

/* What the other side said, without the words in which a program quotes it, which name that side's own
 * address. */
static struct slice quoted(struct slice reply) {
    struct slice words = slice_from(reply, words_begin(reply));
    return slice_upto(words, slice_find(words, SLICE("Giving up on ")));
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
