/* Checks before and after: see was_fixed.h. */
#include "analyze/auth/was_fixed.h"

#include <assert.h>

static bool is_wrong(const struct check *c) {
    return c && (c->outcome == CHECK_FAIL || c->outcome == CHECK_WARNING);
}

static bool is_same_question(const struct check *one, const struct check *other) {
    return one->kind == other->kind && slice_equal_nocase(one->subject, other->subject);
}

/* How many checks of the same kind and subject stand before this one. */
static size_t place_of(const struct check_list *list, const struct check *check) {
    size_t place = 0;
    for (const struct check *c = list->first; c != check; c = c->next)
        place += is_same_question(c, check);
    return place;
}

/* The check of the other snapshot that answers the same question; NULL: it was not asked there. */
static const struct check *counterpart(const struct check_list *list, const struct check *check,
                                       size_t place) {
    for (const struct check *c = list->first; c; c = c->next)
        if (is_same_question(c, check) && place-- == 0)
            return c;
    return NULL;
}

static bool is_unchecked(const struct check_list *list, const struct check_kind *kind) {
    for (const struct check *c = check_first(list, kind); c; c = check_next(c))
        if (c->outcome == CHECK_UNCHECKED)
            return true;
    return false;
}

/* What was wrong and is not asked any more is right, unless that is for want of an answer. */
static enum fixed_state state_of(const struct check *before, const struct check *after,
                                 const struct check_list *all_before, const struct check_list *all_after) {
    bool was_right = before ? before->outcome == CHECK_PASS : after->outcome == CHECK_FAIL;
    bool was_unknown = before ? before->outcome == CHECK_UNCHECKED : is_unchecked(all_before, after->kind);
    if (is_wrong(after) && was_unknown)
        return FIXED_FOUND;
    if (is_wrong(after))
        return was_right ? FIXED_BROKEN : FIXED_NOT;
    if (after ? after->outcome == CHECK_UNCHECKED : is_unchecked(all_after, before->kind))
        return FIXED_UNKNOWN;
    return is_wrong(before) ? FIXED_NOW : FIXED_NEVER;
}

static size_t length(const struct check_list *list) {
    size_t count = 0;
    for (const struct check *c = list->first; c; c = c->next)
        count++;
    return count;
}

const struct fixed *was_fixed(const struct check_list *before, const struct check_list *after,
                              struct arena *arena, size_t *count) {
    struct fixed *all = arena_alloc(arena, (length(before) + length(after) + 1) * sizeof *all);
    size_t n = 0;
    for (const struct check *c = before->first; c; c = c->next) {
        const struct check *now = counterpart(after, c, place_of(before, c));
        all[n++] = (struct fixed){state_of(c, now, before, after), c, now};
    }
    for (const struct check *c = after->first; c; c = c->next)
        if (!counterpart(before, c, place_of(after, c)))
            all[n++] = (struct fixed){state_of(NULL, c, before, after), NULL, c};
    *count = n;
    return all;
}

const char *fixed_state_name(enum fixed_state state) {
    static const char *const names[] = {
        [FIXED_NOW] = "fixed",   [FIXED_NOT] = "open",        [FIXED_BROKEN] = "broken",
        [FIXED_FOUND] = "found", [FIXED_UNKNOWN] = "unknown", [FIXED_NEVER] = "unchanged"};
    static_assert(sizeof names / sizeof *names == FIXED_STATES, "a name for each state");
    return names[state];
}
