/* See present_answer.h. */
#include "analyze/report/present_answer.h"

/* What the list means by it; NULL: it does not answer so. */
static const char *meaning_of(const struct blocklist *list, struct slice answer) {
    for (const char *const *a = list->answers; a && a[0]; a += 2)
        if (slice_equal(answer, slice_of(a[0])))
            return a[1];
    return NULL;
}

bool answer_is_known(const struct rulebase *rules, struct slice answer) {
    const struct rule_list *lists = &rules->lists[RULES_BLOCKLISTS];
    for (size_t i = 0; i < lists->count; i++)
        if (meaning_of(lists->items[i], answer))
            return true;
    return false;
}

static void page_answer(struct page *p, const void *what) {
    const struct answer_page *a = what;
    const struct rule_list *lists = &a->rules->lists[RULES_BLOCKLISTS];
    page_begin(p);
    page_title(p, page_say(p, TITLE_ANSWER, as_network(a->answer)), EMPHASIS_NONE);
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        const char *meaning = meaning_of(b, a->answer);
        if (meaning)
            page_row(p, as_ours(b->name), as_ours(meaning));
    }
    page_row(p, NO_LABEL, word(SAY_ANSWER_OF_WHICH));
    page_end(p);
}

static void structure_answer(struct writer *w, const void *what) {
    const struct answer_page *a = what;
    const struct rule_list *lists = &a->rules->lists[RULES_BLOCKLISTS];
    write_object(w, NULL);
    write_value(w, "answer", as_network(a->answer));
    write_list(w, "lists");
    for (size_t i = 0; i < lists->count; i++) {
        const struct blocklist *b = lists->items[i];
        const char *meaning = meaning_of(b, a->answer);
        if (!meaning)
            continue;
        write_object(w, NULL);
        write_value(w, "list", as_ours(b->id));
        write_value(w, "meaning", as_ours(meaning));
        write_object_end(w);
    }
    write_list_end(w);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_answer = {.structure = structure_answer, .page = page_answer};
