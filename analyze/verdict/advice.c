/* What to do, and where to read on: see advice.h. */
#include "analyze/verdict/advice.h"

#include <glib.h>

/* Fill in {ip} and the like; a text whose entity is not known says the entity's kind in words. */
struct slice advice_fill(const struct verdict *v, struct arena *arena, const char *template) {
    static const struct {
        const char *name, *words;
    } unknown[] = {{"ip", "the sending address"}, {"domain", "the sending domain"},
                   {"list", "the block list"},    {"url", "the page named in the reply"},
                   {"limit", "the limit"},        {"host", "the host"}};
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = template; *p;) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        if (!close) {
            g_string_append_c(out, *p++);
            continue;
        }
        struct slice name = {p + 1, (size_t)(close - p - 1)};
        struct slice value = entity_value(v ? v->entities : NULL, name);
        for (size_t i = 0; i < G_N_ELEMENTS(unknown) && !value.len; i++)
            if (slice_equal(name, slice_of(unknown[i].name)))
                value = slice_of(unknown[i].words);
        g_string_append_len(out, value.ptr, (gssize)value.len);
        p = close + 1;
    }
    return arena_copy(arena, (struct slice){out->str, out->len});
}

static void add_all(const struct verdict *v, struct arena *arena, const char *const *list, advice_add *add,
                    void *context) {
    for (; list && *list; list++)
        add(context, advice_fill(v, arena, *list));
}

void verdict_remedies(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const struct cause *cause = v->underlying ? v->underlying : v->cause;
    if (v->rule && v->rule->remedy)
        add_all(v, arena, v->rule->remedy, add, context);
    else
        add_all(v, arena, cause->remedy, add, context);
    if (v->blocklist && v->blocklist->removal && !(v->rule && v->rule->remedy))
        add(context,
            advice_fill(
                v, arena,
                arena_printf(arena, "Removal from %s: %s.", v->blocklist->name, v->blocklist->who).ptr));
}

void verdict_links(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const struct cause *cause = v->underlying ? v->underlying : v->cause;
    if (v->rule && v->rule->links)
        add_all(v, arena, v->rule->links, add, context);
    if (v->blocklist && v->blocklist->lookup)
        add(context, advice_fill(v, arena, v->blocklist->lookup));
    if (v->blocklist && v->blocklist->removal && g_strcmp0(v->blocklist->removal, v->blocklist->lookup) != 0)
        add(context, advice_fill(v, arena, v->blocklist->removal));
    if (!v->blocklist)
        add_all(v, arena, cause->links, add, context);
}
