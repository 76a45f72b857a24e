/* What rules, causes, topics and providers say: see rule_words.h. */
#include "analyze/report/rule_words.h"

#include "analyze/verdict/advice.h"

/* A text of the rules, with no verdict to fill it from. */
static struct value rule_text(struct arena *arena, const char *text) {
    return as_type(VALUE_OURS, advice_fill(NULL, arena, text));
}

void rows_of_texts(struct page *p, struct value label, const char *const *list) {
    for (unsigned i = 0; list && list[i]; i++)
        page_row(p, i ? NO_LABEL : label, rule_text(p->outlet.arena, list[i]));
}

void rows_of_steps(struct page *p, const char *const *list) {
    for (unsigned i = 0; list && list[i]; i++)
        page_step(p, i ? NO_LABEL : word(LABEL_WHAT_TO_DO), i + 1, rule_text(p->outlet.arena, list[i]));
}

void write_texts(struct writer *w, const char *key, const char *const *list) {
    if (!list)
        return;
    write_list(w, key);
    for (; *list; list++)
        write_value(w, NULL, rule_text(w->outlet.arena, *list));
    write_list_end(w);
}

void row_of_origin(struct page *p, const char *const *source, const char *seen) {
    for (unsigned i = 0; source && source[i]; i++)
        page_row(p, i ? NO_LABEL : word(LABEL_SEEN_AT),
                 i || !seen ? as_ours(source[i])
                            : page_say(p, SAY_SEEN_ON, as_ours(source[i]), as_ours(seen)));
}

void write_origin(struct writer *w, const char *const *source, const char *seen) {
    write_texts(w, "source", source);
    write_known(w, "seen", as_ours(seen));
}

bool is_among(const char *cause, const char *const *words) {
    while (words && *words && !cause_is_of(cause, *words))
        words++;
    return words && *words;
}

void table_of_causes(struct page *p, const struct rulebase *rules, const char *const *words) {
    static const enum words heads[] = {HEAD_CAUSE, HEAD_MEANING};
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    struct table t = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads), causes->count);
    for (size_t i = 0; i < causes->count; i++) {
        const struct cause *c = causes->items[i];
        if (words && !is_among(c->id, words))
            continue;
        page_cell(p, &t, as_ours(c->id));
        page_cell(p, &t, as_ours(c->title));
    }
    page_table_end(p, &t);
}

void rows_of_blocklist(struct page *p, const struct blocklist *b) {
    page_row(p, word(LABEL_LISTS), as_ours(b->lists));
    page_row(p, word(LABEL_WHO_MAY_ASK), as_ours(b->who));
    page_row_known(p, word(LABEL_CLOSED), as_ours(b->closed));
    rows_of_texts(p, word(LABEL_ZONES), b->zones);
    for (const char *const *a = b->answers; a && *a; a += 2)
        page_row(p, a == b->answers ? word(LABEL_ANSWERS) : NO_LABEL,
                 page_say(p, SAY_NAME_AND_TEXT, as_ours(a[0]), as_ours(a[1])));
    page_row_known(p, word(LABEL_LOOK_UP), as_ours(b->lookup));
    page_row_known(p, word(LABEL_REMOVAL), as_ours(b->removal));
    row_of_origin(p, b->source ? (const char *const[]){b->source, NULL} : NULL, b->seen);
}

void write_blocklist(struct writer *w, const struct blocklist *b) {
    write_object(w, NULL);
    write_value(w, "list", as_ours(b->id));
    write_value(w, "name", as_ours(b->name));
    write_value(w, "lists", as_ours(b->lists));
    write_value(w, "who", as_ours(b->who));
    write_known(w, "closed", as_ours(b->closed));
    write_texts(w, "zones", b->zones);
    write_known(w, "lookup", as_ours(b->lookup));
    write_known(w, "removal", as_ours(b->removal));
    write_origin(w, b->source ? (const char *const[]){b->source, NULL} : NULL, b->seen);
    write_object_end(w);
}
