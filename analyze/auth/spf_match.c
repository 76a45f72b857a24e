/* What the mechanisms of SPF match (RFC 7208 section 5): see spf_match.h. */
#include "analyze/auth/spf_match.h"

#include "analyze/auth/spf_client_name.h"
#include "analyze/auth/spf_macro.h"
#include "analyze/auth/spf_trace.h"
#include "parsers/base/host.h"

#include <arpa/inet.h>

/* Answers with nothing in them are counted too. Returns false when there are too many. */
static bool count_void(const struct spf_frame *f, struct slice name, const struct dns_answer *answer) {
    struct spf_verdict *v = f->run->verdict;
    if (!dns_is_none(answer->status) || ++v->void_lookups <= SPF_MOST_VOID)
        return true;
    SPF_REASON(f, "more than %d look-ups found nothing (RFC 7208 section 4.6.4); the last was %.*s",
               SPF_MOST_VOID, S(name));
    return false;
}

/* What an answer that is not FOUND means to a mechanism. */
static enum spf_match match_of_status(const struct spf_frame *f, const struct spf_term *t, struct slice name,
                                      const struct dns_answer *answer) {
    if (answer->status == DNS_UNKNOWN) {
        SPF_STEP(f, false, "%.*s: the snapshot does not contain %.*s", S(t->text), S(name));
        return SPF_MATCH_UNKNOWN;
    }
    if (dns_is_failure(answer->status)) {
        SPF_STEP(f, true, "%.*s: %.*s: %s", S(t->text), S(name), dns_status_words(answer->status));
        SPF_REASON(f, "%.*s (of %.*s) could not be looked up: %s", S(name), S(t->text),
                   dns_status_words(answer->status));
        return SPF_MATCH_TEMPERROR;
    }
    return count_void(f, name, answer) ? SPF_NO_MATCH : SPF_MATCH_PERMERROR;
}

static bool term_holds(const struct spf_term *t, const struct ip *network, const struct ip *ip) {
    int given = ip->family == AF_INET6 ? t->prefix6 : t->prefix4;
    unsigned whole = ip->family == AF_INET6 ? 128 : 32;
    struct network n = {*network, given < 0 ? whole : (unsigned)given};
    return network_holds(&n, ip);
}

/* The target name: that of the term, else the domain of the record (section 4.8). */
static bool find_target(const struct spf_frame *f, const struct spf_term *t, struct slice *name) {
    *name = f->domain;
    return !t->domain.len || spf_expand(f->run, t->domain, f->domain, false, name);
}

static unsigned address_type(const struct spf_frame *f) {
    return f->run->query->ip.family == AF_INET6 ? DNS_AAAA : DNS_A;
}

static void show_addresses(const struct spf_frame *f, const struct spf_term *t, struct slice name,
                           const struct dns_record *first) {
    struct slice text = SLICE_EMPTY;
    unsigned count = 0;
    for (const struct dns_record *r = first; r; r = r->next)
        if (count++ < 4)
            text = arena_printf(f->run->arena, "%.*s%s%.*s", S(text), text.len ? ", " : "",
                                S(ip_text(f->run->arena, &r->ip)));
    const char *more = count > 4 ? ", …" : "";
    if (count)
        SPF_STEP(f, false, "%.*s: %.*s is %.*s%s, which does not include %.*s", S(t->text), S(name), S(text),
                 more, S(spf_client_text(f)));
    else
        SPF_STEP(f, false, "%.*s: %.*s has no address of that kind", S(t->text), S(name));
}

static enum spf_match match_host(const struct spf_frame *f, const struct spf_term *t, struct slice name) {
    struct dns_answer answer = dns_lookup(f->run->resolver, name, address_type(f));
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (term_holds(t, &r->ip, &f->run->query->ip))
            return SPF_MATCH;
    enum spf_match match = answer.status == DNS_FOUND ? SPF_NO_MATCH : match_of_status(f, t, name, &answer);
    if (match == SPF_NO_MATCH)
        show_addresses(f, t, name, answer.records);
    return match;
}

