/* The questions in their order: see answers.h. */
#include "analyze/verdict/answers.h"

#include "analyze/verdict/answer_authentic.h"
#include "analyze/verdict/answer_delay.h"
#include "analyze/verdict/answer_route.h"
#include "analyze/verdict/answer_spam.h"
#include "analyze/verdict/dkim_reason.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"

bool answering_is_aligned(struct answering *a, struct slice from, struct slice domain) {
    struct slice organisation = organisation_of(a->arena, from);
    return organisation.len && domain.len &&
           (slice_equal_nocase(from, domain) ||
            slice_equal_nocase(organisation, organisation_of(a->arena, domain)));
}

bool answering_is_told(const struct answering *a, struct slice text) {
    for (const struct note *told = a->answer->because.first; told; told = told->next)
        if (slice_equal(slice_upto(told->text, text.len), text))
            return true;
    return slice_find(a->answer->text, text) < a->answer->text.len;
}

void answering_tell_dkim(struct answering *a, unsigned line, struct slice reason) {
    const char *meaning = dkim_reason_means(reason);
    if (meaning && !answering_is_told(a, slice_of(meaning)))
        BECAUSE(a, line, "%s", meaning);
}

struct slice claim_domain(const struct claim *c, const char *const *names) {
    for (; *names; names++)
        for (const struct property *p = c->properties; p; p = p->next)
            if (slice_equal_nocase(p->name, slice_of(*names))) {
                struct slice domain = address_domain(p->value);
                bool is_none = slice_equal_nocase(p->value, SLICE("none")); /* Microsoft: header.d=none */
                return domain.len ? domain : is_none ? SLICE_EMPTY : p->value;
            }
    return SLICE_EMPTY;
}

static void (*const questions[])(struct answering *a) = {
    [ASKED_AUTHENTIC] = answer_authentic,
    [ASKED_SPAM] = answer_spam,
    [ASKED_DELAY] = answer_delay,
    [ASKED_ROUTE] = answer_route,
};
_Static_assert(sizeof questions / sizeof *questions == ASKED, "a question without an answer");

/* Of a receiver's report that came as a mail only who sent it: anyone can write one, and who believes it may
 * allow others' addresses to send in his name. */
static bool is_asked(const struct report *report, enum asked question) {
    if (report->kind == KIND_REPORT)
        return question == ASKED_AUTHENTIC && report->mail.chain.count > 0;
    return report->kind == KIND_MESSAGE || report->kind == KIND_AUTO_REPLY;
}

void report_answer(struct report *report, const struct trust_list *trust, struct arena *arena) {
    if (!is_asked(report, ASKED_AUTHENTIC))
        return;
    struct answer *answers = arena_alloc(arena, ASKED * sizeof *answers);
    for (enum asked i = 0; i < ASKED; i++) {
        answers[i] = (struct answer){.result = "unknown"};
        struct answering a = {report, &answers[i], arena, trust && trust->count > 0};
        if (is_asked(report, i))
            questions[i](&a);
    }
    report->answers = answers;
}
