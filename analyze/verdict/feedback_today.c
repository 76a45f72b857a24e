/* Reports of receivers and the DNS of today: see feedback_today.h. */
#include "analyze/verdict/feedback_today.h"

#include "analyze/auth/dkim_check.h"
#include "analyze/auth/dmarc_check.h"
#include "analyze/auth/dmarc_walk.h"
#include "analyze/auth/published_key.h"
#include "analyze/auth/spf.h"
#include "analyze/auth/spf_check.h"
#include "analyze/auth/tls_audit.h"
#include "analyze/auth/tls_check.h"
#include "analyze/verdict/sources.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"

#define MOST_OF_NAMES  5   /* reverse names of one address */
#define MOST_OF_DOMAIN 255 /* bytes (RFC 1035 section 2.3.4) */
#define MOST_SELECTOR  100 /* bytes */

struct holding {
    struct check_list *list;
    const struct feedback *feedback;
    unsigned keys;
};

/* Could the DNS hold it? What a report calls a domain is of any length. */
static bool is_name(struct slice domain) {
    return domain.len && domain.len <= MOST_OF_DOMAIN;
}

/* " (mail.example.org)": a reverse name that leads back to the address; else nothing. */
static struct slice confirmed_name(struct check_list *list, const struct ip *ip) {
    struct dns_answer answer = dns_lookup(list->resolver, ip_reverse_name(list->arena, ip), DNS_PTR);
    unsigned names = 0;
    for (const struct dns_record *r = answer.records; r && names < MOST_OF_NAMES; r = r->next, names++) {
        struct host_addresses back = host_addresses(list->resolver, r->host);
        if (host_has_address(&back, ip))
            return TEXT(list, " (%.*s)", S(dns_name_show(list->arena, r->host)));
    }
    return SLICE_EMPTY;
}

/* What a pass of today means for a source that stood so in the report. */
static const char *pass_means(enum standing standing) {
    switch (standing) {
    case STANDING_SPF_MISSING:
    case STANDING_SPF_BROKEN:
        return ": the record was mended since, or the receiver saw another one";
    case STANDING_OTHER_DOMAIN:
        return ": with a bounce address of that domain its mail would pass DMARC";
    case STANDING_UNKNOWN:
    case STANDING_KEY_BROKEN:
        return ": with a bounce address of that domain its mail would pass DMARC, whatever becomes of DKIM";
    default:
        return "";
    }
}

static void hold_address(struct holding *h, const struct source *s, struct slice domain) {
    struct check_list *list = h->list;
    struct spf_query query = {.sender = TEXT(list, "postmaster@%.*s", S(domain)), .time = h->feedback->end};
    struct spf_verdict v;
    struct slice address;
    if (!ip_parse(s->row->ip, &query.ip))
        return;
    address = ip_text(list->arena, &query.ip);
    spf_evaluate(&query, list->resolver, &v);
    struct slice who = TEXT(list, "%.*s%.*s", S(address), S(confirmed_name(list, &query.ip)));
    const char *result = spf_result_name(v.result);
    if (v.result == SPF_VERDICT_PASS)
        check_add(
            list, &spf_check, CHECK_PASS, result, address,
            TEXT(list, "%.*s: SPF of %.*s lets it pass today%s", S(who), S(domain), pass_means(s->standing)));
    else if (v.result == SPF_VERDICT_NONE)
        check_add(list, &spf_check, CHECK_WARNING, result, address,
                  TEXT(list, "%.*s: %.*s has no SPF record today", S(who), S(domain)));
    else if (v.result != SPF_VERDICT_UNCHECKED && v.result != SPF_VERDICT_TEMPERROR)
        check_add(list, &spf_check, CHECK_FAIL, result, address,
                  TEXT(list, "%.*s: SPF of %.*s does not let it pass today either: %.*s", S(who), S(domain),
                       S(v.reason)));
}

