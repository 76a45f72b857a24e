/* Lists of checks: see check.h. */
#include "analyze/auth/check.h"

void check_list_init(struct check_list *list, struct resolver *resolver) {
    *list = (struct check_list){.resolver = resolver, .arena = resolver->arena};
    list->end = &list->first;
}

struct check *check_add(struct check_list *list, const char *name, enum check_outcome outcome,
                        const char *result, struct slice subject, struct slice text) {
    struct check *c = ARENA_NEW(list->arena, struct check);
    *c = (struct check){NULL, name, outcome, slice_of(result), subject, text, NULL};
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

const char *check_outcome_name(enum check_outcome outcome) {
    static const char *const names[] = {"pass", "fail", "warning", "unchecked"};
    return names[outcome];
}
