/* A verdict for people: see present_verdict.h. */
#include "analyze/report/present_verdict.h"

#include "analyze/report/present_advice.h"
#include "analyze/report/present_auth.h"
#include "analyze/report/present_cause.h"
#include "analyze/report/present_change.h"
#include "analyze/report/present_confirm.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/present_side.h"
#include "analyze/report/rule_words.h"
#include "analyze/report/typed.h"
#include "analyze/verdict/advice.h"
#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"

#define MOST_OF_REPLY 1500 /* bytes of a reply that are shown */
#define MOST_OF_QUOTE 400  /* bytes of other evidence */
#define MOST_ALIKE    20   /* recipients with the same reply that are named */
#define REPEATED      40   /* bytes that tell a repetition */

/* --- who --- */

struct value host_words(struct page *p, struct slice host, struct slice ip) {
    if (host.len && ip.len)
        return page_say(p, SAY_NAME_WITH_ADDRESS, as_server(host), as_network(ip));
    return host.len ? as_server(host) : as_network(ip);
}

static struct value who_reported(struct page *p, const struct report *r) {
    if (r->reporter.len && r->software)
        return page_say(p, SAY_NAME_WITH_DETAIL, as_server(r->reporter), as_ours(r->software));
    if (r->reporter.len)
        return as_server(r->reporter);
    if (r->service)
        return as_ours(r->service->name);
    return r->software ? page_say(p, SAY_SERVER_RUNNING, as_ours(r->software)) : NO_LABEL;
}

bool verdict_is_held(const struct verdict *v) {
    return v->outcome == ACTION_DELAYED && refuser_is_reporter(v->refuser);
}

/* What a host did to the mail, by the kind of cause: not every failure is a refusal. */
static enum words deed_of(const struct verdict *v) {
    static const struct {
        const char *prefix;
        enum words deed;
        bool with_code; /* also where there is a code: it is of who reports it */
    } deeds[] = {{"network.", SAY_DEED_NOT_REACHED, true},
                 {"queue.", SAY_DEED_GAVE_UP, true},
                 {"domain.", SAY_DEED_NOT_FOUND, false},
                 {"rate.greylisted", SAY_DEED_DEFERRED, false},
                 {"notice.", SAY_DEED_REPORTS, false}};
    const char *cause = verdict_root_cause(v)->id;
    if (verdict_is_delivered(v))
        return SAY_DEED_ACCEPTED;
    if (verdict_is_held(v))
        return SAY_DEED_HOLDS;
    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++)
        if ((!v->reply.code || deeds[i].with_code) && g_str_has_prefix(cause, deeds[i].prefix))
            return deeds[i].deed;
    return v->is_permanent || v->reply.code >= 500 ? SAY_DEED_REFUSED : SAY_DEED_DID_NOT_ACCEPT;
}

/* Is all that is known where a program's session broke off? No reply refused anything then. */
static bool is_by_break(const struct verdict *v) {
    return v->is_of_program && !v->rule && v->doubt == DOUBT_NOT_ASKED && v->reply.code < 400;
}

/* A time-out and a queue that gave up refused nothing; without a reply they only tell where it failed. */
static enum words label_of_who(const struct verdict *v) {
    static const char *const not_refused[] = {"network", "domain", "queue", "sender-system.error"};
    if (verdict_is_delivered(v))
        return LABEL_WHO_ACCEPTED;
    if (verdict_is_held(v) || cause_is_of(verdict_root_cause(v)->id, "notice.delayed") ||
        cause_is_of(verdict_root_cause(v)->id, "notice.held"))
        return LABEL_WHERE_IT_WAITS;
    for (size_t i = 0; i < G_N_ELEMENTS(not_refused); i++)
        if (cause_is_of(verdict_root_cause(v)->id, not_refused[i]))
            return LABEL_WHERE_IT_FAILED;
    if (is_by_break(v))
        return LABEL_WHERE_IT_FAILED;
    return LABEL_WHO_REFUSED;
}

