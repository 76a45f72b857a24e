/* What the parts of an audit of SPF share: see spf_auditing.h. */
#include "analyze/auth/spf_auditing.h"

#include "parsers/base/text.h"

#define MOST_SHOWN 120 /* bytes of a term */

struct check *spf_auditing_add(struct spf_auditing *a, enum check_outcome outcome, const char *result,
                               struct slice text) {
    a->faults++;
    return check_add(a->list, a->kind, outcome, result, a->domain, text);
}

void spf_auditing_mend(struct spf_auditing *a, struct check *c, const char *how) {
    check_remedy(a->list, c, TEXT(a->list, "%s", how));
    if (a->mended_count < SPF_MOST_MENDED)
        a->mended[a->mended_count++] = c;
}

void spf_auditing_leave_out(struct spf_auditing *a, const struct spf_term *t) {
    spf_auditing_replace(a, t, SLICE_EMPTY);
}

void spf_auditing_replace(struct spf_auditing *a, const struct spf_term *t, struct slice instead) {
    if (a->left_out.count == SPF_MOST_LEFT_OUT)
        return;
    a->left_out.instead[a->left_out.count] = instead;
    a->left_out.terms[a->left_out.count++] = t->text;
}

struct slice spf_auditing_shown(struct spf_auditing *a, struct slice text) {
    return text_shown(a->list->arena, text, MOST_SHOWN);
}
