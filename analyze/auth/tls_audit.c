/* Faults of MTA-STS, TLS-RPT and DANE: see tls_audit.h. */
#include "analyze/auth/tls_audit.h"

#include "analyze/auth/mx_hosts.h"
#include "analyze/auth/report_address_audit.h"
#include "analyze/auth/versioned_record.h"
#include "parsers/base/text.h"
#include "parsers/dns/dmarc_uri.h"
#include "parsers/dns/name.h"
#include "parsers/dns/tags.h"

#define MOST_TLSA   20 /* records of one host */
#define MOST_OF_ID  32 /* characters (RFC 8461 section 3.1) */
#define MOST_SHOWN  100
#define SIZE_SHA256 32
#define SIZE_SHA512 64

struct auditing {
    struct check_list *list;
    const struct check_kind *kind;
    struct slice domain;
};

#define FAULT(a, outcome, result, ...)                                                                       \
    check_add((a)->list, (a)->kind, (outcome), (result), (a)->domain, TEXT((a)->list, __VA_ARGS__))

/* --- MTA-STS --- */

static bool is_id(struct slice id) {
    for (size_t i = 0; i < id.len; i++)
        if (!ascii_is_alnum(id.ptr[i]))
            return false;
    return id.len > 0 && id.len <= MOST_OF_ID;
}

/* What can stay of an id that is none, else another one. */
static struct slice mended_id(struct slice id, struct arena *arena) {
    char *out = arena_open(arena, MOST_OF_ID);
    size_t used = 0;
    for (size_t i = 0; i < id.len && used < MOST_OF_ID; i++)
        if (ascii_is_alnum(id.ptr[i]))
            out[used++] = id.ptr[i];
    struct slice kept = arena_close(arena, out, used);
    return kept.len ? kept : SLICE("1");
}

static size_t count_told(const struct auditing *a) {
    size_t count = 0;
    for (const struct check *c = check_first(a->list, a->kind); c; c = check_next(c))
        count++;
    return count;
}

/* The host of a policy that no record tells of. One to which a wildcard of the domain leads says nothing. */
static void find_host_alone(struct auditing *a, const struct versioned *v, struct slice host) {
    if (!dns_is_none(v->status) && v->status != DNS_FOUND)
        return;
    bool is_alias = dns_lookup(a->list->resolver, v->name, DNS_CNAME).status == DNS_FOUND;
    if (v->count || v->like.len || is_alias || !host_addresses(a->list->resolver, host).count)
        return;
    struct host_addresses any = host_addresses(a->list->resolver, TEXT(a->list, "*.%.*s", S(a->domain)));
    if (any.count || dns_is_open(any.status))
        return;
    struct check *c =
        FAULT(a, CHECK_WARNING, "sts-record",
              "%.*s exists, as for a policy of MTA-STS, but no record at %.*s says that there is "
              "one: senders do not ask for it (RFC 8461 section 3.1)",
              S(host), S(v->name));
    check_remedy(
        a->list, c,
        SLICE("Publish the record, with a new id= whenever the policy changes; or take the host out of "
              "the DNS."));
    check_propose(a->list, c, v->name, "TXT", SLICE("v=STSv1; id=1;"));
}

static void audit_sts(struct auditing *a) {
    struct versioned v = versioned_find(a->list, &versioned_sts, a->domain);
    struct slice host = TEXT(a->list, "mta-sts.%.*s", S(a->domain));
    size_t before = count_told(a);
    if (!versioned_is_one(a->list, a->kind, &v, a->domain)) {
        if (count_told(a) == before) /* else it is told where the record stands, or what it is instead */
            find_host_alone(a, &v, host);
        return;
    }
    if (!is_id(tag_find(v.text, SLICE("id")))) {
        struct check *c =
            FAULT(a, CHECK_FAIL, "sts-id",
                  "the MTA-STS record of %.*s has no valid id=, which is 1 to 32 letters and digits (RFC "
                  "8461 section 3.1): senders take it for none",
                  S(a->domain));
        check_remedy(a->list, c, SLICE("Give it an id=, and a new one whenever the policy changes."));
        check_propose(
            a->list, c, v.name, "TXT",
            TEXT(a->list, "v=STSv1; id=%.*s;", S(mended_id(tag_find(v.text, SLICE("id")), a->list->arena))));
    }
    struct host_addresses all = host_addresses(a->list->resolver, host);
    if (all.count || dns_is_open(all.status))
        return;
    check_remedy(
        a->list,
        FAULT(a, CHECK_FAIL, "sts-host",
              "%.*s publishes MTA-STS, but %.*s, from which senders fetch the policy, has no address (%s): "
              "there "
              "is no policy",
              S(a->domain), S(host), dns_status_words(all.status)),
        TEXT(a->list,
             "Serve the policy at https://%.*s/.well-known/mta-sts.txt, or remove the record at %.*s.",
             S(host), S(v.name)));
}

