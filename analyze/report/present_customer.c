/* The page for the customer: see present_customer.h. */
#include "analyze/report/present_customer.h"

#include "analyze/report/present_fixed.h"
#include "analyze/report/present_verdict.h"
#include "analyze/verdict/genuine.h"
#include "analyze/verdict/step_parts.h"
#include "analyze/verdict/verification.h"
#include "parsers/base/date.h"

#define MOST_SHOWN            20  /* recipients that are named; the others are counted */
#define MOST_OF_LINE          200 /* bytes of a subject or a name */
#define MOST_OF_SAID          600 /* bytes of an answer */
#define LONGEST_SHOWN_ADDRESS 100

/* Recipients of whom the same is told. */
struct told {
    const struct verdict *first;
    const struct reader_text *text; /* NULL: there is none of such a cause */
    const struct verdict *named[MOST_SHOWN];
    size_t named_count, count;
    bool is_fixed; /* since, as a later snapshot shows */
};

/* Where a program did not reach its outgoing server, no server of ours or of the recipient's had the mail;
 * and whatever server answered a program is its outgoing one. */
static const char *told_as(const struct verdict *v) {
    static const struct {
        const char *cause, *told_as;
    } of_programs[] = {{"network", "sender-system"},
                       {"tls", "sender-system"},
                       {"receiver", "sender-system.error"},
                       {"unknown", "unknown"}};
    const char *cause = verdict_root_cause(v)->id;
    for (size_t i = 0; i < G_N_ELEMENTS(of_programs) && v->is_of_program; i++)
        if (cause_is_of(cause, of_programs[i].cause))
            return of_programs[i].told_as;
    return cause;
}

static const struct reader_text *text_of(const struct page *p, const struct verdict *v) {
    const struct reader_text *text = rulebase_reader(p->style.rules, told_as(v));
    return text ? text : rulebase_reader(p->style.rules, "unknown.unclassified");
}

static const struct {
    const char *fixer;
    enum words turn;
} turns[] = {{"author", SAY_TURN_YOURS},
             {"recipient", SAY_TURN_RECIPIENT},
             {"receiver-operator", SAY_TURN_RECEIVER},
             {"network-operator", SAY_TURN_NETWORK},
             {"nobody", SAY_TURN_NOBODY}};

static enum words turn_of(const char *fixer) {
    for (size_t i = 0; i < G_N_ELEMENTS(turns); i++)
        if (strcmp(turns[i].fixer, fixer) == 0)
            return turns[i].turn;
    return SAY_TURN_OURS;
}

static bool is_ours(enum words turn) {
    return turn == SAY_TURN_OURS || turn == SAY_TURN_NETWORK;
}

/* Whose turn it is by the text's steps; of a cause that leaves that open, by the case. */
static enum words turn_by_text(const struct reader_text *text, const struct verdict *v) {
    const char *fixer = text->turn ? text->turn : verdict_root_cause(v)->fixer;
    bool is_open = strcmp(fixer, "nobody") == 0 || strcmp(fixer, "as the underlying cause") == 0;
    return turn_of(is_open ? v->fixer : fixer);
}

/* A mail server that tells of it has a login of its own; else it is that of a mail program. */
static bool is_login_of_server(const struct verdict *v) {
    return strcmp(verdict_root_cause(v)->id, "access.login-required") == 0 && (v->software || v->host.len);
}

/* What is for us to mend in this case, though the text leaves it to others: not where the text takes the turn
 * from the one who can fix the cause. */
static bool is_ours_here(const struct reader_text *text, const struct verdict *v) {
    bool is_by_text =
        text->turn && strcmp(v->fixer, verdict_root_cause(v)->fixer) == 0 && !is_login_of_server(v);
    return is_ours(turn_of(v->fixer)) && !is_ours(turn_by_text(text, v)) && !is_by_text &&
           !cause_is_of(v->cause->id, "notice");
}

/* A cause that may be another one is told as what probably happened; that the reason is not known is no
 * guess. */
static bool is_probable(const struct verdict *v) {
    const char *cause = verdict_root_cause(v)->id;
    bool is_of_failure = !verdict_is_delivered(v) && !cause_is_of(v->cause->id, "notice");
    bool says_why = !cause_is_of(cause, "unknown") && strcmp(cause, "access.denied") != 0;
    return v->confidence < CONFIDENCE_CERTAIN && is_of_failure && says_why;
}

