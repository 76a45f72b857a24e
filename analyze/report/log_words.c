/* Sentences about logs: see log_words.h. */
#include "analyze/report/log_words.h"

#include "analyze/classify/lookup.h"
#include "analyze/verdict/log_verdict.h"
#include "parsers/rules/packed.h"

#include <inttypes.h>

struct slice log_why_different(const struct log_pair_row *pair, struct arena *arena) {
    if (!pair->is_different)
        return SLICE_EMPTY;
    return arena_printf(arena, "%.*s gets through to %.*s (%" PRIu64 " of %" PRIu64 "), %.*s does not: %s",
                        S(pair->better.sender), S(pair->provider), pair->better.sent,
                        pair->better.sent + pair->better.failed, S(pair->sender), pair->top_hit->title);
}

static void drop_pages(struct verdict *v) {
    for (struct entity **e = &v->entities; *e;) {
        if (strcmp((*e)->name, "url") == 0)
            *e = (*e)->next;
        else
            e = &(*e)->next;
    }
}

static void find_blocklist(struct verdict *v, const struct rulebase *rules) {
    const struct entity *e = entity_find(v->entities, SLICE("list"));
    for (; e && !v->blocklist; e = entity_find(e->next, SLICE("list")))
        v->blocklist = blocklist_find(rules ? rules : &builtin_rules, e->value);
}

struct verdict log_row_verdict(const struct log_cause_row *row, const struct log_summary *summary,
                               struct arena *arena) {
    const struct totals *totals = &summary->totals;
    const struct cause_count *c = row->cause;
    struct reply_class class = c->sample.class.cause ? c->sample.class : (struct reply_class) {
        .fixer = c->cause->fixer
    };
    class.cause = c->cause;
    class.underlying = NULL;
    if (c->sample.class.cause && !class.provider)
        class.provider = totals->domains[c->sample.domain].provider;
    struct verdict v = verdict_of_log(&class, c->sample.reply, !row->counts.of[OUTCOME_DEFERRED], arena);
    find_blocklist(&v, summary->rules);
    drop_pages(&v);
    return v;
}
