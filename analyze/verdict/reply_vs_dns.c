/* What the receiver said, held against what the DNS snapshot shows: see reply_vs_dns.h. Which check tests
 * which cause stands in rules/causes.yaml (`checked_by`). */
#include "analyze/verdict/reply_vs_dns.h"

#include "analyze/auth/blocklist_check.h"
#include "analyze/auth/blocklist_question.h"
#include "analyze/auth/check_kinds.h"
#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/rules/cause_check.h"

struct comparison {
    struct auth *auth;
    struct verdict *v;
    struct arena *arena;
};

/* --- words --- */

static struct slice who(const struct comparison *c) {
    const struct verdict *v = c->v;
    return v->provider ? slice_of(v->provider->name) : v->host.len ? v->host : SLICE("the receiver");
}

/* "the snapshot of 2026-11-24" */
static struct slice snapshot_words(const struct comparison *c) {
    char time[24];
    int64_t taken = snapshot_taken(c->auth->resolver.snapshot);
    if (taken < 0)
        return SLICE("the snapshot");
    date_format(taken, time);
    return arena_printf(c->arena, "the snapshot of %.10s", time);
}

static struct slice conclusion(const struct comparison *c, enum agreement agreement) {
    int64_t taken = snapshot_taken(c->auth->resolver.snapshot);
    bool is_later = taken >= 0 && c->auth->transaction.time >= 0 && taken > c->auth->transaction.time;
    if (agreement == AGREEMENT_SUPPORTS)
        return arena_printf(c->arena, "%.*s is right", S(who(c)));
    if (agreement == AGREEMENT_NEUTRAL)
        return SLICE("it is unclear who is right");
    return is_later ? SLICE("the snapshot does not confirm that; it is newer than the refusal: has this been "
                            "fixed since?")
                    : SLICE("the snapshot does not confirm that");
}

/* claim: "that …"; NULL: it only tells more of what another check decided. */
static void add_finding(struct comparison *c, const struct check *check, enum agreement agreement,
                        const char *claim) {
    struct slice shown = arena_printf(c->arena, "%.*s shows: %.*s", S(snapshot_words(c)), S(check->text));
    if (claim)
        shown = arena_printf(c->arena, "%.*s says that %s; %.*s: %.*s", S(who(c)), claim, S(shown),
                             S(conclusion(c, agreement)));
    verdict_add_finding(c->v, check->kind, check->result, claim ? agreement : AGREEMENT_NEUTRAL, shown,
                        c->arena);
}

/* --- the checks that the rules name for the cause --- */

static bool is_of_subject(const struct comparison *c, const struct check *check, enum check_subject subject) {
    switch (subject) {
    case SUBJECT_RECIPIENT:
        return slice_equal_nocase(check->subject, address_domain(c->v->recipient));
    case SUBJECT_SENDER:
        return slice_equal_nocase(check->subject, address_domain(c->auth->transaction.sender));
    default:
        return true;
    }
}

static bool is_listed(const char *const *list, struct slice word) {
    while (list && *list && !slice_equal(slice_of(*list), word))
        list++;
    return list && *list;
}

static enum agreement agreement_of_outcome(enum check_outcome outcome) {
    static const enum agreement agreements[] = {[CHECK_PASS] = AGREEMENT_CONTRADICTS,
                                                [CHECK_FAIL] = AGREEMENT_SUPPORTS,
                                                [CHECK_WARNING] = AGREEMENT_SUPPORTS,
                                                [CHECK_UNCHECKED] = AGREEMENT_NEUTRAL};
    _Static_assert(G_N_ELEMENTS(agreements) == CHECK_OUTCOMES, "an agreement for each outcome");
    return agreements[outcome];
}

static enum agreement agreement_of(const struct check *check, const struct cause_check *rule) {
    if (rule->supported_by)
        return is_listed(rule->supported_by, check->result) ? AGREEMENT_SUPPORTS : AGREEMENT_NEUTRAL;
    return is_listed(rule->contradicted_by, check->result) ? AGREEMENT_CONTRADICTS
                                                           : agreement_of_outcome(check->outcome);
}

/* The result that counts. Of SPF that is the first: the envelope sender's stands before the HELO name's.
 * Where any is enough, the best. NULL: it was not checked. */
static const struct check *find_result(const struct comparison *c, const struct cause_check *rule) {
    static const int ranks[] = {
        [CHECK_FAIL] = 0, [CHECK_UNCHECKED] = 1, [CHECK_WARNING] = 2, [CHECK_PASS] = 3};
    _Static_assert(G_N_ELEMENTS(ranks) == CHECK_OUTCOMES, "a rank for each outcome");
    const struct check_kind *kind = check_kind_find(rule->check);
    const struct check *best = NULL;
    for (const struct check *r = kind ? check_first(&c->auth->checks, kind) : NULL; r; r = check_next(r)) {
        if (!is_of_subject(c, r, cause_check_subject(rule)))
            continue;
        if (!best || (kind->is_any_enough && ranks[r->outcome] > ranks[best->outcome]))
            best = r;
    }
    return best;
}