/* Does the later snapshot show that what kept it back has been put right? Then to send it again is all. */
static bool is_fixed_since(const struct report *r, const struct verdict *v) {
    return v->outcome == ACTION_FAILED && reason_now(r, v) == FIXED_NOW;
}

static bool is_told_by(const struct told *t, const struct reader_text *text, const struct verdict *v) {
    return t->text == text && t->first->outcome == v->outcome && t->first->is_permanent == v->is_permanent &&
           strcmp(t->first->fixer, v->fixer) == 0 && is_probable(t->first) == is_probable(v);
}

static void add_recipient(struct told *t, const struct verdict *v) {
    t->count++;
    if (v->recipient.len && t->named_count < MOST_SHOWN)
        t->named[t->named_count++] = v;
}

/* --- words of strangers --- */

static struct value quoted(struct page *p, struct value v) {
    return page_say(p, SAY_QUOTED, v);
}

/* An address that nobody can take for words of ours. */
static bool is_plain_address(struct slice s) {
    size_t at = slice_find_char(s, '@');
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_alnum(s.ptr[i]) && !(s.ptr[i] && strchr("@._+-=", s.ptr[i])))
            return false;
    return at && at + 1 < s.len && s.len <= LONGEST_SHOWN_ADDRESS;
}

static struct value recipient_words(struct page *p, const struct verdict *v) {
    struct value address = upto(as_address(v->recipient), MOST_OF_LINE);
    return is_plain_address(v->recipient) ? address : quoted(p, address);
}

/* 2026-11-24 15:00 UTC: the same in all languages. */
static struct value time_words(struct page *p, int64_t time) {
    char text[24] = "";
    if (time == -1)
        return NO_LABEL;
    date_format(time, text);
    return as_type(VALUE_OURS, arena_printf(p->outlet.arena, "%.10s %.5s UTC", text, text + 11));
}

/* --- parts --- */

/* A reply that stands alone says only whether it lasts; what only tells something of the mail is no try. */
static bool is_tried(const struct verdict *v) {
    if (strcmp(v->cause->id, "notice.held") == 0)
        return false;
    return v->outcome == ACTION_DELAYED || (v->outcome == ACTION_UNKNOWN && v->is_lasting_known &&
                                            !v->is_permanent && !cause_is_of(v->cause->id, "notice"));
}

static struct value title_of(struct page *p, const struct told *t) {
    static const enum words titles[][3] = {
        {TITLE_YOURS_FAILED, TITLE_YOURS_FAILED_SEVERAL, TITLE_YOURS_FAILED_UNNAMED},
        {TITLE_YOURS_DELAYED, TITLE_YOURS_DELAYED_SEVERAL, TITLE_YOURS_DELAYED_UNNAMED},
        {TITLE_YOURS_ARRIVED, TITLE_YOURS_ARRIVED_SEVERAL, TITLE_YOURS_ARRIVED_UNNAMED},
        {TITLE_YOURS_PASSED_ON, TITLE_YOURS_PASSED_ON_SEVERAL, TITLE_YOURS_PASSED_ON_UNNAMED},
        {TITLE_YOURS_NOTICE, TITLE_YOURS_NOTICE_SEVERAL, TITLE_YOURS_NOTICE_UNNAMED}};
    const struct verdict *v = t->first;
    bool waits = is_tried(v) || v->outcome == ACTION_DELAYED || strcmp(v->cause->id, "notice.challenge") == 0;
    bool is_passed_on = v->outcome == ACTION_RELAYED || v->outcome == ACTION_EXPANDED;
    bool has_arrived = v->outcome == ACTION_DELIVERED || strcmp(v->cause->id, "notice.auto-reply") == 0;
    bool is_notice = v->is_perhaps_none || cause_is_of(v->cause->id, "notice");
    size_t row = waits ? 1 : is_passed_on ? 3 : has_arrived ? 2 : is_notice ? 4 : 0;
    if (t->count > 1)
        return word(titles[row][1]);
    return is_plain_address(v->recipient) ? page_say(p, titles[row][0], as_address(v->recipient))
                                          : word(titles[row][2]);
}

static void present_next(struct page *p, const struct told *t) {
    const struct verdict *v = t->first;
    if (t->is_fixed)
        page_row(p, word(LABEL_WHAT_NEXT), word(SAY_NEXT_FIXED));
    else if (v->outcome == ACTION_FAILED && !v->is_perhaps_none)
        page_row(p, word(LABEL_WHAT_NEXT), word(SAY_NEXT_OVER));
    else if (is_tried(v))
        page_row(p, word(LABEL_WHAT_NEXT),
                 v->retry_until == -1 ? word(SAY_NEXT_TRIES)
                                      : page_say(p, SAY_NEXT_TRIES_UNTIL, time_words(p, v->retry_until)));
}