/* --- TLS-RPT --- */

static void audit_reports(struct auditing *a) {
    struct versioned v = versioned_find(a->list, &versioned_tls_reports, a->domain);
    struct dmarc_uri uri;
    bool is_right = false;
    if (!versioned_is_one(a->list, a->kind, &v, a->domain))
        return;
    struct slice rest = tag_find(v.text, SLICE("rua"));
    struct slice wrong = SLICE_EMPTY;
    struct slice meant = SLICE_EMPTY; /* the addresses as they should be */
    while (dmarc_uri_next(&rest, &uri)) {
        bool is_good = uri.is_valid && (uri.is_mail || slice_starts_nocase(uri.text, SLICE("https:")));
        struct report_address at = {
            .subject = a->domain, .domain = uri.domain, .tag = "rua", .record = "TLS-RPT"};
        if (is_good && uri.is_mail)
            report_address_audit(a->list, a->kind, &at);
        is_right |= is_good;
        if (is_good || uri.is_bare_address || uri.is_misspelt)
            meant = TEXT(a->list, "%.*s%s%s%.*s", S(meant), meant.len ? "," : "",
                         is_good ? "" : "mailto:", S(is_good ? uri.text : uri.address));
        wrong = is_good || wrong.len ? wrong : text_shown(a->list->arena, uri.text, MOST_SHOWN);
    }
    if (is_right && !wrong.len)
        return;
    struct check *c =
        FAULT(a, is_right ? CHECK_WARNING : CHECK_FAIL, "report-address",
              "the TLS-RPT record of %.*s names %s%.*s%s; reports go to mailto: or https: (RFC 8460 section "
              "3)",
              S(a->domain), wrong.len ? "\"" : "no address (rua=)", S(wrong), wrong.len ? "\"" : "");
    check_remedy(a->list, c, SLICE("Name an address for reports."));
    if (!meant.len)
        meant = TEXT(a->list, "mailto:postmaster@%.*s", S(a->domain));
    check_propose(a->list, c, v.name, "TXT", TEXT(a->list, "v=TLSRPTv1; rua=%.*s", S(meant)));
}

/* --- DANE --- */

static const char *wrong_tlsa(const struct dns_record *r) {
    if (r->usage > 3)
        return "its usage is not one of 0 to 3";
    if (r->selector > 1)
        return "its selector is not 0 or 1";
    if (r->matching > 2)
        return "its matching type is not 0, 1 or 2";
    if (r->matching == 1 && r->text.len != SIZE_SHA256)
        return "its SHA-256 has not 32 bytes";
    if (r->matching == 2 && r->text.len != SIZE_SHA512)
        return "its SHA-512 has not 64 bytes";
    if (r->usage < 2)
        return "its usage (0 or 1) is not for mail: senders ignore it (RFC 7672 section 3.1.3)";
    return NULL;
}

/* One host; what the others have is counted in `have`, and the first for sure without goes into *without. */
static void audit_host(struct auditing *a, struct slice host, unsigned *have, struct slice *without) {
    struct slice shown = dns_name_show(a->list->arena, host);
    struct slice name = TEXT(a->list, "_25._tcp.%.*s", S(shown));
    struct dns_answer answer = dns_lookup(a->list->resolver, name, DNS_TLSA);
    unsigned count = 0;
    *have += answer.status == DNS_FOUND;
    if (dns_is_none(answer.status) && !without->len)
        *without = shown;
    for (const struct dns_record *r = answer.records; r && count < MOST_TLSA; r = r->next, count++) {
        const char *wrong = wrong_tlsa(r);
        if (wrong)
            check_remedy(a->list,
                         FAULT(a, CHECK_FAIL, "tlsa", "the TLSA record \"%u %u %u …\" at %.*s is wrong: %s",
                               r->usage, r->selector, r->matching, S(name), wrong),
                         SLICE("Make it anew: 3 1 1 and the SHA-256 of the server's public key (RFC 7671 "
                               "section 5.1)."));
    }
}