/* Does another check, one of several for this cause, contradict the reply? */
static bool is_outdone(const struct comparison *c, const struct cause_check *rule) {
    for (const struct cause_check *const *r = verdict_root_cause(c->v)->checked_by; *r; r++) {
        bool is_other = *r != rule && cause_check_role(*r) == CHECK_ONE_OF;
        const struct check *result = is_other ? find_result(c, *r) : NULL;
        if (result && agreement_of(result, *r) == AGREEMENT_CONTRADICTS)
            return true;
    }
    return false;
}

static void compare_check(struct comparison *c, const struct cause_check *rule) {
    const struct check *result = find_result(c, rule);
    if (!result)
        return;
    enum agreement agreement = agreement_of(result, rule);
    enum check_role role = cause_check_role(rule);
    bool is_detail = role == CHECK_DETAIL ||
                     (role == CHECK_ONE_OF && agreement == AGREEMENT_SUPPORTS && is_outdone(c, rule));
    add_finding(c, result, agreement, is_detail ? NULL : rule->claim);
}

/* --- block lists: the one that the reply names --- */

/* The domain that a listing is about; empty: the client's address. */
static struct slice listed_domain(const struct comparison *c, const struct blocklist *b) {
    struct slice domain = entity_value(c->v->entities, SLICE("domain"));
    if (blocklist_holds_addresses(b))
        return SLICE_EMPTY;
    return domain.len ? domain : c->auth->transaction.from_domain;
}

static void ask_blocklist(struct comparison *c, const struct blocklist *b, struct slice domain,
                          struct slice subject, const char *claim) {
    struct slice name = blocklist_question(b, &c->auth->transaction.ip, domain, c->arena);
    struct dns_answer answer = dns_lookup(&c->auth->resolver, name, DNS_A);
    bool is_silent = dns_is_none(answer.status) && blocklist_is_silent(&c->auth->resolver, b);
    bool is_absent = dns_is_none(answer.status) && !is_silent;
    struct check check = {.kind = &blocklist_check,
                          .result = is_absent ? SLICE("not-listed") : SLICE("unchecked")};
    check.text =
        is_absent
            ? arena_printf(c->arena, "%.*s is not listed by %s (%s)", S(subject), b->name, b->zones[0])
            : arena_printf(c->arena, "whether %.*s is listed by %s is not known: %s", S(subject), b->name,
                           is_silent ? "it does not answer the name server that was asked, not even for "
                                       "its test entry (RFC 5782)"
                                     : dns_status_words(answer.status));
    add_finding(c, &check, is_absent ? AGREEMENT_CONTRADICTS : AGREEMENT_NEUTRAL, claim);
}

static void add_listing(struct comparison *c, const struct check *r, const char *claim) {
    add_finding(c, r, agreement_of_outcome(r->outcome), claim);
    struct finding *last = c->v->checks;
    while (last->next)
        last = last->next;
    last->means = check_means(r);
}

static void compare_blocklist(struct comparison *c) {
    const struct blocklist *b = c->v->blocklist;
    if (!b || !blocklist_can_be_asked(b))
        return;
    struct slice domain = listed_domain(c, b);
    struct slice subject = domain.len ? domain : ip_text(c->arena, &c->auth->transaction.ip);
    if (!subject.len || (!domain.len && !blocklist_holds_addresses(b)))
        return;
    const char *claim = arena_printf(c->arena, "%.*s is listed by %s", S(subject), b->name).ptr;
    const struct check *r = check_first(&c->auth->checks, &blocklist_check);
    while (r && !slice_equal(r->subject, slice_of(b->id)))
        r = check_next(r);
    if (r)
        add_listing(c, r, claim);
    else if (blocklist_may_hear(&c->auth->transaction.ip, domain))
        ask_blocklist(c, b, domain, subject, claim);
}

static bool is_of_blocklist(const struct verdict *v) {
    return g_str_has_prefix(verdict_root_cause(v)->id, "blocklist.");
}

bool verdict_is_testable(const struct verdict *v) {
    return verdict_root_cause(v)->checked_by || (is_of_blocklist(v) && v->blocklist);
}

void verdict_compare_with_dns(struct verdict *v, struct auth *auth) {
    struct comparison c = {auth, v, auth->resolver.arena};
    for (const struct cause_check *const *r = verdict_root_cause(v)->checked_by; r && *r; r++)
        compare_check(&c, *r);
    if (is_of_blocklist(v))
        compare_blocklist(&c);
}