static void present_steps(struct page *p, const struct told *t, bool is_ours_to_mend) {
    const struct reader_text *ours = rulebase_reader(p->style.rules, "sender-system.error");
    unsigned number = 0;
    for (const char *const *step = is_ours_to_mend && ours ? ours->steps : t->text->steps; *step; step++) {
        struct slice text =
            step_applicable(t->first, p->outlet.arena, language_say(p->style.language, *step));
        if (text.len)
            page_step(p, number ? NO_LABEL : word(LABEL_YOU_CAN), number + 1, as_type(VALUE_OURS, text));
        number += text.len > 0;
    }
}

static void present_told(struct page *p, const struct told *t) {
    const struct verdict *v = t->first;
    page_row(p, word(is_probable(v) ? LABEL_HAPPENED_LIKELY : LABEL_HAPPENED), as_ours(t->text->customer));
    bool is_ours_to_mend = is_ours_here(t->text, v);
    page_row(p, word(LABEL_TURN),
             word(t->is_fixed       ? SAY_TURN_YOURS
                  : is_ours_to_mend ? turn_of(v->fixer)
                                    : turn_by_text(t->text, v)));
    if (!t->is_fixed)
        present_steps(p, t, is_ours_to_mend);
    present_next(p, t);
}

/* What a server said of it, or else what the report says. */
static void present_answer(struct page *p, const struct verdict *v) {
    bool has_reply = v->reply.text.len || v->reply.code;
    const struct evidence *e = v->evidence;
    struct slice words = has_reply || !e ? v->reply.text : e->text;
    bool says_nothing = slice_find_char(words, ' ') == words.len; /* a code or an address alone */
    if (says_nothing || (verdict_is_delivered(v) && !v->reply.code))
        return;
    bool is_silent = verdict_is_silent(v) || (v->is_of_program && !v->reply.code && !v->reply.enhanced[0]);
    page_section(p, word(is_silent || v->is_perhaps_none       ? SECTION_WAS_REPORTED
                         : cause_is_of(v->cause->id, "notice") ? SECTION_AUTO_ANSWER
                                                               : SECTION_ANSWERED));
    struct value host = v->host.len && !is_silent
                            ? page_say(p, SAY_ANSWER_OF, upto(as_server(v->host), MOST_OF_LINE))
                            : NO_LABEL;
    if (verdict_is_delivered(v)) /* the proof that it was taken */
        host = page_join(p, host, ", ", time_words(p, v->last_attempt));
    page_quote(p, quoted(p, has_reply ? reply_words(p, &v->reply) : upto(as_reply(words), MOST_OF_SAID)),
               host);
}

/* A feedback report, an absence: what was said to the sender. */
static void present_human(struct page *p, const struct report *r) {
    if (!r->human.len)
        return;
    page_section(p, word(SECTION_AUTO_ANSWER));
    page_quote(p, quoted(p, upto(as_reply(slice_trim(r->human)), MOST_OF_SAID)), NO_LABEL);
}

/* The number of the mail at a server of ours; it is a stranger's word unless that server wrote it. */
static void present_reference(struct page *p, const struct report *r, const struct verdict *v) {
    struct value id = upto(as_identifier(r->queue_id), MOST_OF_LINE);
    bool is_ours_to_say = !v->evidence || v->evidence->trust > TRUST_UNVERIFIED;
    page_row(p, word(is_ours_to_say ? LABEL_YOUR_REFERENCE : LABEL_SAID_REFERENCE),
             is_ours_to_say ? id : quoted(p, id));
}

/* Of an automatic answer the header is the answer's own, and nothing of the customer's mail is known. */
static bool is_mail_known(const struct report *r, const struct told *t) {
    bool is_answer = (r->kind == KIND_AUTO_REPLY || r->kind == KIND_CHALLENGE) && !r->is_about_another;
    return !is_answer &&
           (t->named_count || r->message.subject.len || r->message.date != -1 || r->queue_id.len);
}

