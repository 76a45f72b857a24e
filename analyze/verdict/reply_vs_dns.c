/* The joint: what the receiver said, held against what the DNS snapshot shows. Each check supports the
 * verdict, contradicts it, or is neutral. See verify.h. */
#include "analyze/verdict/reply_vs_dns.h"

#include "analyze/auth/blocklist_question.h"
#include "analyze/auth/check_kinds.h"
#include "parsers/base/address.h"
#include "parsers/base/date.h"

struct joining {
    struct auth *auth;
    struct verdict *v;
    struct arena *arena;
};

/* --- words --- */

static struct slice who(const struct joining *j) {
    const struct verdict *v = j->v;
    return v->provider ? slice_of(v->provider->name) : v->host.len ? v->host : SLICE("the receiver");
}

/* "the snapshot of 2026-11-24" */
static struct slice snapshot_words(const struct joining *j) {
    char time[24];
    int64_t taken = snapshot_taken(j->auth->resolver.snapshot);
    if (taken < 0)
        return SLICE("the snapshot");
    date_format(taken, time);
    return arena_printf(j->arena, "the snapshot of %.10s", time);
}

static struct slice conclusion(const struct joining *j, enum agreement agreement) {
    int64_t taken = snapshot_taken(j->auth->resolver.snapshot);
    bool is_later = taken >= 0 && j->auth->transaction.time >= 0 && taken > j->auth->transaction.time;
    if (agreement == AGREEMENT_SUPPORTS)
        return arena_printf(j->arena, "%.*s is right", S(who(j)));
    if (agreement == AGREEMENT_NEUTRAL)
        return SLICE("it cannot be told who is right");
    return is_later
               ? SLICE(
                     "that is not borne out; the snapshot is younger than the refusal: was it mended since?")
               : SLICE("that is not borne out");
}

/* claim: "that …"; NULL: it only tells more of what another check decided. */
static void add_finding(struct joining *j, const struct check *c, enum agreement agreement,
                        const char *claim) {
    struct slice shown = arena_printf(j->arena, "%.*s shows: %.*s", S(snapshot_words(j)), S(c->text));
    if (claim)
        shown = arena_printf(j->arena, "%.*s says that %s; %.*s: %.*s", S(who(j)), claim, S(shown),
                             S(conclusion(j, agreement)));
    verdict_add_finding(j->v, c->kind, c->result, claim ? agreement : AGREEMENT_NEUTRAL, shown, j->arena);
}

/* --- which checks test which cause --- */

enum subject { ANY_SUBJECT, OF_SENDER, OF_RECIPIENT };

/* Whether a check decides alone; or one of several that must all fail; or only tells more of what was
 * decided. */
enum role { ALONE, ONE_OF, DETAIL };