static void hold_key(struct holding *h, struct slice selector, struct slice domain) {
    struct published_key key;
    struct check_list *list = h->list;
    key_find(&key, selector, domain, list->resolver);
    if (dns_is_open(key.status) || check_has_subject(list, &dkim_check, key.name))
        return;
    h->keys++;
    if (key.status != DNS_FOUND)
        check_add(list, &dkim_check, CHECK_FAIL, "no-key", key.name,
                  TEXT(list,
                       "the key at %.*s is not published today (%s): no signature with it can be verified",
                       S(key.name), dns_status_words(key.status)));
    else if (!key.is_usable || key.key.is_revoked)
        check_add(list, &dkim_check, CHECK_FAIL, "bad-key", key.name,
                  TEXT(list, "the key at %.*s cannot be used today: %s", S(key.name),
                       key.key.is_revoked ? "it was revoked (p= is empty)" : key.key.error));
    else
        check_add(
            list, &dkim_check, CHECK_PASS, "key", key.name,
            TEXT(list,
                 "the key at %.*s is published today: what failed was changed on its way, was signed with "
                 "another key, or the key came later",
                 S(key.name)));
}

/* The keys of the domain's own whose signatures failed in that row. */
static void hold_keys(struct holding *h, const struct feedback_row *row, struct slice domain) {
    struct slice ours = organisation_of(h->list->arena, domain);
    for (const struct feedback_result *r = row->results; r && h->keys < FEEDBACK_MOST_HELD; r = r->next) {
        bool is_own = slice_equal_nocase(organisation_of(h->list->arena, r->domain), ours);
        if (r->is_dkim && is_own && is_name(r->domain) && r->selector.len &&
            r->selector.len <= MOST_SELECTOR && !slice_equal_nocase(r->result, SLICE("pass")) &&
            !slice_equal_nocase(r->result, SLICE("none")))
            hold_key(h, r->selector, r->domain);
    }
}

/* The policy is the first thing that its owner changes. */
static void hold_policy(struct holding *h) {
    const struct feedback_policy *seen = &h->feedback->policy;
    struct dmarc_at at;
    if (!is_name(seen->domain) || !seen->p.len)
        return;
    dmarc_find(seen->domain, h->list->resolver, &at);
    const char *today = at.status == DNS_FOUND ? dmarc_policy_name(at.record.policy) : NULL;
    if (dns_is_open(at.status) || (today && slice_equal_nocase(seen->p, slice_of(today))))
        return;
    struct slice was = text_clean_line(h->list->arena, text_upto(seen->p, 20));
    check_add(
        h->list, &dmarc_check, CHECK_WARNING, "changed", seen->domain,
        today ? TEXT(h->list, "the policy of %.*s was p=%.*s in the report, and is p=%s today",
                     S(seen->domain), S(was), today)
              : TEXT(h->list,
                     "the policy of %.*s was p=%.*s in the report; today there is no valid record at that "
                     "name",
                     S(seen->domain), S(was)));
}

static void hold_sources(struct holding *h) {
    struct sources s;
    unsigned held = 0;
    sources_find(&s, h->feedback, h->list->arena);
    hold_policy(h);
    for (size_t i = 0; i < s.count && held < FEEDBACK_MOST_HELD; i++) {
        const struct source *one = &s.list[i];
        struct slice domain = one->row->header_from.len ? one->row->header_from : h->feedback->policy.domain;
        if (one->standing == STANDING_PASSES || one->standing == STANDING_FORWARDED || !is_name(domain))
            continue;
        hold_address(h, one, domain);
        hold_keys(h, one->row, domain);
        held++;
    }
}

void feedback_hold(struct check_list *list, const struct feedback *feedback) {
    struct holding h = {.list = list, .feedback = feedback};
    unsigned held = 0;
    if (feedback->kind == FEEDBACK_DMARC)
        hold_sources(&h);
    for (const struct tls_policy *p = feedback->policies; p && held < FEEDBACK_MOST_HELD; p = p->next, held++)
        if (p->failures && is_name(p->domain) && !check_has_subject(list, &tls_check, p->domain))
            tls_audit_domain(list, &tls_check, p->domain);
}