static void present_mail(struct page *p, const struct report *r, const struct told *t) {
    if (!is_mail_known(r, t))
        return;
    page_section(p, word(SECTION_YOUR_MESSAGE));
    for (size_t i = 0; i < t->named_count; i++)
        page_row(p, i ? NO_LABEL : word(LABEL_YOUR_RECIPIENT), recipient_words(p, t->named[i]));
    if (t->count > t->named_count && t->named_count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_RECIPIENTS, as_count(t->count - t->named_count)));
    if (r->message.subject.len)
        page_row(p, word(LABEL_YOUR_SUBJECT), quoted(p, upto(as_subject(r->message.subject), MOST_OF_LINE)));
    page_row_known(p, word(LABEL_YOUR_DATE), time_words(p, r->message.date));
    if (r->queue_id.len)
        present_reference(p, r, t->first);
}

/* --- the whole --- */

/* Those with whom the recipient is told; new where it is the first. */
static struct told *told_with(GArray *all, const struct report *r, const struct reader_text *text,
                              const struct verdict *v) {
    bool is_fixed = is_fixed_since(r, v);
    for (guint i = 0; i < all->len; i++) {
        struct told *t = &g_array_index(all, struct told, i);
        if (t->is_fixed == is_fixed && is_told_by(t, text, v))
            return t;
    }
    struct told one = {.first = v, .text = text, .is_fixed = is_fixed};
    g_array_append_val(all, one);
    return &g_array_index(all, struct told, all->len - 1);
}

/* As many as there are causes at most, times what became of it. */
static GArray *told_apart(const struct page *p, const struct report *r) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct told));
    for (const struct verdict *v = r->verdicts; v; v = v->next) {
        const struct reader_text *text = text_of(p, v);
        if (text)
            add_recipient(told_with(all, r, text, v), v);
    }
    return all;
}

static enum emphasis emphasis_of(const struct told *t) {
    const struct verdict *v = t->first;
    return verdict_is_delivered(v)                              ? EMPHASIS_GOOD
           : v->outcome == ACTION_FAILED && !v->is_perhaps_none ? EMPHASIS_BAD
                                                                : EMPHASIS_WARN;
}

static void present_nothing(struct page *p, enum words why) {
    page_title(p, word(SAY_NOTHING_FOR_CUSTOMER), EMPHASIS_WARN);
    page_row(p, NO_LABEL, word(why));
}

void present_customer_log(struct page *p) {
    present_nothing(p, SAY_NOTHING_WHY_LOG);
}

/* Is it about a mail that somebody else sent in the reader's name? */
static bool is_backscatter(const struct report *r, const struct verdict *v) {
    return report_is_backscatter(r) ||
           (v->stance && (v->stance->side == OWN_SIDE_BACKSCATTER || v->stance->ground == STANCE_OPEN));
}

static enum words why_not_told(const struct report *r) {
    bool is_spam = r->answers && strcmp(r->answers[ASKED_SPAM].result, "yes") == 0;
    return is_spam ? SAY_NOTHING_WHY_SPAM : SAY_NOTHING_WHY_MESSAGE;
}

void present_customer(struct page *p, const struct report *r) {
    g_autoptr(GArray) all = told_apart(p, r);
    bool is_inbound =
        (r->stance && r->stance->side == OWN_SIDE_INBOUND) || (r->verdicts && r->verdicts->inbound);
    if (!all->len || r->kind == KIND_REPORT || is_inbound) {
        present_nothing(p, is_inbound                ? SAY_NOTHING_WHY_INBOUND
                           : r->kind == KIND_MESSAGE ? why_not_told(r)
                           : r->kind == KIND_REPORT  ? SAY_NOTHING_WHY_REPORT
                                                     : SAY_NOTHING_WHY_UNREAD);
        return;
    }
    bool is_human = r->kind == KIND_AUTO_REPLY && r->human.len;
    for (guint i = 0; i < all->len; i++) {
        const struct told *t = &g_array_index(all, struct told, i);
        page_title(p, title_of(p, t), emphasis_of(t));
        if (t->first->is_perhaps_none)
            page_row(p, NO_LABEL, word(SAY_MAYBE_NO_NOTICE));
        else if (is_backscatter(r, t->first))
            page_row(p, NO_LABEL, word(SAY_MAYBE_FORGED));
        present_told(p, t);
        present_mail(p, r, t);
        if (!is_human)
            present_answer(p, t->first);
    }
    if (is_human)
        present_human(p, r);
}

void present_customer_reply(struct page *p, const struct verdict *v) {
    struct told t = {.first = v, .text = text_of(p, v), .count = 1};
    if (!t.text) {
        present_nothing(p, SAY_NOTHING_WHY_UNREAD);
        return;
    }
    page_title(p, title_of(p, &t), emphasis_of(&t));
    present_told(p, &t);
    present_answer(p, v);
}