/* TLSA records where no sender asks for them: it asks for those of the MX (RFC 7672 section 2.2.3). */
static void find_beside(struct auditing *a, const struct dns_record *mx) {
    struct slice name = TEXT(a->list, "_25._tcp.%.*s", S(a->domain));
    if (dns_lookup(a->list->resolver, name, DNS_TLSA).status != DNS_FOUND)
        return;
    struct slice first = dns_name_show(a->list->arena, mx->host);
    check_remedy(a->list,
                 FAULT(a, CHECK_FAIL, "tlsa-beside",
                       "a TLSA record stands at %.*s, but %.*s is no mail server of its own: senders ask at "
                       "the names of its MX, as _25._tcp.%.*s (RFC 7672 section 2.2.3)",
                       S(name), S(a->domain), S(first)),
                 SLICE("Publish TLSA records at the names of the MX, with the keys that these servers use."));
}

/* Records for the ports of mail programs alone: other servers come to port 25. */
static void find_other_port(struct auditing *a, struct slice host) {
    static const char *const prefixes[] = {"_465._tcp", "_587._tcp"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct slice name = TEXT(a->list, "%s.%.*s", prefixes[i], S(host));
        if (dns_lookup(a->list->resolver, name, DNS_TLSA).status != DNS_FOUND)
            continue;
        check_remedy(a->list,
                     FAULT(a, CHECK_WARNING, "tlsa-port",
                           "a TLSA record stands at %.*s, for mail programs that submit mail, and none at "
                           "_25._tcp.%.*s, where other servers ask for it (RFC 7672 section 2.2.3): they "
                           "come without DANE",
                           S(name), S(host)),
                     TEXT(a->list,
                          "Publish the record at _25._tcp.%.*s too, if that server has the same key.",
                          S(host)));
        return;
    }
}

/* The record of a host under a name that is nearly right. */
static void find_misspelt(struct auditing *a, struct slice host) {
    static const char *const prefixes[] = {"_25_tcp", "25._tcp", "_25.tcp", "_tcp._25", "_25._tls"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct slice name = TEXT(a->list, "%s.%.*s", prefixes[i], S(host));
        struct dns_answer answer = dns_lookup(a->list->resolver, name, DNS_TLSA);
        if (answer.status != DNS_FOUND)
            continue;
        check_remedy(a->list,
                     FAULT(a, CHECK_FAIL, "tlsa-misplaced",
                           "a TLSA record stands at %.*s, where no sender asks for it: it belongs at "
                           "_25._tcp.%.*s (RFC 6698 section 3)",
                           S(name), S(host)),
                     SLICE("Publish the record at its name."));
        return;
    }
}

static void audit_dane(struct auditing *a) {
    struct dns_answer mx = mx_hosts(a->list->resolver, a->domain);
    struct slice without = SLICE_EMPTY;
    unsigned count = 0, have = 0;
    bool is_host = false; /* the domain is its own MX */
    if (mx.status != DNS_FOUND)
        return;
    for (const struct dns_record *r = mx.records; r && count < MOST_OF_MX_HOSTS; r = r->next, count++) {
        is_host |= slice_equal_nocase(dns_name_show(a->list->arena, r->host), a->domain);
        if (r->host.len)
            audit_host(a, r->host, &have, &without);
    }
    if (have && without.len)
        check_remedy(
            a->list,
            FAULT(a, CHECK_WARNING, "tlsa-partly",
                  "%.*s has no TLSA record, other mail servers of %.*s have: who can disturb the way to "
                  "these has mail sent to it without DANE",
                  S(without), S(a->domain)),
            TEXT(a->list, "Publish a TLSA record at _25._tcp.%.*s too.", S(without)));
    if (have || !mx.records || !mx.records->host.len)
        return;
    struct slice first = dns_name_show(a->list->arena, mx.records->host);
    find_misspelt(a, first);
    find_other_port(a, first);
    if (!is_host)
        find_beside(a, mx.records);
}

void tls_audit_domain(struct check_list *list, const struct check_kind *kind, struct slice domain) {
    struct auditing a = {list, kind, domain};
    if (!domain.len)
        return;
    audit_sts(&a);
    audit_reports(&a);
    audit_dane(&a);
}
