/* A cause, and the block lists that belong to it, explained: see render.h. */
#include "analyze/report/form.h"
#include "analyze/report/render.h"
#include "analyze/verdict/advice.h"

#include <glib.h>

static void present_list(struct page *p, const char *label, const char *const *list, struct arena *arena) {
    for (unsigned i = 0; list && list[i]; i++)
        p->medium->row(p, i ? "" : label, advice_fill(NULL, arena, list[i]));
}

static void list_steps(struct page *p, const char *label, const char *const *list, struct arena *arena) {
    for (unsigned i = 0; list && list[i]; i++)
        p->medium->step(p, i ? "" : label, i + 1, advice_fill(NULL, arena, list[i]));
}

static void present_blocklist(struct page *p, const struct blocklist *b, struct arena *arena) {
    p->medium->section(p, b->name);
    p->medium->row(p, "Lists", slice_of(b->lists));
    p->medium->row(p, "Who may ask", slice_of(b->who));
    if (b->closed)
        p->medium->row(p, "Closed", slice_of(b->closed));
    present_list(p, "Zones", b->zones, arena);
    for (const char *const *a = b->answers; a && *a; a += 2)
        p->medium->row(p, a == b->answers ? "Answers" : "", arena_printf(arena, "%s: %s", a[0], a[1]));
    if (b->lookup)
        p->medium->row(p, "Look up", slice_of(b->lookup));
    if (b->removal)
        p->medium->row(p, "Removal", slice_of(b->removal));
}

static void present_cause(struct page *p, const struct rulebase *rules, const struct cause *c,
                          struct arena *arena) {
    p->medium->begin(p);
    p->medium->title(p, arena_printf(arena, "%s: %s", c->id, c->title), EMPHASIS_NONE);
    p->medium->row(p, "It means", slice_of(c->meaning));
    p->medium->row(p, "Who can fix", fixer_words(c->fixer));
    list_steps(p, "What to do", c->remedy, arena);
    present_list(p, "Make sure", c->verify, arena);
    if (c->background)
        p->medium->section(p, "Background");
    present_list(p, "", c->background, arena);
    if (c->links)
        p->medium->section(p, "Links");
    present_list(p, "Read on", c->links, arena);
    const struct rule_list *lists = &rules->lists[RULES_BLOCKLISTS];
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        if (strcmp(b->cause, c->id) == 0)
            present_blocklist(p, b, arena);
    }
    p->medium->end(p);
}

static void page_cause(struct page *p, const void *what, struct arena *arena) {
    const struct cause_page *c = what;
    present_cause(p, c->rules, c->cause, arena);
}

const struct report_form form_cause = {NULL, page_cause};
