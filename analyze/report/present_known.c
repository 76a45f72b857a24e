/* What can be explained, in lists: see present_known.h. */
#include "analyze/report/present_known.h"

#include "analyze/report/present_cause.h"
#include "analyze/report/rule_words.h"

/* The name of an entry beside its id. */
static const char *title_of(enum rule_kind kind, const void *entry) {
    switch (kind) {
    case RULES_CAUSES:
        return ((const struct cause *)entry)->title;
    case RULES_TOPICS:
        return ((const struct topic *)entry)->title;
    case RULES_PROVIDERS:
        return ((const struct provider *)entry)->name;
    default:
        return ((const struct blocklist *)entry)->name;
    }
}

static void table_of_kind(struct page *p, const struct rulebase *rules, enum rule_kind kind) {
    const enum words heads[] = {kind == RULES_TOPICS      ? HEAD_TOPIC
                                : kind == RULES_PROVIDERS ? HEAD_PROVIDER
                                                          : HEAD_LIST,
                                HEAD_NAME};
    const struct rule_list *list = &rules->lists[kind];
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads), list->count);
    for (size_t i = 0; i < list->count; i++) {
        page_cell(p, &t, as_ours(((const struct rule_head *)list->items[i])->id));
        page_cell(p, &t, as_ours(title_of(kind, list->items[i])));
    }
    page_table_end(p, &t);
}

static struct slice category_of(const struct cause *c) {
    return slice_upto(slice_of(c->id), slice_find_char(slice_of(c->id), '.'));
}

/* A table for each category, in the order of the causes. */
static void tables_of_categories(struct page *p, const struct rulebase *rules) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    struct slice before = SLICE_EMPTY;
    for (size_t i = 0; i < causes->count; i++) {
        struct slice category = category_of(causes->items[i]);
        if (slice_equal(category, before))
            continue;
        before = category;
        page_section(p, as_type(VALUE_OURS, category));
        table_of_causes(p, rules, (const char *const[]){arena_string(p->outlet.arena, category), NULL});
    }
}

static void page_all(struct page *p, const void *what) {
    const struct rulebase *rules = what;
    page_begin(p);
    page_title(p, word(TITLE_KNOWN), EMPHASIS_NONE);
    page_row(p, NO_LABEL, word(SAY_KNOWN));
    page_section(p, word(SECTION_TOPICS));
    table_of_kind(p, rules, RULES_TOPICS);
    tables_of_categories(p, rules);
    page_section(p, word(SECTION_PROVIDERS));
    table_of_kind(p, rules, RULES_PROVIDERS);
    page_section(p, word(SECTION_LISTS));
    table_of_kind(p, rules, RULES_BLOCKLISTS);
    page_end(p);
}

static void page_kind(struct page *p, const void *what) {
    const struct kind_page *k = what;
    const char *const category[] = {k->category, NULL};
    page_begin(p);
    if (k->kind == RULES_CAUSES)
        table_of_causes(p, k->rules, k->category ? category : NULL);
    else
        table_of_kind(p, k->rules, k->kind);
    page_end(p);
}

static void page_several(struct page *p, const void *what) {
    const struct several_page *s = what;
    static const enum words heads[] = {HEAD_PAGE, HEAD_MEANING};
    page_begin(p);
    page_title(p, page_say(p, TITLE_SEVERAL, as_type(VALUE_STRANGER, s->word)), EMPHASIS_NONE);
    page_row(p, NO_LABEL, word(SAY_SEVERAL));
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads), s->pages->count);
    for (size_t i = 0; i < s->pages->count; i++) {
        const struct known *known = &s->pages->pages[i];
        g_autofree char *name = known_name(s->rules, *known);
        page_cell(p, &t, as_type(VALUE_OURS, arena_printf(p->outlet.arena, "%s", name)));
        page_cell(p, &t, as_ours(title_of(known->list, known->entry)));
    }
    page_table_end(p, &t);
    page_end(p);
}

static void page_blocklist(struct page *p, const void *what) {
    const struct blocklist *b = what;
    page_begin(p);
    page_title(p, page_say(p, SAY_NAME_AND_TEXT, as_ours(b->id), as_ours(b->name)), EMPHASIS_NONE);
    rows_of_blocklist(p, b);
    page_end(p);
}

/* --- as structure --- */

static void write_entry_heading(struct writer *w, enum rule_kind kind, const void *entry) {
    if (kind == RULES_CAUSES) {
        write_cause_heading(w, entry);
        return;
    }
    bool is_topic = kind == RULES_TOPICS;
    write_value(w,
                is_topic                  ? "topic"
                : kind == RULES_PROVIDERS ? "provider"
                                          : "list",
                as_ours(((const struct rule_head *)entry)->id));
    write_value(w, is_topic ? "title" : "name", as_ours(title_of(kind, entry)));
}

static void structure_several(struct writer *w, const void *what) {
    const struct several_page *s = what;
    for (size_t i = 0; i < s->pages->count; i++) {
        if (i)
            write_separator(w);
        write_object(w, NULL);
        write_entry_heading(w, s->pages->pages[i].list, s->pages->pages[i].entry);
        write_object_end(w);
        write_record_end(w);
    }
}

static void structure_kind(struct writer *w, const void *what) {
    const struct kind_page *k = what;
    const struct rule_list *list = &k->rules->lists[k->kind];
    bool is_first = true;
    for (size_t i = 0; i < list->count; i++) {
        if (k->category && !cause_is_of(((const struct rule_head *)list->items[i])->id, k->category))
            continue;
        if (!is_first)
            write_separator(w);
        is_first = false;
        write_object(w, NULL);
        write_entry_heading(w, k->kind, list->items[i]);
        write_object_end(w);
        write_record_end(w);
    }
}

static void structure_all(struct writer *w, const void *what) {
    structure_kind(w, &(struct kind_page){.rules = what, .kind = RULES_CAUSES});
}

static void structure_blocklist(struct writer *w, const void *what) {
    write_blocklist(w, what);
    write_record_end(w);
}

const struct report_form form_all_known = {.structure = structure_all, .page = page_all};
const struct report_form form_kind = {.structure = structure_kind, .page = page_kind};
const struct report_form form_several = {.structure = structure_several, .page = page_several};
const struct report_form form_blocklist = {.structure = structure_blocklist, .page = page_blocklist};
