/* A cause, and the block lists that belong to it, explained; and the list of causes: see present_cause.h. */
#include "analyze/report/present_cause.h"

#include "analyze/verdict/advice.h"

static const struct {
    const char *id;
    enum words words;
} fixers[] = {
    {"sender-operator", SAY_FIXER_SENDER_OPERATOR},
    {"author", SAY_FIXER_AUTHOR},
    {"recipient", SAY_FIXER_RECIPIENT},
    {"receiver-operator", SAY_FIXER_RECEIVER_OPERATOR},
    {"list-operator", SAY_FIXER_LIST_OPERATOR},
    {"network-operator", SAY_FIXER_NETWORK_OPERATOR},
    {"nobody", SAY_FIXER_NOBODY},
    {"as the underlying cause", SAY_FIXER_UNDERLYING},
};

struct value fixer_words(const char *id) {
    for (size_t i = 0; i < G_N_ELEMENTS(fixers); i++)
        if (strcmp(fixers[i].id, id) == 0)
            return word(fixers[i].words);
    return as_ours(id);
}

/* A text of the rules, with no verdict to fill it from. */
static struct value rule_text(struct page *p, const char *text) {
    return as_type(VALUE_OURS, advice_fill(NULL, p->outlet.arena, text));
}

static void list_rows(struct page *p, enum words label, const char *const *list) {
    for (unsigned i = 0; list && list[i]; i++)
        page_row(p, i ? NO_LABEL : word(label), rule_text(p, list[i]));
}

static void list_steps(struct page *p, enum words label, const char *const *list) {
    for (unsigned i = 0; list && list[i]; i++)
        page_step(p, i ? NO_LABEL : word(label), i + 1, rule_text(p, list[i]));
}

static void present_blocklist(struct page *p, const struct blocklist *b) {
    page_section(p, as_ours(b->name));
    page_row(p, word(LABEL_LISTS), as_ours(b->lists));
    page_row(p, word(LABEL_WHO_MAY_ASK), as_ours(b->who));
    page_row_known(p, word(LABEL_CLOSED), as_ours(b->closed));
    list_rows(p, LABEL_ZONES, b->zones);
    for (const char *const *a = b->answers; a && *a; a += 2)
        page_row(p, a == b->answers ? word(LABEL_ANSWERS) : NO_LABEL,
                 page_say(p, SAY_NAME_AND_TEXT, as_ours(a[0]), as_ours(a[1])));
    page_row_known(p, word(LABEL_LOOK_UP), as_ours(b->lookup));
    page_row_known(p, word(LABEL_REMOVAL), as_ours(b->removal));
}

static void page_cause(struct page *p, const void *what) {
    const struct cause *c = ((const struct cause_page *)what)->cause;
    const struct rule_list *lists = &((const struct cause_page *)what)->rules->lists[RULES_BLOCKLISTS];
    page_begin(p);
    page_title(p, page_say(p, SAY_NAME_AND_TEXT, as_ours(c->id), as_ours(c->title)), EMPHASIS_NONE);
    page_row(p, word(LABEL_MEANING), as_ours(c->meaning));
    page_row(p, word(LABEL_WHO_CAN_FIX), fixer_words(c->fixer));
    list_steps(p, LABEL_WHAT_TO_DO, c->remedy);
    list_rows(p, LABEL_HOW_TO_CHECK, c->verify);
    if (c->background)
        page_section(p, word(SECTION_BACKGROUND));
    list_rows(p, NO_WORDS, c->background);
    if (c->links)
        page_section(p, word(SECTION_MORE_INFORMATION));
    list_rows(p, LABEL_LINK, c->links);
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        if (strcmp(b->cause, c->id) == 0)
            present_blocklist(p, b);
    }
    page_end(p);
}

/* --- as structure --- */

static void write_texts(struct writer *w, const char *key, const char *const *list) {
    if (!list)
        return;
    write_list(w, key);
    for (; *list; list++)
        write_value(w, NULL, as_type(VALUE_OURS, advice_fill(NULL, w->outlet.arena, *list)));
    write_list_end(w);
}

static void write_blocklist(struct writer *w, const struct blocklist *b) {
    write_object(w, NULL);
    write_value(w, "name", as_ours(b->name));
    write_value(w, "lists", as_ours(b->lists));
    write_value(w, "who", as_ours(b->who));
    write_known(w, "closed", as_ours(b->closed));
    write_texts(w, "zones", b->zones);
    write_known(w, "lookup", as_ours(b->lookup));
    write_known(w, "removal", as_ours(b->removal));
    write_object_end(w);
}

static void write_heading(struct writer *w, const struct cause *c) {
    write_value(w, "cause", as_ours(c->id));
    write_value(w, "title", as_ours(c->title));
    write_value(w, "fixer", as_ours(c->fixer));
}

static void structure_cause(struct writer *w, const void *what) {
    const struct cause *c = ((const struct cause_page *)what)->cause;
    const struct rule_list *lists = &((const struct cause_page *)what)->rules->lists[RULES_BLOCKLISTS];
    write_object(w, NULL);
    write_heading(w, c);
    write_value(w, "meaning", as_ours(c->meaning));
    write_texts(w, "remedy", c->remedy);
    write_texts(w, "verify", c->verify);
    write_texts(w, "background", c->background);
    write_texts(w, "links", c->links);
    write_list(w, "blocklists");
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        if (strcmp(b->cause, c->id) == 0)
            write_blocklist(w, b);
    }
    write_list_end(w);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_cause = {.structure = structure_cause, .page = page_cause};

/* --- the list --- */

static void structure_causes(struct writer *w, const void *what) {
    const struct rule_list *causes = &((const struct rulebase *)what)->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++) {
        if (i)
            write_separator(w);
        write_object(w, NULL);
        write_heading(w, causes->items[i]);
        write_object_end(w);
        write_record_end(w);
    }
}

static void page_causes(struct page *p, const void *what) {
    static const enum words heads[] = {HEAD_CAUSE, HEAD_MEANING};
    const struct rule_list *causes = &((const struct rulebase *)what)->lists[RULES_CAUSES];
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads), causes->count);
    page_begin(p);
    for (size_t i = 0; i < causes->count; i++) {
        const struct cause *c = causes->items[i];
        page_cell(p, &t, as_ours(c->id));
        page_cell(p, &t, as_ours(c->title));
    }
    page_table_end(p, &t);
    page_end(p);
}

const struct report_form form_causes = {.structure = structure_causes, .page = page_causes};