static bool is_own_fault(const struct verdict *v) {
    return g_str_has_prefix(verdict_root_cause(v)->id, "sender-system.");
}

/* Where nobody was asked yet: the domain that the DNS does not know, or of which it knows no host. */
static struct slice missing_domain(const struct verdict *v) {
    struct slice told = entity_value(v->entities, SLICE("domain"));
    bool is_missing = cause_is_of(verdict_root_cause(v)->id, "domain") && !v->reply.code;
    return !is_missing ? SLICE_EMPTY : told.len ? told : address_domain(v->recipient);
}

/* The host that reports it decided by itself: what it did, and from what that is known. */
static struct value said_of_reporter(struct page *p, const struct verdict *v, struct value reporter) {
    static const enum words reasons[] = {[REFUSER_LOOPBACK] = SAY_ITSELF_LOOPBACK,
                                         [REFUSER_REASON] = SAY_ITSELF_REASON,
                                         [REFUSER_PROGRAM] = SAY_ITSELF_PROGRAM,
                                         [REFUSER_SAME_SIDE] = SAY_ITSELF_SAME_SIDE};
    _Static_assert(G_N_ELEMENTS(reasons) == REFUSERS, "a reason for each");
    struct value did = is_own_fault(v) ? page_say(p, SAY_OWN_FAULT, reporter)
                                       : page_say(p, SAY_ITSELF, reporter, word(deed_of(v)));
    return page_join(p, did, ": ", word(reasons[v->refuser]));
}

/* Who answers a mail program is its outgoing server; where none answered, it is not known how far it came. */
static bool is_of_outgoing(const struct verdict *v) {
    return v->is_of_program && v->reply.code && !cause_is_of(verdict_root_cause(v)->id, "network");
}

static struct value who_refused(struct page *p, const struct report *r, const struct verdict *v) {
    struct slice missing = v->host.len || v->ip.len ? SLICE_EMPTY : missing_domain(v);
    struct value host = missing.len ? as_host(missing) : host_words(p, v->host, v->ip);
    struct value reporter = r ? who_reported(p, r) : NO_LABEL;
    if (missing.len && v->provider && !value_is_known(reporter))
        reporter = as_ours(v->provider->name);
    struct value at =
        v->reply.command.len ? page_say(p, SAY_AT_COMMAND, as_stranger(v->reply.command)) : NO_LABEL;
    if (v->inbound)
        return page_join(p, word(SAY_REFUSED_HERE), " ", at);
    if (refuser_is_reporter(v->refuser) && value_is_known(reporter))
        return said_of_reporter(p, v, reporter);
    if (is_own_fault(v) && value_is_known(reporter))
        return page_say(p, SAY_OWN_FAULT, reporter);
    if (!value_is_known(host) && !v->provider)
        return !value_is_known(reporter)
                   ? word(is_of_outgoing(v) ? SAY_OUTGOING_NOT_NAMED : SAY_SERVER_NOT_NAMED)
                   : page_join(p,
                               page_say(p,
                                        v->refuser == REFUSER_ANOTHER ? SAY_ANOTHER_THAN_REPORTER
                                                                      : SAY_REPORTER_OR_UNNAMED,
                                        reporter),
                               " ", at);
    struct value who = !value_is_known(host) ? as_ours(v->provider->name)
                       : v->provider && !missing.len
                           ? page_say(p, SAY_NAME_WITH_DETAIL, host, as_ours(v->provider->name))
                           : host;
    struct value did = page_join(p, page_say(p, SAY_DID_SOMETHING, who, word(deed_of(v))), " ", at);
    return value_is_known(reporter) ? page_join(p, did, "; ", page_say(p, SAY_REPORTED_BY, reporter)) : did;
}

void present_refuser(struct page *p, const struct report *r, const struct verdict *v) {
    page_row(p, word(label_of_who(v)), who_refused(p, r, v));
}

/* --- why --- */

