/* What became of one recipient of a log, and the stories of mails. The keys are documented in docs/json.md.
 */
#include "analyze/report/structure_delivery.h"

#include "parsers/base/smtp_reply.h"
#include "parsers/base/text.h"
#include "parsers/rules/matcher.h"

static void write_reply(struct writer *w, struct slice text) {
    struct reply reply = {0};
    reply_parse(&reply, text_upto(writer_line(w, text), LIMIT_MATCH_TEXT), w->outlet.arena);
    write_object(w, "reply");
    if (reply.code)
        write_value(w, "code", as_number(reply.code));
    write_known(w, "enhanced", as_stranger(enhanced_text(w->outlet.arena, reply.enhanced)));
    write_value(w, "text", as_reply(reply.text));
    write_object_end(w);
}

/* A number; under --redact its pseudonym. */
static void write_uid(struct writer *w, int uid) {
    if (uid >= 0 && w->outlet.redactor)
        write_value(w, "uid", as_user(arena_printf(w->outlet.arena, "%d", uid)));
    else if (uid >= 0)
        write_value(w, "uid", as_number(uid));
}

static void write_client(struct writer *w, const struct delivery *d) {
    if (!d->client.len && !d->client_ip.len && !d->user.len)
        return;
    write_object(w, "client");
    write_known(w, "name", as_host(writer_line(w, d->client)));
    write_known(w, "ip", as_network(writer_line(w, d->client_ip)));
    write_known(w, "user", as_user(writer_line(w, d->user)));
    write_object_end(w);
}

static void write_relay(struct writer *w, const struct delivery *d, const struct matcher *matcher) {
    if (!d->relay.len && !d->relay_ip.len)
        return;
    const struct provider *provider = matcher_provider_of_host(matcher, d->relay);
    write_object(w, "relay");
    write_known(w, "host", as_host(writer_line(w, d->relay)));
    write_known(w, "ip", as_network(writer_line(w, d->relay_ip)));
    write_known(w, "provider", as_ours(provider ? provider->id : NULL));
    write_object_end(w);
}

static void write_judgement(struct writer *w, const struct delivery *d) {
    if (d->class && (outcome_is_failure(d->outcome) || d->outcome == OUTCOME_REJECTED)) {
        const struct cause *cause = delivery_cause(d);
        bool is_expired = d->outcome == OUTCOME_EXPIRED;
        write_known(w, "cause", as_ours(is_expired ? "queue.expired" : cause->id));
        if (is_expired && strcmp(cause->id, "queue.expired") != 0)
            write_known(w, "underlying", as_ours(cause->id));
        write_known(w, "rule", as_ours(d->class->rule ? d->class->rule->id : NULL));
    } else if (d->outcome == OUTCOME_EXPIRED) {
        write_known(w, "cause", as_ours("queue.expired"));
    }
}

/* What is told of a recipient, inside of an object. */
static void write_delivery(struct writer *w, const struct log_record *r) {
    const struct delivery *d = r->delivery;
    write_known(w, "host", as_host(writer_line(w, d->host)));
    write_known(w, "queue_id", as_identifier(writer_line(w, d->queue_id)));
    write_known(w, "message_id", as_identifier(writer_line(w, d->message_id)));
    write_value(w, "sender", as_address(writer_line(w, d->sender)));
    write_value(w, "recipient", as_address(writer_line(w, d->recipient)));
    write_known(w, "original_recipient", as_address(writer_line(w, d->original)));
    if (d->size >= 0)
        write_value(w, "size", as_number(d->size));
    write_client(w, d);
    write_relay(w, d, r->matcher);
    write_known(w, "first", as_time(d->first));
    write_known(w, "last", as_time(d->last));
    write_value(w, "attempts", as_number(d->attempts));
    if (d->is_handed_on)
        write_value(w, "handed_on", as_truth(true));
    write_known(w, "outcome", as_ours(outcome_name(d->outcome)));
    write_known(w, "direction", as_ours(direction_name(d->direction)));
    write_known(w, "account", as_user(writer_line(w, d->user)));
    write_uid(w, d->uid);
    write_known(w, "script", as_script(writer_line(w, d->script)));
    if (d->delay != LOG_NO_DELAY)
        write_value(w, "delay_s", as_number((d->delay + 50) / 100));
    write_judgement(w, d);
    if (d->reply.len)
        write_reply(w, d->reply);
    write_object(w, "source");
    write_known(w, "file", as_file(slice_of(r->file)));
    write_value(w, "line", as_number((int64_t)d->line));
    write_object_end(w);
}

static void write_try(struct writer *w, const struct delivery_try *t, const struct matcher *matcher) {
    const struct delivery of = {.relay = t->relay, .relay_ip = t->relay_ip};
    const struct cause *cause =
        t->class ? (t->class->underlying ? t->class->underlying : t->class->cause) : NULL;
    write_object(w, NULL);
    write_known(w, "time", as_time(t->time));
    write_known(w, "outcome", as_ours(outcome_name(outcome_of_status(t->status))));
    write_relay(w, &of, matcher);
    write_known(w, "cause", as_ours(cause && t->status != LOG_SENT ? cause->id : NULL));
    if (t->reply.len)
        write_reply(w, t->reply);
    write_object_end(w);
}

/* The lines are those of a queue id: they stand with the last of its recipients. */
static void write_story(struct writer *w, const struct mail_story *story, const struct mail_story *next,
                        const struct log_tables *t) {
    const struct delivery *d = &story->delivery;
    const struct log_record record = {d, t->matcher,
                                      d->file < t->names->len ? t->names->pdata[d->file] : NULL};
    write_object(w, NULL);
    write_delivery(w, &record);
    if (story->is_handed_over)
        write_value(w, "handed_over", as_truth(true));
    write_list(w, "tries");
    for (const struct delivery_try *try = d->tries_kept; try; try = try->next)
        write_try(w, try, t->matcher);
    write_list_end(w);
    if (d->lines && !(next && mail_story_is_same_queue(story, next))) {
        write_list(w, "lines");
        for (const struct delivery_line *line = d->lines; line; line = line->next)
            write_value(w, NULL, as_reply(writer_line(w, line->text)));
        write_list_end(w);
    }
    write_object_end(w);
}

void structure_stories(struct writer *w, const struct log_tables *t) {
    if (!t->stories)
        return;
    write_list(w, "stories");
    const GPtrArray *stories = t->stories->stories;
    for (guint i = 0; i < stories->len; i++)
        write_story(w, stories->pdata[i], i + 1 < stories->len ? stories->pdata[i + 1] : NULL, t);
    write_list_end(w);
}

static void structure_delivery(struct writer *w, const void *record) {
    write_object(w, NULL);
    write_delivery(w, record);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_delivery = {.structure = structure_delivery, .page = NULL};
