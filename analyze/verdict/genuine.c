/* Is a bounce about a mail that its addressee really sent, or is it backscatter: the answer to a mail that
 * somebody sent in their name? See genuine.h. */
#include "analyze/verdict/genuine.h"

#include "analyze/auth/check_kind.h"
#include "analyze/auth/spf.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/organisation.h"
#include "parsers/rules/packed.h"

#define BATV_DAYS 7  /* how long a tag is good (draft-levine-smtp-batv) */
#define SRS_DAYS  21 /* the same of libsrs2 */

struct judging {
    const struct report *report;
    const struct bounce *bounce;
    struct verification *v;
    const struct rulebase *rules;
    struct arena *arena;
    struct slice addressee; /* who is told that a mail of theirs failed */
    struct slice domain;    /* theirs */
};

const struct check_kind genuine_check = {.id = "bounce-genuine", .label = "This report"};

typedef const char *judge_evidence(const struct judging *j, struct slice *reason); /* NULL: it says nothing */

static bool is_ours(const struct judging *j, struct slice domain) {
    return domain.len && (slice_equal_nocase(domain, j->domain) || organisation_is_same(domain, j->domain));
}

/* Who got the mail knows its ids, and can write a report with them. */
static const char *by_log(const struct judging *j, struct slice *reason) {
    bool is_known = false;
    bool is_same = false;
    for (const struct verdict *v = j->report->verdicts; v; v = v->next)
        for (const struct confirmation *c = v->log; c; c = c->next) {
            is_known = true;
            is_same |= c->is_same_outcome;
            if (!c->is_confirmed || !c->is_same_outcome)
                continue;
            *reason =
                SLICE("your own log contains this mail under the same queue id or message id, and the reply");
            return "genuine";
        }
    if (!is_known)
        return NULL;
    *reason =
        is_same
            ? SLICE("your own log contains this mail under the same queue id or message id, but not the "
                    "reply that the report quotes: whoever got the mail can write such a report")
            : SLICE("your own log contains this mail under the same queue id or message id, but says that "
                    "something else became of it: whoever got the mail can write such a report");
    return "unknown";
}

/* Strangers to each other have mailboxes there. */
static bool is_of_provider(const struct judging *j, struct slice domain) {
    const struct rule_list *providers = &j->rules->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < providers->count; i++) {
        const struct provider *p = rule_list_entry(providers, i);
        for (const char *const *host = p->hosts; host && *host; host++)
            if (host_fits_entry(domain, slice_of(*host)))
                return true;
    }
    return false;
}

/* Whose mailbox the report lies in, where the receiving side says so. Empty: it does not. */
static struct slice mailbox_of(const struct report *r) {
    const struct chain *chain = &r->carrier.chain;
    const struct trace *trace = &r->carrier.trace;
    bool is_above = chain->is_inside ||
                    (chain->boundary && trace->delivered_to_position < chain->boundary->hop->position);
    if (trace->delivered_to.len && is_above)
        return trace->delivered_to;
    for (size_t i = chain->count; i > 0; i--)
        if (chain->hops[i - 1].trust != HOP_UNVERIFIED && chain->hops[i - 1].hop->recipient.len)
            return chain->hops[i - 1].hop->recipient;
    return SLICE_EMPTY;
}

/* Whoever writes a report chooses the address that it names. Whose domain many have mailboxes in, there the
 * whole address must be that of the mailbox. */
static bool is_for_mailbox(const struct judging *j, struct slice mailbox) {
    bool is_shared = is_of_provider(j, j->domain);
    return !mailbox.len ||
           (is_shared ? slice_equal_nocase(mailbox, j->addressee) : is_ours(j, address_domain(mailbox)));
}

/* A provider signs for all of its customers, and any of them can have a mail signed and return it to another.
 */
