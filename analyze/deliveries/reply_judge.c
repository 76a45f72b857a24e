#include "analyze/deliveries/reply_judge.h"

#include "analyze/deliveries/delivery.h"
#include "parsers/base/smtp_reply.h"

static bool has_reply(const struct log_event *e) {
    if (e->kind == LOG_SAID)
        return reply_code(e->text) >= 400;
    return e->kind == LOG_REJECT || e->kind == LOG_TRY_REPLIED || (e->kind == LOG_WAITS && e->text.len) ||
           ((e->kind == LOG_ATTEMPT || e->kind == LOG_VERDICT) &&
            outcome_is_failure(outcome_of_status(e->status)));
}

/* A success of another server or program, which may say more of the mail than that it took it; who names a
 * queue id queued it. */
static bool may_be_taken(const struct log_event *e) {
    return e->kind == LOG_ATTEMPT && e->status == LOG_SENT && e->text.len && !e->next_queue_id.len;
}

const struct reply_class *reply_judge_event(const struct reply_judge *judge, void *thread,
                                            struct log_event *e) {
    if (may_be_taken(e))
        judge->take(thread, e);
    return has_reply(e) ? judge->judge(thread, e) : NULL;
}