/* How sure the verdict is, and of what it is made. */
static enum words grounds(const struct verdict *v) {
    bool has_words = v->rule && v->rule->text;
    switch (v->confidence) {
    case CONFIDENCE_CERTAIN:
        return v->bears_own_name ? SAY_SURE_IF_GENUINE : SAY_SURE_CERTAIN;
    case CONFIDENCE_LIKELY:
        if (v->doubt == DOUBT_LEADS)
            return SAY_SURE_LIKELY_OPINION;
        if (v->doubt == DOUBT_DIFFERS)
            return SAY_SURE_LIKELY_DOUBTED;
        return has_words        ? SAY_SURE_LIKELY_WORDS
               : is_by_break(v) ? SAY_SURE_LIKELY_BREAK
                                : SAY_SURE_LIKELY_CODE;
    case CONFIDENCE_GUESS:
        if (v->doubt == DOUBT_LEADS)
            return SAY_SURE_GUESS_OPINION;
        return has_words ? SAY_SURE_GUESS_WORDS : SAY_SURE_GUESS_CODE;
    default:
        return SAY_SURE_NOT;
    }
}

static struct value titled_cause(struct page *p, const char *title, const struct cause *cause) {
    return page_say(p, SAY_NAME_WITH_DETAIL, as_ours(title), as_ours(cause->id));
}

static struct value cause_words(struct page *p, const struct cause *cause) {
    return titled_cause(p, cause->title, cause);
}

/* What is right less often than this is not worth a line. */
#define LEAST_SAID 20

static enum emphasis emphasis_of(const struct verdict *v) {
    if (verdict_is_delivered(v))
        return EMPHASIS_GOOD;
    return v->outcome == ACTION_DELAYED || v->is_perhaps_none ? EMPHASIS_WARN : EMPHASIS_BAD;
}

/* What the cause is called: for who runs the server that refused it, from its side. */
static const char *title_of_cause(const struct verdict *v) {
    return v->inbound && v->inbound->title ? v->inbound->title : verdict_root_cause(v)->title;
}

static void present_why(struct page *p, const struct verdict *v) {
    const struct cause *cause = verdict_root_cause(v);
    page_row_in(p, word(LABEL_WHY), titled_cause(p, title_of_cause(v), cause), emphasis_of(v));
    page_row(p, NO_LABEL, as_ours(cause->meaning));
    if (v->underlying)
        page_row(p, NO_LABEL, cause_words(p, v->cause));
    if (v->is_perhaps_none)
        page_row(p, NO_LABEL, word(SAY_PERHAPS_NONE));
    if (v->is_perhaps_none || strncmp(v->cause->id, "notice.", 7) == 0)
        return;
    if (v->is_lasting_known)
        page_row(p, NO_LABEL,
                 page_say(p, SAY_LASTING_AND_SURE,
                          word(v->is_given_up    ? SAY_IS_GIVEN_UP
                               : v->is_permanent ? SAY_IS_PERMANENT
                                                 : SAY_IS_TEMPORARY),
                          word(grounds(v))));
    else
        page_row(p, NO_LABEL, page_say(p, SAY_SURE_ONLY, word(grounds(v))));
    if (v->other && v->other_score >= LEAST_SAID)
        page_row(p, NO_LABEL, page_say(p, SAY_COULD_ALSO_BE, cause_words(p, v->other)));
}

/* --- evidence --- */

struct value reply_words(struct page *p, const struct reply *r) {
    struct value code = r->code ? as_number(r->code) : NO_LABEL;
    struct value enhanced = as_type(VALUE_OURS, enhanced_text(p->outlet.arena, r->enhanced));
    unsigned most =
        p->style.reader == READER_RECEIVER ? 0 : MOST_OF_REPLY; /* they look for their own words */
    return page_join(p, page_join(p, code, " ", enhanced), " ", upto(as_reply(r->text), most));
}

