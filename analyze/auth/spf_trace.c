/* The steps of an evaluation of SPF: see spf_trace.h. */
#include "analyze/auth/spf_trace.h"

#include "parsers/base/text.h"

void spf_add_step(const struct spf_frame *f, bool is_decisive, struct slice text) {
    struct spf_run *run = f->run;
    if (++run->verdict->step_count > SPF_MOST_STEPS)
        return;
    struct spf_step *s = ARENA_NEW(run->arena, struct spf_step);
    struct slice whole = arena_printf(run->arena, "%.*s%.*s", S(f->way), S(text));
    *s = (struct spf_step){NULL, text_shown(run->arena, whole, SPF_MOST_OF_STEP), is_decisive};
    *run->end = s;
    run->end = &s->next;
}

void spf_set_reason(const struct spf_frame *f, struct slice text) {
    struct spf_verdict *v = f->run->verdict;
    if (!v->reason.len)
        v->reason = text_shown(f->run->arena, text, SPF_MOST_OF_STEP);
}

struct slice spf_way_to(const struct spf_frame *f, const struct spf_term *t) {
    struct slice before = f->depth < 3 ? f->way : SLICE("… → ");
    return arena_printf(f->run->arena, "%.*s%.*s → ", S(before), S(text_upto(t->text, 120)));
}

struct slice spf_client_text(const struct spf_frame *f) {
    return ip_text(f->run->arena, &f->run->query->ip);
}

bool spf_count_lookup(const struct spf_frame *f, const struct spf_term *t) {
    struct spf_verdict *v = f->run->verdict;
    if (++v->lookups <= SPF_MOST_LOOKUPS)
        return true;
    SPF_STEP(f, true, "%.*s: the %uth look-up; %d are allowed", S(t->text), v->lookups, SPF_MOST_LOOKUPS);
    SPF_REASON(f, "more than %d DNS look-ups are needed (RFC 7208 section 4.6.4)", SPF_MOST_LOOKUPS);
    return false;
}