static const char *by_signature(const struct judging *j, struct slice *reason) {
    struct slice author = j->report->mail.trace.from_last;
    for (const struct dkim_verdict *d = j->v->auth.dkim; d; d = d->next) {
        if (d->header_hash != HASH_MATCH || d->is_of_key || !is_ours(j, d->domain))
            continue;
        if (!slice_equal_nocase(author, j->addressee) && is_of_provider(j, d->domain)) {
            *reason = arena_printf(
                j->arena,
                "the returned message has a valid DKIM signature of %.*s, but it is from %.*s, not from the "
                "address that this report went to: whoever has a mailbox there can have a mail signed",
                S(d->domain), S(author.len ? author : SLICE("nobody")));
            return "unknown";
        }
        struct slice mailbox = mailbox_of(j->report);
        if (!is_for_mailbox(j, mailbox)) {
            *reason = arena_printf(
                j->arena,
                "the returned message has a valid DKIM signature of %.*s, of which the address is "
                "that this report names (To); but it was delivered to %.*s: whoever wrote the "
                "report can have chosen both",
                S(d->domain), S(mailbox));
            return "unknown";
        }
        *reason =
            arena_printf(j->arena,
                         "the returned message has a DKIM signature of %.*s that is valid for its header: "
                         "only its server could make it (but whoever got the mail can write a report on it)",
                         S(d->domain));
        return "genuine";
    }
    return NULL;
}

/* prvs=KDDDSSSSSS=local@domain: DDD is the day on which it ends, counted from 1970, modulo 1000. */
static const char *by_batv(const struct judging *j, struct slice *reason) {
    struct slice a = j->addressee;
    size_t digits = 0;
    if (!slice_starts_nocase(a, SLICE("prvs=")) || a.len < 16)
        return NULL;
    int day = slice_number((struct slice){a.ptr + 6, 3}, &digits);
    int64_t now = j->v->auth.transaction.time;
    int left = now >= 0 && digits == 3 ? (int)((day - now / 86400 % 1000 + 1000) % 1000) : -1;
    if (left < 0)
        return NULL;
    if (left <= BATV_DAYS) {
        *reason =
            SLICE("it went to an address with a BATV tag (prvs=) of recent days, as your server would put "
                  "it on a mail; but the tag's signature needs your key, and was not verified: anybody can "
                  "invent one");
        return "unknown";
    }
    *reason = SLICE("it went to an address with a BATV tag (prvs=) that has expired: the address was "
                    "collected from an older mail");
    return "backscatter";
}