static struct value origin_words(struct page *p, const struct evidence *e) {
    static const enum words trust[] = {[TRUST_UNVERIFIED] = SAY_TRUST_WORDS_UNVERIFIED,
                                       [TRUST_REMOTE] = SAY_TRUST_WORDS_REMOTE,
                                       [TRUST_OWN] = SAY_TRUST_WORDS_OWN};
    struct value by = e->asserted_by.len ? page_say(p, SAY_SAID_BY, as_server(e->asserted_by)) : NO_LABEL;
    struct value where =
        e->line ? page_say(p, SAY_AT_LINE, as_number(e->line), as_ours(e->where)) : as_ours(e->where);
    return page_say(p, SAY_ORIGIN, where, by, word(trust[e->trust]));
}

/* The report's text mostly repeats the reply: such a repetition is not quoted once more. */
static bool repeats(const struct evidence *e, struct slice words) {
    struct slice start = slice_upto(words, REPEATED);
    return words.len && (slice_find_nocase(e->text, start) < e->text.len ||
                         slice_find_nocase(words, slice_upto(e->text, REPEATED)) < words.len);
}

static void present_rule(struct page *p, const struct verdict *v) {
    if (v->rule)
        page_row(p, word(LABEL_RULE),
                 page_say(p, SAY_RULE_PLACE, as_ours(v->rule->id), as_file(slice_of(v->rule->place.file)),
                          as_number(v->rule->place.line)));
}

void present_evidence(struct page *p, const struct verdict *v) {
    const struct evidence *e = v->evidence;
    bool is_unverified = false;
    if (v->reply.text.len || v->reply.code) { /* the first piece of evidence is where the reply stands */
        page_quote(p, reply_words(p, &v->reply), e ? origin_words(p, e) : NO_LABEL);
        is_unverified = e && e->trust == TRUST_UNVERIFIED;
        e = e ? e->next : NULL;
    }
    for (; e; e = e->next) {
        is_unverified |= e->trust == TRUST_UNVERIFIED;
        if (p->style.verbose || !repeats(e, v->reply.text))
            page_quote(p, upto(as_reply(e->text), MOST_OF_QUOTE), origin_words(p, e));
    }
    present_rule(p, v);
    if (is_unverified)
        page_row(p, word(LABEL_UNVERIFIED),
                 word(v->bears_own_name ? SAY_BEARS_OWN_NAME : SAY_ONLY_THIS_MESSAGE));
}

/* Where the links go. */
struct link_rows {
    struct page *page;
    unsigned count;
};

static void add_link(void *context, struct slice text) {
    struct link_rows *rows = context;
    if (rows->count++ == 0)
        page_section(rows->page, word(SECTION_MORE_INFORMATION));
    page_row(rows->page, rows->count == 1 ? word(LABEL_LINK) : NO_LABEL, as_link(text));
}

static void present_session(struct page *p, const struct verdict *v) {
    if (v->remarks)
        page_section(p, word(SECTION_SESSION));
    for (const struct remark *r = v->remarks; r; r = r->next)
        page_row(p, as_ours(r->about), as_note(r->text));
}

static void present_entities(struct page *p, const struct verdict *v) {
    if (v->entities)
        page_section(p, word(SECTION_MENTIONED));
    for (const struct entity *e = v->entities; e; e = e->next)
        page_row(p, as_ours(e->name), typed_entity(e));
    verdict_links(v, p->outlet.arena, add_link, &(struct link_rows){p, 0});
}

/* --- the whole --- */

static enum words title_of_failure(const struct verdict *v) {
    if (strcmp(v->cause->id, "notice.held") == 0)
        return TITLE_HELD;
    if (v->outcome == ACTION_DELAYED)
        return TITLE_DELAYED;
    return v->is_perhaps_none ? TITLE_PERHAPS_NOT_DELIVERED : TITLE_NOT_DELIVERED;
}

