/* Lists of what checks found: see check.h. */
#include "analyze/auth/check.h"

void check_list_init(struct check_list *list, struct resolver *resolver) {
    *list = (struct check_list){.resolver = resolver, .arena = resolver->arena};
    list->end = &list->first;
}

struct check *check_add(struct check_list *list, const struct check_kind *kind, enum check_outcome outcome,
                        const char *result, struct slice subject, struct slice text) {
    struct check *c = ARENA_NEW(list->arena, struct check);
    *c = (struct check){
        .kind = kind, .outcome = outcome, .result = slice_of(result), .subject = subject, .text = text};
    *list->end = c;
    list->end = &c->next;
    return c;
}

void check_remedy(struct check_list *list, struct check *check, struct slice text) {
    struct remedy **end = &check->remedies;
    while (*end)
        end = &(*end)->next;
    *end = ARENA_NEW(list->arena, struct remedy);
    (*end)->text = text;
}

void check_propose(struct check_list *list, struct check *check, struct slice name, const char *type,
                   struct slice text) {
    struct proposal **end = &check->proposals;
    while (*end)
        end = &(*end)->next;
    *end = ARENA_NEW(list->arena, struct proposal);
    **end = (struct proposal){NULL, name, text, type};
}

static const struct check *find_kind(const struct check *c, const struct check_kind *kind) {
    while (c && c->kind != kind)
        c = c->next;
    return c;
}

const struct check *check_first(const struct check_list *list, const struct check_kind *kind) {
    return find_kind(list->first, kind);
}

const struct check *check_next(const struct check *check) {
    return find_kind(check->next, check->kind);
}

bool check_has_subject(const struct check_list *list, const struct check_kind *kind, struct slice subject) {
    const struct check *c = check_first(list, kind);
    while (c && !slice_equal_nocase(c->subject, subject))
        c = check_next(c);
    return c != NULL;
}

const char *check_outcome_name(enum check_outcome outcome) {
    static const char *const names[] = {"pass", "fail", "warning", "unchecked"};
    _Static_assert(G_N_ELEMENTS(names) == CHECK_OUTCOMES, "a name for each outcome");
    return names[outcome];
}

struct slice check_means(const struct check *check) {
    for (const struct check *c = check_next(check); c; c = check_next(c))
        if (slice_equal(c->subject, check->subject) && !slice_equal(c->means, check->means))
            return SLICE_EMPTY;
    return check->means;
}