static int base32(char c) {
    const char *digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const char *at = c ? strchr(digits, g_ascii_toupper(c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* SRS0=HHHH=TT=domain=local@forwarder: TT is a day modulo 1024. */
static const char *by_srs(const struct judging *j, struct slice *reason) {
    struct slice a = j->addressee;
    if (!slice_starts_nocase(a, SLICE("SRS0")) || a.len < 12)
        return NULL;
    struct slice rest = slice_from(a, 5);
    rest = slice_from(rest, slice_find_char(rest, '=') + 1);
    int high = rest.len > 2 ? base32(rest.ptr[0]) : -1;
    int low = rest.len > 2 ? base32(rest.ptr[1]) : -1;
    int64_t now = j->v->auth.transaction.time;
    if (high < 0 || low < 0 || now < 0 || rest.ptr[2] != '=')
        return NULL;
    int64_t age = (now / 86400 - (high * 32 + low) + 1024 * 1000) % 1024;
    if (age > SRS_DAYS) {
        *reason = SLICE("it went to an SRS address that has expired: nothing was forwarded under it lately");
        return "backscatter";
    }
    *reason = SLICE(
        "it went to an SRS address of recent days, as your server would make it when it forwards a mail; "
        "but the hash in it needs your secret, and was not verified: anybody can invent one");
    return "unknown";
}

static bool came_from_inside(const struct judging *j) {
    return j->report->carrier.chain.count && j->report->carrier.chain.is_inside;
}

static bool is_within(const struct chain_hop *hop) {
    return organisation_is_same(hop->writer.host, hop->name.host) ||
           organisation_is_same(hop->writer.host, hop->helo.host);
}

/* The newest hop of the returned mail at which one organisation took it from another, without a login. */
static const struct hop *handed_in(const struct judging *j) {
    const struct chain *way = &j->report->mail.chain;
    for (size_t i = way->count; i > 0; i--) {
        const struct hop *h = way->hops[i - 1].hop;
        if (h->is_authenticated || h->user.len || !h->is_anchored)
            return NULL;
        if (h->address.family && !ip_is_internal(&h->address) && !is_within(&way->hops[i - 1]))
            return h;
    }
    return NULL;
}

static const char *by_path(const struct judging *j, struct slice *reason) {
    const struct hop *h = handed_in(j);
    struct spf_verdict spf;
    bool is_signed = false;
    if (!h || !j->addressee.len)
        return NULL;
    struct spf_query query = {.ip = h->address, .helo = h->helo, .sender = j->addressee, .time = h->time};
    spf_evaluate(&query, &j->v->auth.resolver, &spf);
    if (spf.result == SPF_VERDICT_PASS) {
        *reason = arena_printf(
            j->arena,
            "the returned header says that the mail came from %.*s, which the SPF record of %.*s allows; but "
            "whoever wrote the report could have written that",
            S(h->ip), S(spf.domain));
        return "unknown";
    }
    for (const struct dkim_verdict *d = j->v->auth.dkim; d; d = d->next)
        is_signed |= is_ours(j, d->domain);
    if ((spf.result != SPF_VERDICT_FAIL && spf.result != SPF_VERDICT_SOFTFAIL) || is_signed ||
        came_from_inside(j))
        return NULL;
    *reason = arena_printf(
        j->arena,
        "the returned header says that the mail came from %.*s, which the SPF record of %.*s does not "
        "allow, and it has no signature of yours: somebody else sent it in your name",
        S(h->ip), S(spf.domain));
    return "backscatter";
}

/* A report that no host outside handed in was written where the mailbox is kept. */
static const char *by_carrier(const struct judging *j, struct slice *reason) {
    if (!came_from_inside(j))
        return NULL;
    *reason =
        j->report->carrier.chain.is_assumed
            ? SLICE("no outside host handed this report in, if this is the report as it lay in the "
                    "mailbox (--trust makes sure): the server that had accepted the mail wrote it itself")
            : SLICE("no outside host handed this report in: the server that had accepted the mail wrote "
                    "it itself");
    return "genuine";
}

void report_judge_genuine(const struct report *report, const struct bounce *bounce, struct verification *v,
                          const struct rulebase *rules, struct arena *arena) {
    static judge_evidence *const judges[] = {by_log, by_signature, by_batv, by_srs, by_path, by_carrier};
    struct judging j = {report, bounce, v, rules, arena, bounce->addressee, SLICE_EMPTY};
    if (!j.addressee.len)
        j.addressee = report->message.sender;
    j.domain = address_domain(j.addressee);
    v->genuine = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(judges) && !v->genuine; i++)
        v->genuine = judges[i](&j, &v->genuine_reason);
    if (!v->genuine) {
        v->genuine = "unknown";
        v->genuine_reason =
            SLICE("nothing in this report shows who sent the failed mail: it has no valid signature of yours "
                  "and no BATV or SRS "
                  "tag; --log with your logs can tell");
    }
    for (struct verdict *verdict = report->verdicts; verdict; verdict = verdict->next)
        verdict_add_finding(verdict, &genuine_check, slice_of(v->genuine), AGREEMENT_NEUTRAL,
                            v->genuine_reason, arena);
}

bool report_is_backscatter(const struct report *r) {
    const struct verification *v = r->verification;
    return v && v->genuine && strcmp(v->genuine, "backscatter") == 0;
}

bool report_may_be_backscatter(const struct report *r) {
    const struct chain *way = &r->carrier.chain;
    bool is_open = !r->verification && r->verdicts && !r->verdicts->stance;
    return is_open && r->kind == KIND_BOUNCE && way->count && !way->is_inside && r->mail.chain.count;
}
