/* Problems: see problem.h. */
#include "parsers/message/problem.h"

void problem_add(struct problem_list *list, struct arena *arena, bool is_error, unsigned line,
                 const char *text) {
    if (!list->end)
        list->end = &list->first;
    struct problem *p = ARENA_NEW(arena, struct problem);
    p->is_error = is_error;
    p->line = line;
    p->text = arena_copy(arena, slice_of(text));
    *list->end = p;
    list->end = &p->next;
}
