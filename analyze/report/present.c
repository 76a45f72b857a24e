/* What the report on a message says, in order: a verdict for each recipient, or what else the message is;
 * then the message, what was verified, its delivery path, and what is wrong with the input. */
#include "analyze/report/present.h"

#include "analyze/report/present_advice.h"
#include "analyze/report/present_auth.h"
#include "analyze/report/present_customer.h"
#include "analyze/report/present_feedback.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/present_path.h"
#include "analyze/report/present_receiver.h"
#include "analyze/report/present_side.h"
#include "analyze/report/present_verdict.h"

#define MOST_REASONS 8   /* of an answer; -v shows all */
#define MOST_SHOWN   20  /* verdicts with the same words are folded; beyond this many, counted */
#define MOST_OF_LINE 200 /* bytes of a subject or of recipients */

static void present_identity(struct page *p, const struct report *r) {
    const struct identity *m = &r->message;
    if (r->kind == KIND_NONE || r->kind == KIND_TRANSCRIPT || r->kind == KIND_EVENT ||
        (r->kind == KIND_REPORT && !r->message.is_present))
        return;
    bool is_answer = (r->kind == KIND_AUTO_REPLY || r->kind == KIND_CHALLENGE) && !r->is_about_another;
    bool is_itself = r->kind == KIND_MESSAGE || r->feedback || is_answer;
    if (r->is_piece && !m->date_text.len && !m->message_id.len && !m->sender.len)
        return;
    page_section(p, word(is_itself ? SECTION_MESSAGE : SECTION_ORIGINAL));
    if (!m->is_present)
        page_row(p, NO_LABEL, word(SAY_ORIGINAL_MISSING));
    page_row_known(p, word(LABEL_FROM), as_mailbox(m->from));
    page_row_known(p, word(LABEL_ENVELOPE_SENDER), as_address(m->sender));
    page_row_known(p, word(LABEL_TO), upto(as_mailbox(m->to), MOST_OF_LINE));
    page_row_known(p, word(LABEL_SUBJECT), upto(as_subject(m->subject), MOST_OF_LINE));
    page_row_known(p, word(LABEL_DATE), as_time(m->date));
    page_row_known(p, word(LABEL_MESSAGE_ID), as_identifier(m->message_id));
    page_row_known(p, word(LABEL_QUEUE_ID), as_identifier(r->queue_id));
}

/* --- what reports no refusal --- */

/* A message that arrived, and was taken for spam as far as is known. */
static bool is_taken_for_spam(const struct report *r) {
    const struct answer *a = r->answers ? &r->answers[ASKED_SPAM] : NULL;
    return a && a->result && strcmp(a->result, "yes") == 0 && a->confidence >= CONFIDENCE_LIKELY;
}

/* A feedback report that is no complaint is headed by what it says. */
static struct value notice_title(const struct report *r) {
    static const enum words titles[] = {[KIND_NONE] = SAY_NOTICE_NONE,
                                        [KIND_MESSAGE] = SAY_NOTICE_MESSAGE,
                                        [KIND_BOUNCE] = NO_WORDS,
                                        [KIND_AUTO_REPLY] = SAY_NOTICE_AUTO_REPLY,
                                        [KIND_COMPLAINT] = SAY_NOTICE_COMPLAINT,
                                        [KIND_CHALLENGE] = SAY_NOTICE_CHALLENGE,
                                        [KIND_TRANSCRIPT] = NO_WORDS,
                                        [KIND_EVENT] = NO_WORDS,
                                        [KIND_REPORT] = NO_WORDS};
    const struct cause *cause = r->verdicts ? r->verdicts->cause : NULL;
    if (cause && strcmp(cause->id, "notice.challenge") == 0)
        return word(SAY_NOTICE_CHALLENGE);
    if (r->kind == KIND_COMPLAINT && cause && strcmp(cause->id, "notice.complaint") != 0)
        return as_ours(cause->title);
    if (r->kind == KIND_MESSAGE && is_taken_for_spam(r))
        return word(SAY_NOTICE_SPAM);
    if (r->kind == KIND_MESSAGE && r->is_piece)
        return word(SAY_NOTICE_PIECE);
    bool is_typed = r->complaint.type.len;
    if (r->kind == KIND_COMPLAINT &&
        (slice_starts_nocase(slice_trim(r->complaint.type), SLICE("opt-out")) ||
         (!is_typed && slice_find_nocase(r->human, SLICE("to unsubscribe")) < r->human.len)))
        return word(SAY_NOTICE_OPT_OUT);
    return word(titles[r->kind]);
}

/* Of one line, the reason why nothing is explained. */
static struct value short_notice(const struct page *p, const struct report *r) {
    bool is_problem = p->medium->has_titles_only && r->kind == KIND_NONE && r->problems.first;
    return is_problem ? as_note(r->problems.first->text) : notice_title(r);
}

static void present_notice(struct page *p, const struct report *r) {
    const struct verdict *v = r->verdicts;
    page_title(p, short_notice(p, r), r->kind == KIND_MESSAGE ? EMPHASIS_NONE : EMPHASIS_WARN);
    if (!p->medium->has_titles_only)
        (r->kind == KIND_MESSAGE ? present_message_side : present_side)(p, r->stance);
    if (v) {
        for (const struct verdict *each = v; each; each = each->next)
            page_row_known(p, each == v ? word(LABEL_RECIPIENT) : NO_LABEL, as_address(each->recipient));
        page_row(p, word(LABEL_WHY),
                 page_say(p, SAY_NAME_WITH_DETAIL, as_ours(v->cause->title), as_ours(v->cause->id)));
        present_remedy(p, v);
        page_section(p, word(SECTION_EVIDENCE));
        present_evidence(p, v);
    }
    page_row_known(p, word(LABEL_TYPE), as_stranger(r->complaint.type));
    page_row_known(p, word(LABEL_SENT_FROM), as_network(r->complaint.source_ip));
    page_row_known(p, word(LABEL_REPORTED_BY), as_stranger(r->complaint.user_agent));
}

