/* What one's own log says of a bounce: see render.h. */
#include "analyze/report/json.h"
#include "analyze/report/render.h"

#include "analyze/deliveries/search.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#define MOST_TRIES 10 /* the last ones; -v shows all */

static const char *const outcomes[OUTCOMES] = {"sent", "refused", "given up", "put off", "rejected"};

static struct slice clean(struct arena *arena, struct slice s, size_t most) {
    return s.len ? text_upto(text_clean_line(arena, s), most) : SLICE_EMPTY;
}

static struct slice stamp(struct arena *arena, int64_t time) {
    char text[24];
    if (time == -1)
        return SLICE("at a time that is not known");
    date_format(time, text);
    return arena_copy(arena, slice_of(text));
}

static void present_tries(struct page *p, const struct log_story *story, struct arena *arena) {
    size_t count = 0;
    for (const struct log_try *t = story->tries; t; t = t->next)
        count++;
    size_t left_out = p->verbose || count <= MOST_TRIES ? 0 : count - MOST_TRIES;
    if (left_out)
        p->medium->row(p, "", arena_printf(arena, "%zu earlier tries: -v shows them", left_out));
    for (const struct log_try *t = story->tries; t; t = t->next) {
        if (left_out && left_out--)
            continue;
        struct slice relay = clean(arena, t->relay, 200);
        p->medium->quote(p, clean(arena, t->reply, 600),
                         arena_printf(arena, "%.*s, %s%s%.*s", S(stamp(arena, t->time)), outcomes[t->outcome],
                                      relay.len ? " by " : "", S(relay)));
    }
}

void present_confirmations(struct page *p, const struct report *r, const struct verdict *v,
                           struct arena *arena) {
    if (!r->was_searched)
        return;
    p->medium->section(p, "In your log");
    if (!v->log)
        p->medium->row(p, "",
                       SLICE("the logs hold nothing about this mail: another server sent it, or the report "
                             "is not genuine"));
    for (const struct confirmation *c = v->log; c; c = c->next) {
        const struct delivery *d = &c->story->delivery;
        p->medium->row(p, c->is_confirmed ? "Confirmed" : "Not so", c->words);
        p->medium->row(
            p, "Queue id",
            arena_printf(arena, "%.*s on %.*s, from %.*s, %u tries", S(clean(arena, d->queue_id, 100)),
                         S(d->host.len ? clean(arena, d->host, 200) : SLICE("this host")),
                         S(d->sender.len ? clean(arena, d->sender, 300) : SLICE("<>")), d->attempts));
        present_tries(p, c->story, arena);
    }
}

static void write_try(struct json *j, const struct log_try *t, struct arena *arena) {
    json_open(j, NULL, '{');
    json_time(j, "time", t->time);
    json_text(j, "outcome", outcome_name(t->outcome));
    json_slice(j, "host", clean(arena, t->relay, 300));
    json_slice(j, "ip", clean(arena, t->relay_ip, 60));
    json_slice(j, "reply", clean(arena, t->reply, 16384));
    json_close(j, '}');
}

void confirmations_json(struct json *j, const struct verdict *v, struct arena *arena) {
    if (!v->log)
        return;
    json_open(j, "log", '[');
    for (const struct confirmation *c = v->log; c; c = c->next) {
        const struct delivery *d = &c->story->delivery;
        json_open(j, NULL, '{');
        json_bool(j, "confirmed", c->is_confirmed);
        json_string(j, "text", c->words);
        json_slice(j, "host", clean(arena, d->host, 300));
        json_slice(j, "queue_id", clean(arena, d->queue_id, 100));
        json_string(j, "sender", clean(arena, d->sender, 400));
        json_string(j, "recipient", clean(arena, d->recipient, 400));
        json_text(j, "file", c->story->file);
        json_number(j, "line", (int64_t)d->line);
        json_open(j, "attempts", '[');
        for (const struct log_try *t = c->story->tries; t; t = t->next)
            write_try(j, t, arena);
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}
