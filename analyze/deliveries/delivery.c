/* What became of one recipient: see delivery.h. */
#include "analyze/deliveries/delivery.h"

#include <assert.h>

const char *outcome_name(enum outcome outcome) {
    static const char *const names[] = {
        [OUTCOME_SENT] = "sent",         [OUTCOME_BOUNCED] = "bounced",     [OUTCOME_EXPIRED] = "expired",
        [OUTCOME_DEFERRED] = "deferred", [OUTCOME_DISCARDED] = "discarded", [OUTCOME_HELD] = "held",
        [OUTCOME_REJECTED] = "rejected"};
    static_assert(sizeof names / sizeof *names == OUTCOMES, "a name for each outcome");
    return names[outcome];
}

const char *direction_name(enum direction direction) {
    static const char *const names[] = {
        [DIRECTION_OUT] = "out", [DIRECTION_IN] = "in", [DIRECTION_LOCAL] = "local"};
    static_assert(sizeof names / sizeof *names == DIRECTIONS, "a name for each direction");
    return names[direction];
}

enum outcome outcome_of_status(enum log_status status) {
    static const enum outcome outcomes[] = {
        [LOG_SENT] = OUTCOME_SENT,           [LOG_DEFERRED] = OUTCOME_DEFERRED,
        [LOG_BOUNCED] = OUTCOME_BOUNCED,     [LOG_GIVEN_UP] = OUTCOME_EXPIRED,
        [LOG_DISCARDED] = OUTCOME_DISCARDED, [LOG_HELD] = OUTCOME_HELD};
    static_assert(sizeof outcomes / sizeof *outcomes == LOG_STATUSES, "an outcome for each status");
    return outcomes[status];
}

bool outcome_is_failure(enum outcome outcome) {
    return outcome == OUTCOME_BOUNCED || outcome == OUTCOME_EXPIRED || outcome == OUTCOME_DEFERRED;
}

const struct cause *delivery_cause(const struct delivery *d) {
    if (!d->class)
        return NULL;
    return d->class->underlying ? d->class->underlying : d->class->cause;
}

bool delivery_hits_sender(const struct delivery *d) {
    const struct cause *cause = outcome_is_failure(d->outcome) ? delivery_cause(d) : NULL;
    return cause && cause->hits;
}

bool delivery_maybe_twice(const struct delivery *d) {
    return d->outcome == OUTCOME_SENT && d->class && strcmp(d->class->cause->id, "network.answer-lost") == 0;
}

bool delivery_is_elsewhere(const struct delivery *d) {
    bool is_socket = slice_find_char(d->relay_ip, '/') < d->relay_ip.len;
    return d->outcome == OUTCOME_SENT && d->relay_ip.len && !is_socket;
}