/* The whole in one sentence. */
struct value verdict_title(struct page *p, const struct verdict *v) {
    struct value to = v->recipient.len ? as_address(v->recipient) : word(SAY_UNNAMED_RECIPIENT);
    if (strcmp(v->cause->id, "notice.relayed") == 0)
        return page_say(p, TITLE_RELAYED, to);
    if (strcmp(v->cause->id, "notice.expanded") == 0)
        return page_say(p, TITLE_EXPANDED, to);
    if (verdict_is_delivered(v))
        return page_say(p, TITLE_DELIVERED, to);
    if (strcmp(verdict_root_cause(v)->id, "notice.delayed") == 0) /* the cause says no more */
        return page_say(p, TITLE_DELAYED, to);
    return page_say(p, TITLE_WITH_CAUSE, page_say(p, title_of_failure(v), to), as_ours(title_of_cause(v)));
}

void present_brief(struct page *p, const struct verdict *v) {
    page_title(p,
               verdict_is_delivered(v) ? verdict_title(p, v)
                                       : page_say(p, SAY_NAME_WITH_DETAIL, verdict_title(p, v),
                                                  as_ours(verdict_root_cause(v)->id)),
               emphasis_of(v));
}

/* Below the first title: others than its recipients are told of too. */
static void present_further(struct page *p, const struct verdict *next) {
    int64_t count = 0;
    for (; next; next = next->next)
        count++;
    if (count)
        page_row(p, word(LABEL_FURTHER), page_say(p, SAY_FURTHER, as_count(count)));
}

const struct verdict *present_verdict(struct page *p, const struct report *r, const struct verdict *v) {
    page_title(p, verdict_title(p, v), emphasis_of(v));
    present_side(p, v->stance);
    present_reason_now(p, r, v);
    const struct verdict *next = present_alike(p, v, true);
    if (v == r->verdicts)
        present_further(p, next);
    present_why(p, v);
    present_refuser(p, r, v);
    present_advice(p, r, v);
    present_findings(p, r, v);
    present_change(p, r, v);
    page_section(p, word(SECTION_EVIDENCE));
    present_evidence(p, v);
    page_row_known(p, word(LABEL_LAST_ATTEMPT), as_time(v->last_attempt));
    page_row_known(p, word(LABEL_RETRIES_UNTIL), as_time(v->retry_until));
    present_session(p, v);
    present_entities(p, v);
    present_confirmations(p, r, v);
    return next;
}

void present_reply(struct page *p, const struct verdict *v) {
    const struct cause *cause = verdict_root_cause(v);
    page_title(p,
               p->medium->has_titles_only ? titled_cause(p, title_of_cause(v), cause)
                                          : as_ours(title_of_cause(v)),
               EMPHASIS_BAD);
    present_why(p, v);
    if (v->host.len || v->ip.len || v->provider || label_of_who(v) == LABEL_WHO_REFUSED)
        present_refuser(p, NULL, v);
    present_remedy(p, v);
    page_section(p, word(SECTION_EVIDENCE));
    page_quote(p, reply_words(p, &v->reply), word(SAY_AS_GIVEN));
    present_rule(p, v);
    present_session(p, v);
    present_entities(p, v);
}

/* Recipients that share cause and reply are one story: the first is told, the others are named. */
static bool is_alike(const struct verdict *a, const struct verdict *b) {
    return a->cause == b->cause && a->underlying == b->underlying && slice_equal(a->host, b->host) &&
           a->reply.code == b->reply.code && slice_equal(a->reply.text, b->reply.text) &&
           a->outcome == b->outcome;
}

const struct verdict *present_alike(struct page *p, const struct verdict *first, bool is_shown) {
    size_t also = 0;
    const struct verdict *v;
    for (v = first->next; v && is_alike(first, v); v = v->next, also++)
        if (also < MOST_ALIKE && is_shown)
            page_row(p, also == 0 ? word(LABEL_SAME_FOR) : NO_LABEL, as_address(v->recipient));
    if (also > MOST_ALIKE && is_shown)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE, as_count(also - MOST_ALIKE)));
    return v;
}
