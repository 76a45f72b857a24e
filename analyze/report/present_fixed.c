/* Was it fixed? See present_fixed.h. */
#include "analyze/report/present_fixed.h"

#include "analyze/auth/check_kind.h"
#include "analyze/verdict/verification.h"

static int64_t taken(const struct auth *auth) {
    return snapshot_taken(auth->resolver.snapshot);
}

/* Were the two snapshots given the wrong way round? */
static bool is_later_older(const struct auth *before, const struct auth *after) {
    return taken(before) != -1 && taken(after) != -1 && taken(after) < taken(before);
}

static bool is_given_older(const struct report *r) {
    return is_later_older(&r->verification->auth, r->verification->after);
}

static void write_found(struct writer *w, const char *key, const struct check *c) {
    if (!c)
        return;
    write_object(w, key);
    write_known(w, "result", as_ours(check_outcome_name(c->outcome)));
    write_known(w, "found", as_stranger(c->result));
    write_value(w, "text", as_sentence(c->text));
    write_object_end(w);
}

void write_fixed(struct writer *w, const struct auth *before, const struct auth *after) {
    size_t count;
    if (!after)
        return;
    const struct fixed *all = was_fixed(&before->checks, &after->checks, w->outlet.arena, &count);
    write_list(w, "was_fixed");
    for (size_t i = 0; i < count; i++) {
        const struct check *c = all[i].after ? all[i].after : all[i].before;
        write_object(w, NULL);
        write_known(w, "check", as_ours(c->kind->id));
        write_known(w, "subject", as_host(c->subject));
        write_known(w, "state", as_ours(fixed_state_name(all[i].state)));
        write_found(w, "before", all[i].before);
        write_found(w, "after", all[i].after);
        if (all[i].after && all[i].after->remedies) {
            write_list(w, "remedy");
            for (const struct remedy *r = all[i].after->remedies; r; r = r->next)
                write_value(w, NULL, as_stranger(r->text));
            write_list_end(w);
        }
        write_object_end(w);
    }
    write_list_end(w);
    if (is_later_older(before, after))
        write_value(w, "after_is_older", as_truth(true));
}

/* What the later snapshot says of that which bore the refusal out. */
static enum fixed_state state_of_finding(const struct verdict *v, const struct finding *before) {
    for (const struct finding *f = v->checks_after; f; f = f->next) {
        if (f->check != before->check)
            continue;
        return f->agreement == AGREEMENT_CONTRADICTS ? FIXED_NOW
               : f->agreement == AGREEMENT_SUPPORTS  ? FIXED_NOT
                                                     : FIXED_UNKNOWN;
    }
    return FIXED_UNKNOWN;
}

enum fixed_state reason_now(const struct report *r, const struct verdict *v) {
    static const enum fixed_state any[] = {FIXED_NOW, FIXED_UNKNOWN, FIXED_NOT};
    static const enum fixed_state each[] = {FIXED_NOT, FIXED_UNKNOWN, FIXED_NOW};
    bool has[FIXED_STATES] = {false};
    if (!r || !r->verification || !r->verification->after)
        return FIXED_NEVER;
    for (const struct finding *f = v->checks; f; f = f->next)
        if (f->agreement == AGREEMENT_SUPPORTS)
            has[state_of_finding(v, f)] = true;
    bool is_one_enough = strcmp(verdict_root_cause(v)->id, "auth.required") == 0; /* SPF or DKIM */
    const enum fixed_state *order = is_one_enough ? any : each;
    for (size_t i = 0; i < G_N_ELEMENTS(any); i++)
        if (has[order[i]])
            return is_given_older(r) ? FIXED_UNKNOWN : order[i];
    return FIXED_NEVER;
}

void present_reason_now(struct page *p, const struct report *r, const struct verdict *v) {
    static const struct {
        enum words words;
        enum emphasis emphasis;
    } says[FIXED_STATES] = {[FIXED_NOW] = {SAY_REASON_GONE, EMPHASIS_GOOD},
                            [FIXED_NOT] = {SAY_REASON_STAYS, EMPHASIS_BAD},
                            [FIXED_UNKNOWN] = {SAY_REASON_UNKNOWN, EMPHASIS_WARN}};
    enum fixed_state state = reason_now(r, v);
    enum words words =
        state == FIXED_UNKNOWN && is_given_older(r) ? SAY_REASON_LATER_IS_OLDER : says[state].words;
    if (words)
        page_row_in(p, word(SECTION_WAS_FIXED), word(words), says[state].emphasis);
}

static void present_state(struct page *p, const struct fixed *all, size_t count, enum fixed_state state,
                          enum words label) {
    struct value name = word(label);
    for (size_t i = 0; i < count; i++) {
        const struct check *c = all[i].after ? all[i].after : all[i].before;
        if (all[i].state != state)
            continue;
        page_row(p, name,
                 page_say(p, SAY_NAME_AND_TEXT, as_ours(c->kind->label),
                          state == FIXED_FOUND ? page_say(p, SAY_WRONG_NOW, as_sentence(c->text))
                          : all[i].after       ? as_sentence(c->text)
                                               : page_say(p, SAY_NO_LONGER, as_sentence(c->text))));
        name = NO_LABEL;
    }
}

static void present_still_to_do(struct page *p, const struct fixed *all, size_t count) {
    unsigned number = 0;
    for (size_t i = 0; i < count; i++)
        for (const struct remedy *r = all[i].after ? all[i].after->remedies : NULL; r; r = r->next, number++)
            page_step(p, number ? NO_LABEL : word(LABEL_STILL_TO_DO), number + 1, as_sentence(r->text));
}

void present_fixed(struct page *p, const struct auth *before, const struct auth *after) {
    static const enum words labels[] = {[FIXED_NOW] = LABEL_FIXED,
                                        [FIXED_NOT] = LABEL_NOT_FIXED,
                                        [FIXED_BROKEN] = LABEL_NEWLY_WRONG,
                                        [FIXED_FOUND] = LABEL_WRONG_NOW,
                                        [FIXED_UNKNOWN] = LABEL_NOT_KNOWN};
    size_t count;
    size_t of[FIXED_STATES] = {0};
    if (!after)
        return;
    const struct fixed *all = was_fixed(&before->checks, &after->checks, p->outlet.arena, &count);
    for (size_t i = 0; i < count; i++)
        of[all[i].state]++;
    page_section(p, word(SECTION_WAS_FIXED));
    if (is_later_older(before, after))
        page_row_in(p, word(LABEL_WARNING),
                    page_say(p, SAY_LATER_IS_OLDER, as_time(taken(after)), as_time(taken(before))),
                    EMPHASIS_WARN);
    page_row(p, word(LABEL_SUMMARY),
             page_say(p, SAY_FIXED_SUMMARY, as_count(of[FIXED_NOW]), as_count(of[FIXED_NOT]),
                      as_count(of[FIXED_BROKEN]), as_count(of[FIXED_FOUND]), as_count(of[FIXED_UNKNOWN])));
    for (size_t s = 0; s < sizeof labels / sizeof *labels; s++)
        present_state(p, all, count, (enum fixed_state)s, labels[s]);
    present_still_to_do(p, all, count);
}
