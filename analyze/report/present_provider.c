/* A provider: see present_provider.h. */
#include "analyze/report/present_provider.h"

#include "analyze/report/rule_words.h"

/* The causes, or categories, of one advice: a cause with its title. */
static struct value causes_of(struct page *p, const struct rulebase *rules, const char *const *words) {
    struct value all = NO_LABEL;
    for (; *words; words++) {
        const struct cause *cause = rulebase_cause(rules, *words);
        struct value one = cause ? page_say(p, SAY_NAME_WITH_DETAIL, as_ours(cause->title), as_ours(*words))
                                 : as_ours(*words);
        all = page_join(p, all, "; ", one);
    }
    return all;
}

static void present_advice(struct page *p, const struct rulebase *rules, const struct provider_advice *a) {
    page_section(p, causes_of(p, rules, a->cause));
    rows_of_steps(p, a->remedy);
    rows_of_texts(p, word(LABEL_LINK), a->links);
    row_of_origin(p, a->source ? (const char *const[]){a->source, NULL} : NULL, a->seen);
}

static void page_provider(struct page *p, const void *what) {
    const struct rulebase *rules = ((const struct provider_page *)what)->rules;
    const struct provider *x = ((const struct provider_page *)what)->provider;
    bool has_pages = x->page || x->form || x->loop || x->tool || x->asks;
    page_begin(p);
    page_title(p, page_say(p, SAY_NAME_AND_TEXT, as_ours(x->id), as_ours(x->name)), EMPHASIS_NONE);
    page_row_known(p, word(LABEL_POSTMASTER), as_ours(x->page));
    page_row_known(p, word(LABEL_UNBLOCK), as_ours(x->form));
    page_row_known(p, word(LABEL_FEEDBACK_LOOP), as_ours(x->loop));
    page_row_known(p, word(LABEL_ITS_VIEW), as_ours(x->tool));
    rows_of_texts(p, word(LABEL_ASKS), x->asks);
    if (!has_pages)
        page_row(p, word(LABEL_POSTMASTER), word(SAY_NO_PAGES));
    row_of_origin(p, x->source, x->seen);
    rows_of_texts(p, word(LABEL_HOSTS), x->hosts);
    if (x->advice)
        page_title(p, word(SECTION_ADVICE_BY_CAUSE), EMPHASIS_NONE);
    for (const struct provider_advice *const *a = x->advice; a && *a; a++)
        present_advice(p, rules, *a);
    page_end(p);
}

static void write_advice(struct writer *w, const struct provider_advice *a) {
    write_object(w, NULL);
    write_texts(w, "causes", a->cause);
    write_texts(w, "remedy", a->remedy);
    write_texts(w, "links", a->links);
    write_origin(w, a->source ? (const char *const[]){a->source, NULL} : NULL, a->seen);
    write_object_end(w);
}

static void structure_provider(struct writer *w, const void *what) {
    const struct provider *x = ((const struct provider_page *)what)->provider;
    write_object(w, NULL);
    write_value(w, "provider", as_ours(x->id));
    write_value(w, "name", as_ours(x->name));
    write_known(w, "page", as_ours(x->page));
    write_known(w, "form", as_ours(x->form));
    write_known(w, "loop", as_ours(x->loop));
    write_known(w, "tool", as_ours(x->tool));
    write_texts(w, "asks", x->asks);
    write_origin(w, x->source, x->seen);
    write_texts(w, "hosts", x->hosts);
    write_list(w, "advice");
    for (const struct provider_advice *const *a = x->advice; a && *a; a++)
        write_advice(w, *a);
    write_list_end(w);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_provider = {.structure = structure_provider, .page = page_provider};
