/* What the DNS says today, for people and programs: see present_record_sums.h. */
#include "analyze/report/present_record_sums.h"

#include "analyze/auth/check_kind.h"

void present_record_sums(struct page *p, const struct record_sums *s, size_t top) {
    const struct check_kind *kind = NULL;
    if (!s->list)
        return;
    record_sums_sort(s);
    size_t shown = MIN(s->list->len, top);
    page_section(p, word(SECTION_TODAY));
    for (size_t i = 0; i < shown; i++) {
        const struct record_sum *one = s->list->pdata[i];
        page_row(p, one->kind == kind ? NO_LABEL : as_ours(one->kind->label), as_sentence(one->text));
        kind = one->kind;
    }
    if (shown < s->list->len || s->left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE, as_count(s->list->len - shown + s->left_out)));
}

void write_record_sums(struct writer *w, const struct record_sums *s) {
    if (!s->list)
        return;
    record_sums_sort(s);
    write_list(w, "today");
    for (size_t i = 0; i < s->list->len; i++) {
        const struct record_sum *one = s->list->pdata[i];
        write_object(w, NULL);
        write_value(w, "check", as_ours(one->kind->id));
        write_value(w, "result", as_ours(check_outcome_name(one->outcome)));
        write_value(w, "found", as_stranger(one->result));
        write_known(w, "subject", as_host(one->subject));
        write_value(w, "text", as_sentence(one->text));
        write_object_end(w);
    }
    write_list_end(w);
}