/* --- answers --- */

static struct value sureness(const struct answer *a) {
    static const enum words words[CONFIDENCES] = {NO_WORDS, SAY_ANSWER_GUESS, SAY_ANSWER_LIKELY,
                                                  SAY_ANSWER_CERTAIN};
    return word(words[a->confidence]);
}

/* What to do about mail that was taken for spam, or of which nobody knows. */
static void present_next(struct page *p, const struct report *r, enum asked asked) {
    const struct answer *a = &r->answers[asked];
    if (asked == ASKED_SPAM && r->kind == KIND_MESSAGE && strcmp(a->result, "no") != 0)
        page_row(p, word(LABEL_WHAT_TO_DO),
                 word(strcmp(a->result, "yes") == 0 ? SAY_SPAM_NEXT : SAY_SPAM_UNKNOWN_NEXT));
}

static void present_answers(struct page *p, const struct report *r) {
    static const enum words titles[ASKED] = {
        [ASKED_AUTHENTIC] = SECTION_ASK_AUTHENTIC,
        [ASKED_SPAM] = SECTION_ASK_SPAM,
        [ASKED_DELAY] = SECTION_ASK_DELAY,
        [ASKED_ROUTE] = SECTION_ASK_ROUTE,
    };
    for (enum asked q = 0; r->answers && q < ASKED; q++) {
        const struct answer *a = &r->answers[q];
        if (!a->text.len)
            continue;
        page_section(p, word(titles[q]));
        page_row(p, word(LABEL_ANSWER), page_join(p, as_note(a->text), " ", sureness(a)));
        size_t shown = 0;
        for (const struct note *n = a->because.first; n; n = n->next, shown++)
            if (shown < MOST_REASONS || p->style.verbose)
                page_row(p, shown ? NO_LABEL : word(LABEL_BECAUSE),
                         page_at_line(p, n->line, as_note(n->text)));
        if (shown > MOST_REASONS && !p->style.verbose)
            page_row(p, NO_LABEL, page_say(p, SAY_MORE_HIDDEN, as_count(shown - MOST_REASONS)));
        present_next(p, r, q);
    }
}

/* --- bounces --- */

static void present_verdicts(struct page *p, const struct report *r) {
    if (p->medium->has_titles_only) {
        for (const struct verdict *v = r->verdicts; v; v = v->next)
            present_brief(p, v);
        return;
    }
    size_t count = 0;
    size_t left_out = 0;
    for (const struct verdict *v = r->verdicts; v;) {
        bool is_shown = count++ < MOST_SHOWN || p->style.verbose;
        left_out += !is_shown;
        v = is_shown ? present_verdict(p, r, v) : present_alike(p, v, false);
    }
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_VERDICTS, as_count(left_out)));
}

static void present_problems(struct page *p, const struct problem *problem) {
    if (problem)
        page_section(p, word(SECTION_PROBLEMS));
    for (; problem; problem = problem->next)
        page_row(p, word(problem->is_error ? LABEL_ERROR : LABEL_WARNING),
                 page_at_line(p, problem->line, as_note(problem->text)));
}

static bool is_about_delivery(const struct report *r) {
    return r->kind == KIND_BOUNCE || r->kind == KIND_TRANSCRIPT || r->kind == KIND_EVENT;
}

/* What, whom and when. A report of a receiver has a title that says it. */
static void present_about(struct page *p, const struct report *r) {
    const struct verdict *v = r->verdicts;
    struct value title = v && is_about_delivery(r) ? verdict_title(p, v)
                         : r->kind == KIND_REPORT  ? NO_LABEL
                                                   : notice_title(r);
    int64_t day = r->message.date != -1 || !v ? r->message.date : v->last_attempt;
    if (r->kind == KIND_MESSAGE && r->message.subject.len)
        title = page_say(p, TITLE_AND_DAY, title, upto(as_subject(r->message.subject), MOST_OF_LINE));
    if (value_is_known(title) && day > 0)
        title = page_say(p, TITLE_AND_DAY, title, as_day(day));
    page_about(p, title, as_file(r->name));
}

static void present_support(struct page *p, const struct report *r) {
    if (is_about_delivery(r))
        present_verdicts(p, r);
    else if (r->kind == KIND_REPORT)
        present_feedback(p, r);
    else
        present_notice(p, r);
    present_answers(p, r);
    present_identity(p, r);
    present_verification(p, r);
    if (r->verification)
        present_fixed(p, &r->verification->auth, r->verification->after);
    present_paths(p, r);
    present_problems(p, r->problems.first);
    present_next_command(p, r);
}

void page_message(struct page *p, const void *report) {
    static void (*const present[])(struct page *,
                                   const struct report *) = {[READER_SUPPORT] = present_support,
                                                             [READER_CUSTOMER] = present_customer,
                                                             [READER_RECEIVER] = present_receiver};
    page_begin(p);
    present_about(p, report);
    present[p->style.reader](p, report);
    page_end(p);
}

void page_reply(struct page *p, const void *verdict) {
    static void (*const present[])(struct page *,
                                   const struct verdict *) = {[READER_SUPPORT] = present_reply,
                                                              [READER_CUSTOMER] = present_customer_reply,
                                                              [READER_RECEIVER] = present_receiver_reply};
    page_begin(p);
    present[p->style.reader](p, verdict);
    page_end(p);
}