static const struct {
    const char *cause;
    const struct check_kind *check; /* a cause that ends in "." stands for all of its kind */
    enum role role;
    enum subject subject;
    const char *contradicting; /* a result that is a warning and contradicts all the same */
    const char *claim;         /* what the reply says: "that …"; of a DETAIL: none */
} rows[] = {
    {"auth.spf", &spf_check, ALONE, ANY_SUBJECT, NULL, "SPF fails"},
    {"auth.dkim", &dkim_check, ALONE, ANY_SUBJECT, NULL, "DKIM fails or is missing"},
    {"auth.dmarc", &dmarc_check, ALONE, ANY_SUBJECT, NULL, "DMARC fails"},
    {"auth.dmarc", &spf_check, DETAIL, ANY_SUBJECT, NULL, NULL},
    {"auth.dmarc", &dkim_check, DETAIL, ANY_SUBJECT, NULL, NULL},
    {"auth.arc", &arc_check, ALONE, ANY_SUBJECT, NULL, "the ARC chain fails"},
    {"auth.required", &spf_check, ONE_OF, ANY_SUBJECT, NULL, "neither SPF nor DKIM authenticates the sender"},
    {"auth.required", &dkim_check, ONE_OF, ANY_SUBJECT, NULL,
     "neither SPF nor DKIM authenticates the sender"},
    {"auth.required", &dmarc_check, DETAIL, ANY_SUBJECT, NULL, NULL},
    {"sender.spoofed", &spf_check, ALONE, ANY_SUBJECT, NULL, "the sender may not use that domain"},
    {"sender.spoofed", &dmarc_check, DETAIL, ANY_SUBJECT, NULL, NULL},
    {"identity.ptr-missing", &ptr_check, ALONE, ANY_SUBJECT, "generic",
     "the address has no reverse DNS that leads back to it"},
    {"identity.ptr-generic", &ptr_check, ALONE, ANY_SUBJECT, NULL,
     "the reverse DNS of the address is generic"},
    {"identity.helo", &helo_check, ALONE, ANY_SUBJECT, NULL, "the name in HELO is wrong"},
    {"domain.null-mx", &mx_check, ALONE, OF_RECIPIENT, "implicit", "the recipient's domain takes no mail"},
    {"domain.not-found", &mx_check, ALONE, OF_RECIPIENT, "implicit", "the recipient's domain does not exist"},
    {"domain.no-mail-host", &mx_check, ALONE, OF_RECIPIENT, "implicit",
     "the recipient's domain has no mail server"},
    {"sender.domain-not-found", &mx_check, ALONE, OF_SENDER, "implicit",
     "the sender's domain does not exist, or can get no answers"},
    {"sender.unverified", &mx_check, ALONE, OF_SENDER, "implicit", "the sender's address cannot be verified"},
    {"tls.", &tls_check, ALONE, OF_RECIPIENT, NULL, "TLS is needed or failed"},
};

static bool is_of_cause(const char *cause, const char *pattern) {
    size_t len = strlen(pattern);
    return pattern[len - 1] == '.' ? strncmp(cause, pattern, len) == 0 : strcmp(cause, pattern) == 0;
}

static bool is_of_subject(const struct joining *j, const struct check *c, enum subject subject) {
    const struct transaction *s = &j->auth->transaction;
    if (subject == OF_RECIPIENT)
        return slice_equal_nocase(c->subject, address_domain(j->v->recipient));
    if (subject == OF_SENDER)
        return slice_equal_nocase(c->subject, address_domain(s->sender));
    return true;
}

static enum agreement agreement_of(const struct check *c, const char *contradicting) {
    switch (c->outcome) {
    case CHECK_PASS:
        return AGREEMENT_CONTRADICTS;
    case CHECK_FAIL:
        return AGREEMENT_SUPPORTS;
    case CHECK_WARNING:
        return contradicting && slice_equal(c->result, slice_of(contradicting)) ? AGREEMENT_CONTRADICTS
                                                                                : AGREEMENT_SUPPORTS;
    default:
        return AGREEMENT_NEUTRAL;
    }
}

/* One signature that holds is enough: of several, the best is told. Of other checks the first counts: SPF of
 * the envelope sender stands before that of the HELO name. */
static const struct check *best_of(const struct joining *j, size_t row) {
    static const int ranks[] = {
        [CHECK_FAIL] = 0, [CHECK_UNCHECKED] = 1, [CHECK_WARNING] = 2, [CHECK_PASS] = 3};
    const struct check *best = NULL;
    for (const struct check *c = check_first(&j->auth->checks, rows[row].check); c; c = check_next(c)) {
        if (!is_of_subject(j, c, rows[row].subject))
            continue;
        if (!best || (rows[row].check->is_any_enough && ranks[c->outcome] > ranks[best->outcome]))
            best = c;
    }
    return best;
}

/* TLS: what a domain asks for explains a refusal for want of it; that it asks for nothing contradicts. */
static enum agreement agreement_of_tls(const struct check *c) {
    if (c->outcome != CHECK_PASS)
        return AGREEMENT_NEUTRAL;
    return slice_equal(c->result, SLICE("none")) ? AGREEMENT_NEUTRAL : AGREEMENT_SUPPORTS;
}