static enum spf_match match_mx(const struct spf_frame *f, const struct spf_term *t, struct slice name) {
    struct dns_answer answer = dns_lookup(f->run->resolver, name, DNS_MX);
    unsigned hosts = 0;
    bool is_unknown = false;
    if (answer.status != DNS_FOUND) {
        enum spf_match match = match_of_status(f, t, name, &answer);
        if (match == SPF_NO_MATCH)
            SPF_STEP(f, false, "%.*s: %.*s has no MX", S(t->text), S(name));
        return match;
    }
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (++hosts > SPF_MOST_NAMES) {
            SPF_STEP(f, true, "%.*s: %.*s has more than %d MX hosts", S(t->text), S(name), SPF_MOST_NAMES);
            SPF_REASON(f, "%.*s has more than %d MX hosts (RFC 7208 section 4.6.4)", S(name), SPF_MOST_NAMES);
            return SPF_MATCH_PERMERROR;
        }
    for (const struct dns_record *r = answer.records; r; r = r->next) {
        enum spf_match match = r->host.len ? match_host(f, t, r->host) : SPF_NO_MATCH;
        if (match != SPF_NO_MATCH && match != SPF_MATCH_UNKNOWN)
            return match;
        is_unknown |= match == SPF_MATCH_UNKNOWN;
    }
    return is_unknown ? SPF_MATCH_UNKNOWN : SPF_NO_MATCH;
}

static enum spf_match match_exists(const struct spf_frame *f, const struct spf_term *t, struct slice name) {
    struct dns_answer answer = dns_lookup(f->run->resolver, name, DNS_A);
    if (answer.status == DNS_FOUND)
        return SPF_MATCH;
    enum spf_match match = match_of_status(f, t, name, &answer);
    if (match == SPF_NO_MATCH)
        SPF_STEP(f, false, "%.*s: %.*s has no A record", S(t->text), S(name));
    return match;
}

static enum spf_match match_ptr(const struct spf_frame *f, const struct spf_term *t, struct slice domain) {
    bool is_missing;
    struct slice name = spf_client_name(f->run, domain, &is_missing);
    if (host_is_within(name, domain))
        return SPF_MATCH;
    if (!is_missing && name.len)
        SPF_STEP(f, false, "%.*s: %.*s is %.*s, which is not below %.*s", S(t->text), S(spf_client_text(f)),
                 S(name), S(domain));
    else
        SPF_STEP(f, false, "%.*s: %s", S(t->text),
                 is_missing ? "the snapshot does not contain its reverse DNS"
                            : "no reverse name resolves back to it");
    return is_missing ? SPF_MATCH_UNKNOWN : SPF_NO_MATCH;
}

static enum spf_match match_include(const struct spf_frame *f, const struct spf_term *t, struct slice name) {
    switch (spf_check_host(f->run, name, spf_way_to(f, t), f, false)) {
    case SPF_VERDICT_PASS:
        return SPF_MATCH;
    case SPF_VERDICT_TEMPERROR:
        return SPF_MATCH_TEMPERROR;
    case SPF_VERDICT_PERMERROR:
        return SPF_MATCH_PERMERROR;
    case SPF_VERDICT_NONE:
        SPF_STEP(f, true, "%.*s: %.*s has no SPF record: an error in the record that includes it", S(t->text),
                 S(name));
        SPF_REASON(f, "%.*s is included and has no SPF record", S(name));
        return SPF_MATCH_PERMERROR;
    case SPF_VERDICT_UNCHECKED:
        return SPF_MATCH_UNKNOWN;
    default:
        return SPF_NO_MATCH;
    }
}

static enum spf_match match_network(const struct spf_frame *f, const struct spf_term *t) {
    if (network_holds(&t->network, &f->run->query->ip))
        return SPF_MATCH;
    SPF_STEP(f, false, "%.*s does not match %.*s", S(t->text), S(spf_client_text(f)));
    return SPF_NO_MATCH;
}

enum spf_match spf_match_term(const struct spf_frame *f, const struct spf_term *t) {
    static enum spf_match (*const asking[])(const struct spf_frame *, const struct spf_term *,
                                            struct slice) = {[SPF_INCLUDE] = match_include,
                                                             [SPF_A] = match_host,
                                                             [SPF_MX] = match_mx,
                                                             [SPF_PTR] = match_ptr,
                                                             [SPF_EXISTS] = match_exists};
    struct slice name;
    if (t->kind == SPF_ALL)
        return SPF_MATCH;
    if (t->kind == SPF_IP4 || t->kind == SPF_IP6)
        return match_network(f, t);
    if (!spf_count_lookup(f, t) || !find_target(f, t, &name))
        return SPF_MATCH_PERMERROR;
    return asking[t->kind](f, t, name);
}
