/* What one's own log says of a bounce, as structure: see structure_confirm.h. */
#include "analyze/report/structure_confirm.h"

#include "analyze/deliveries/search.h"
#include "parsers/base/text.h"

static struct slice line_of(const struct writer *w, struct slice s, size_t most) {
    return s.len ? text_shown(w->outlet.arena, s, most) : s;
}

static void write_attempt(struct writer *w, const struct log_try *t) {
    write_object(w, NULL);
    write_known(w, "time", as_time(t->time));
    write_known(w, "outcome", as_ours(outcome_name(t->outcome)));
    write_known(w, "host", as_host(line_of(w, t->relay, 300)));
    write_known(w, "ip", as_network(line_of(w, t->relay_ip, 60)));
    write_known(w, "reply", as_reply(line_of(w, t->reply, 16384)));
    write_object_end(w);
}

static void write_story(struct writer *w, const struct confirmation *c) {
    const struct delivery *d = &c->story->delivery;
    write_object(w, NULL);
    write_value(w, "confirmed", as_truth(c->is_confirmed));
    write_value(w, "text", as_stranger(c->words));
    write_known(w, "host", as_host(line_of(w, d->host, 300)));
    write_known(w, "queue_id", as_identifier(line_of(w, d->queue_id, 100)));
    if (c->told_in) {
        write_value(w, "told_in", as_number((int64_t)c->told_in));
        write_object_end(w);
        return;
    }
    write_value(w, "sender", as_address(line_of(w, d->sender, 400)));
    write_value(w, "recipient", as_address(line_of(w, d->recipient, 400)));
    write_known(w, "file", as_file(slice_of(c->story->file)));
    write_value(w, "line", as_number((int64_t)d->line));
    write_list(w, "attempts");
    for (const struct log_try *t = c->story->tries; t; t = t->next)
        write_attempt(w, t);
    write_list_end(w);
    if (c->story->try_count > LIMIT_TRIES)
        write_value(w, "attempts_left_out", as_number((int64_t)(c->story->try_count - LIMIT_TRIES)));
    write_object_end(w);
}

void write_confirmations(struct writer *w, const struct verdict *v) {
    if (!v->log)
        return;
    write_list(w, "log");
    for (const struct confirmation *c = v->log; c; c = c->next)
        write_story(w, c);
    write_list_end(w);
    if (v->log_has_more)
        write_value(w, "log_has_more", as_truth(true));
}
