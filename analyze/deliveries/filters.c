/* Which deliveries are asked for: see filters.h. */
#include "analyze/deliveries/filters.h"

#include "parsers/base/address.h"

static bool fits_text(const char *wanted, struct slice text) {
    return !wanted || slice_equal_nocase(text, slice_of(wanted));
}

static bool fits_domain(const char *wanted, const struct delivery *d) {
    return fits_text(wanted, address_domain(d->recipient)) || fits_text(wanted, address_domain(d->sender));
}

static bool fits_cause(const char *wanted, const struct delivery *d) {
    const struct cause *cause = delivery_cause(d);
    if (!wanted)
        return true;
    if (!cause || d->outcome == OUTCOME_SENT)
        return false;
    size_t len = strlen(wanted);
    return strncmp(cause->id, wanted, len) == 0 && (cause->id[len] == '\0' || cause->id[len] == '.');
}

bool filters_pass(const struct log_filters *f, const struct delivery *d) {
    return (f->since == -1 || d->last >= f->since) && (f->until == -1 || d->first <= f->until) &&
           fits_text(f->sender, d->sender) && fits_text(f->recipient, d->recipient) &&
           fits_domain(f->domain, d) && fits_cause(f->cause, d) && fits_text(f->queue_id, d->queue_id) &&
           fits_text(f->message_id, d->message_id);
}
