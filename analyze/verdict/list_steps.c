/* Steps on block lists by their own data: see list_steps.h. */
#include "analyze/verdict/list_steps.h"

/* Of a list that is known by name, where its cause knows lists in general only. */
bool is_list_known(const struct verdict *v) {
    return v->blocklist &&
           (v->blocklist->closed || strcmp(verdict_root_cause(v)->id, "blocklist.other") == 0);
}

const char *const *steps_of_list(const struct blocklist *list, struct arena *arena) {
    const char **steps = arena_alloc(arena, 4 * sizeof *steps);
    const char *page = list->removal ? list->removal : list->lookup;
    if (list->closed) {
        steps[0] =
            arena_printf(arena,
                         "Tell the receiver's postmaster that %s has closed (%s) and must be taken out "
                         "of their configuration; there is nothing to be removed from.",
                         list->name, list->closed)
                .ptr;
        return steps;
    }
    steps[0] =
        list->lookup
            ? arena_printf(arena, "Look {ip} up at %s, and find what caused the listing.", list->lookup).ptr
            : "Find what caused the listing of {ip}.";
    steps[1] = "Stop that first: a hacked mailbox, site or machine, mail to people who did not ask for it, "
               "spam that is forwarded.";
    steps[2] = arena_printf(arena, "Removal from %s: %s.%s%s", list->name, list->who, page ? " " : "",
                            page ? page : "")
                   .ptr;
    return steps;
}
