/* What to do, and where to read on: see advice.h. */
#include "analyze/verdict/advice.h"

#include <glib.h>

static void append_filled(GString *out, struct slice value) {
    g_string_append_c(out, ADVICE_OPEN);
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != ADVICE_OPEN && value.ptr[i] != ADVICE_CLOSE)
            g_string_append_c(out, value.ptr[i]);
    g_string_append_c(out, ADVICE_CLOSE);
}

/* Fill in {ip} and the like; a text whose entity is not known says the entity's kind in words. */
struct slice advice_fill(const struct verdict *v, struct arena *arena, const char *template) {
    static const struct {
        const char *name, *words;
    } unknown[] = {{"ip", "the sending address"},
                   {"domain", "the sending domain"},
                   {"list", "the block list"},
                   {"url", "the page named in the reply"},
                   {"limit", "the limit"},
                   {"host", "the host"},
                   {"contact", "the address named in the reply"}};
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
                g_string_append(out, unknown[i].words);
        if (value.len)
            append_filled(out, value);
        p = close + 1;
    }
    return arena_copy(arena, (struct slice){out->str, out->len});
}

static void add_all(const struct verdict *v, struct arena *arena, const char *const *list, advice_add *add,
                    void *context) {
    for (; list && *list; list++)
        add(context, advice_fill(v, arena, *list));
}

static bool is_said(const char *const *list, const char *what) {
    while (list && *list && !strstr(*list, what))
        list++;
    return list && *list;
}

/* Where others would wait: the sending server has given up. */
static const char *const steps_after_refusal[] = {
    "The sending server does not try again by itself: send the mail once more in some hours.",
    "If it is refused again, show the reply to the receiver's postmaster.", NULL};

/* What to do, from what knows most about the case: the rule, the provider for this cause, the cause. */
static const char *const *steps(const struct verdict *v) {
    const struct provider_advice *there = provider_advise(v->provider, verdict_root_cause(v)->id);
    if (v->rule && v->rule->remedy)
        return v->rule->remedy;
    if (there)
        return there->remedy;
    bool is_over = v->is_permanent && strcmp(verdict_root_cause(v)->fixer, "nobody") == 0;
    return is_over ? steps_after_refusal : verdict_root_cause(v)->remedy;
}

/* Whom or what the reply itself names comes first. */
static void add_named(const struct verdict *v, struct arena *arena, const char *const *steps, advice_add *add,
                      void *context) {
    static const struct {
        const char *entity, *slot, *step;
    } rows[] = {
        {"url", "{url}", "Open the page that the reply names and follow it: {url}"},
        {"contact", "{contact}",
         "Write to {contact}, which the reply names, with the whole reply, the sending address and the "
         "time."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct slice value = entity_value(v->entities, slice_of(rows[i].entity));
        if (value.len && !slice_equal_nocase(value, v->recipient) && !is_said(steps, rows[i].slot))
            add(context, advice_fill(v, arena, rows[i].step));
    }
}

void verdict_remedies(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const char *const *list = steps(v);
    if (!verdict_is_delivered(v))
        add_named(v, arena, list, add, context);
    add_all(v, arena, list, add, context);
    if (v->blocklist && v->blocklist->removal && !(v->rule && v->rule->remedy))
        add(context,
            advice_fill(
                v, arena,
                arena_printf(arena, "Removal from %s: %s.", v->blocklist->name, v->blocklist->who).ptr));
}

static void add_link(const struct verdict *v, struct arena *arena, const char *link, advice_add *add,
                     void *context) {
    if (link)
        add(context, advice_fill(v, arena, link));
}

/* The provider's own pages about this cause; false: it has none. */
static bool add_pages(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const struct provider *p = v->provider;
    const struct provider_advice *there = provider_advise(p, verdict_root_cause(v)->id);
    add_all(v, arena, there ? there->links : NULL, add, context);
    add_link(v, arena, there && !there->links ? p->form : NULL, add, context);
    add_link(v, arena, there ? p->page : NULL, add, context);
    return there && (there->links || p->form || p->page);
}

void verdict_links(const struct verdict *v, struct arena *arena, advice_add *add, void *context) {
    const struct blocklist *list = v->blocklist;
    add_all(v, arena, v->rule ? v->rule->links : NULL, add, context);
    bool has_pages = add_pages(v, arena, add, context);
    add_link(v, arena, list ? list->lookup : NULL, add, context);
    if (list && g_strcmp0(list->removal, list->lookup) != 0)
        add_link(v, arena, list->removal, add, context);
    if (!list && !has_pages)
        add_all(v, arena, verdict_root_cause(v)->links, add, context);
}
