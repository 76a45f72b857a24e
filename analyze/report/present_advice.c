/* What to do about a refusal: see present_advice.h. */
#include "analyze/report/present_advice.h"

#include "analyze/report/present_cause.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/rule_words.h"
#include "analyze/report/typed.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/genuine.h"

/* Where the texts of a list of advice go. */
struct advice_rows {
    struct page *page;
    unsigned count;
};

static void add_step(void *context, struct slice text) {
    struct advice_rows *rows = context;
    rows->count++;
    page_step(rows->page, rows->count == 1 ? word(LABEL_WHAT_TO_DO) : NO_LABEL, rows->count, as_advice(text));
}

/* Behind `rows.count` steps that stand there already. */
static void present_steps(struct page *p, const struct verdict *v, struct advice_rows rows) {
    verdict_remedies(v, p->outlet.arena, add_step, &rows);
    rows_of_texts(p, word(LABEL_ASKS), verdict_asks(v));
    struct value month = as_type(VALUE_OURS, verdict_advice_month(v, p->outlet.arena));
    if (value_is_known(month))
        page_row(p, NO_LABEL, page_say(p, SAY_ADVICE_AS_OF, month));
}

static void join_step(void *context, struct slice text) {
    g_string_append_len(context, text.ptr, (gssize)text.len);
    g_string_append_c(context, '\n');
}

/* Is of both to be done the same? */
static bool is_mended_alike(struct page *p, const struct verdict *a, const struct verdict *b) {
    if (a == b || verdict_root_cause(a) != verdict_root_cause(b))
        return false;
    g_autoptr(GString) of_a = g_string_new(NULL);
    g_autoptr(GString) of_b = g_string_new(NULL);
    verdict_remedies(a, p->outlet.arena, join_step, of_a);
    verdict_remedies(b, p->outlet.arena, join_step, of_b);
    return of_a->len && g_string_equal(of_a, of_b);
}

/* Steps that stand with the first recipient are not told again; what was mended since is tried first. */
void present_advice(struct page *p, const struct report *r, const struct verdict *v) {
    const struct verdict *first = r->verdicts;
    struct advice_rows rows = {p, 0};
    if (first->recipient.len && is_mended_alike(p, first, v)) {
        page_row(p, word(LABEL_WHO_CAN_FIX), fixer_said(p, v));
        page_row(p, word(LABEL_WHAT_TO_DO), page_say(p, SAY_AS_FOR, as_address(first->recipient)));
        return;
    }
    page_row(p, word(LABEL_WHO_CAN_FIX), fixer_said(p, v));
    bool is_fixed = reason_now(r, v) == FIXED_NOW;
    if (is_fixed || report_is_backscatter(r))
        page_step(p, word(LABEL_WHAT_TO_DO), ++rows.count, word(is_fixed ? SAY_SEND_AGAIN : SAY_NOT_YOURS));
    present_steps(p, v, rows);
}

void present_remedy(struct page *p, const struct verdict *v) {
    page_row(p, word(LABEL_WHO_CAN_FIX), fixer_said(p, v));
    present_steps(p, v, (struct advice_rows){p, 0});
}