static enum agreement agreement_in_row(const struct check *c, size_t row) {
    bool is_signed = c->kind == &dkim_check && slice_equal(c->result, SLICE("pass")); /* though with a note */
    if (c->kind == &tls_check)
        return agreement_of_tls(c);
    return is_signed ? AGREEMENT_CONTRADICTS : agreement_of(c, rows[row].contradicting);
}

/* Does another check of the same cause decide against the reply? */
static bool is_outdone(const struct joining *j, size_t row) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool is_other = i != row && rows[i].role == ONE_OF && strcmp(rows[i].cause, rows[row].cause) == 0;
        const struct check *c = is_other ? best_of(j, i) : NULL;
        if (c && agreement_in_row(c, i) == AGREEMENT_CONTRADICTS)
            return true;
    }
    return false;
}

static void join_row(struct joining *j, size_t row) {
    const struct check *c = best_of(j, row);
    if (!c)
        return;
    enum agreement agreement = agreement_in_row(c, row);
    bool is_detail = rows[row].role == DETAIL ||
                     (rows[row].role == ONE_OF && agreement == AGREEMENT_SUPPORTS && is_outdone(j, row));
    add_finding(j, c, agreement, is_detail ? NULL : rows[row].claim);
}

/* --- block lists: the one that the reply names --- */

static struct slice entity_of(const struct verdict *v, const char *name) {
    for (const struct entity *e = v->entities; e; e = e->next)
        if (strcmp(e->name, name) == 0)
            return e->value;
    return SLICE_EMPTY;
}

static void join_blocklist(struct joining *j) {
    const struct blocklist *b = j->v->blocklist;
    struct slice domain = entity_of(j->v, "domain");
    const struct ip *ip = &j->auth->transaction.ip;
    if (!b || !b->zones || !b->zones[0])
        return;
    if (blocklist_holds_addresses(b))
        domain = SLICE_EMPTY;
    else if (!domain.len)
        domain = j->auth->transaction.from_domain;
    struct slice subject = domain.len ? domain : ip_text(j->arena, ip);
    if (!subject.len || (!domain.len && !blocklist_holds_addresses(b)))
        return;
    const char *claim = arena_printf(j->arena, "%.*s is listed by %s", S(subject), b->name).ptr;
    for (const struct check *c = check_first(&j->auth->checks, &blocklist_check); c; c = check_next(c))
        if (slice_equal(c->subject, slice_of(b->id))) {
            add_finding(j, c, agreement_of(c, NULL), claim);
            return;
        }
    struct dns_answer answer =
        dns_lookup(&j->auth->resolver, blocklist_question(b, ip, domain, j->arena), DNS_A);
    bool is_absent = dns_is_none(answer.status);
    struct check c = {.kind = &blocklist_check,
                      .result = is_absent ? SLICE("not-listed") : SLICE("unchecked")};
    c.text = is_absent
                 ? arena_printf(j->arena, "%.*s is not listed by %s (%s)", S(subject), b->name, b->zones[0])
                 : arena_printf(j->arena, "whether %.*s is listed by %s is not known: %s", S(subject),
                                b->name, dns_status_words(answer.status));
    add_finding(j, &c, is_absent ? AGREEMENT_CONTRADICTS : AGREEMENT_NEUTRAL, claim);
}

bool verdict_is_testable(const struct verdict *v) {
    const char *cause = v->underlying ? v->underlying->id : v->cause->id;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (is_of_cause(cause, rows[i].cause))
            return true;
    return g_str_has_prefix(cause, "blocklist.") && v->blocklist;
}

void verdict_hold_against_dns(struct verdict *v, struct auth *auth) {
    struct joining j = {auth, v, auth->resolver.arena};
    const char *cause = v->underlying ? v->underlying->id : v->cause->id;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (is_of_cause(cause, rows[i].cause))
            join_row(&j, i);
    if (g_str_has_prefix(cause, "blocklist."))
        join_blocklist(&j);
}
