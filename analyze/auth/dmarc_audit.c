/* Faults of DMARC records: see dmarc_audit.h. */
#include "analyze/auth/dmarc_audit.h"

#include "analyze/auth/alias_audit.h"
#include "analyze/auth/dmarc_mend.h"
#include "analyze/auth/report_address_audit.h"
#include "parsers/base/organisation.h"
#include "parsers/base/text.h"
#include "parsers/dns/dmarc_uri.h"
#include "parsers/dns/name.h"
#include "parsers/dns/tags.h"

#define MOST_ADDRESSES 20 /* of rua= and ruf= that are looked at */
#define MOST_SHOWN     200

struct auditing {
    struct check_list *list;
    const struct check_kind *kind;
    const struct dmarc_verdict *v;
    struct slice domain; /* at which the record stands */
    struct slice text;   /* the record */
    struct dmarc_record record;
};

#define FAULT(a, outcome, result, ...)                                                                       \
    check_add((a)->list, (a)->kind, (outcome), (result), (a)->v->domain, TEXT((a)->list, __VA_ARGS__))

/* What to do, with the record as it should be. */
static void mend(struct auditing *a, struct check *c, struct slice how) {
    struct slice name = TEXT(a->list, "_dmarc.%.*s", S(a->domain));
    check_remedy(a->list, c, how);
    check_propose(a->list, c, name, "TXT", dmarc_mend(a->text, a->domain, a->list->arena));
}

static struct slice shown(struct auditing *a, struct slice text) {
    return text_shown(a->list->arena, text, MOST_SHOWN);
}

/* --- where reports go --- */

/* Does another organisation say that it takes reports (RFC 9990 section 4)? True too where nobody knows. */
static bool check_authorised(struct auditing *a, const struct dmarc_uri *uri, const char *tag) {
    struct arena *arena = a->list->arena;
    struct slice ours = organisation_of(arena, a->domain);
    struct slice name = TEXT(a->list, "%.*s._report._dmarc.%.*s", S(a->domain), S(uri->domain));
    if (slice_equal_nocase(ours, organisation_of(arena, uri->domain)))
        return false;
    struct dns_answer answer = dns_lookup(a->list->resolver, name, DNS_TXT);
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (dmarc_record_is(r->text))
            return true;
    if (dns_is_open(answer.status))
        return true;
    struct check *c =
        FAULT(a, CHECK_FAIL, "reports-not-authorised",
              "%s= of the DMARC record of %.*s names an address of another organisation (%.*s), which "
              "does not say that it takes these reports: receivers do not send them (RFC 9990 section 4)",
              tag, S(a->domain), S(shown(a, uri->domain)));
    check_remedy(a->list, c,
                 TEXT(a->list,
                      "The owner of %.*s must publish the record below; or name an address of your own.",
                      S(shown(a, uri->domain))));
    check_propose(a->list, c, name, "TXT", SLICE("v=DMARC1;"));
    return false;
}

static void check_address(struct auditing *a, const struct dmarc_uri *uri, const char *tag) {
    struct report_address at = {.subject = a->domain, .domain = uri->domain, .tag = tag, .record = "DMARC"};
    at.is_agreed = check_authorised(a, uri, tag);
    report_address_audit(a->list, a->kind, &at);
}

static void find_addresses(struct auditing *a, struct slice addresses, const char *tag) {
    struct dmarc_uri uri;
    bool has_mail = false, has_other = false;
    for (unsigned i = 0; i < MOST_ADDRESSES && dmarc_uri_next(&addresses, &uri); i++) {
        bool has_slashes = slice_starts_nocase(uri.text, SLICE("mailto://"));
        bool is_size_wrong = uri.has_size && !uri.is_size;
        has_mail |= uri.is_mail || uri.is_bare_address || uri.is_misspelt;
        has_other |= uri.is_valid && !uri.is_mail && !uri.is_misspelt;
        if (uri.is_valid && uri.is_mail && !has_slashes)
            check_address(a, &uri, tag);
        if (uri.is_valid && !has_slashes && !is_size_wrong && !uri.is_misspelt)
            continue;
        mend(a,
             FAULT(a, CHECK_FAIL, "report-address",
                   "%s= of the DMARC record of %.*s names \"%.*s\", %s: no report is sent there", tag,
                   S(a->domain), S(shown(a, uri.text)),
                   has_slashes ? "with slashes that belong to other kinds of addresses"
                   : is_size_wrong && uri.is_valid
                       ? "with a size behind \"!\" that is none (RFC 7489 section 6.2)"
                   : uri.is_misspelt     ? "with something else before the address than \"mailto:\""
                   : uri.is_bare_address ? "without the \"mailto:\" that must stand before an address"
                                         : "which is no URI"),
             SLICE("Write each address as mailto:user@domain, with commas between."));
    }
    if (has_other && !has_mail)
        check_remedy(
            a->list,
            FAULT(a, CHECK_WARNING, "no-mail-address",
                  "%s= of the DMARC record of %.*s names no mail address: receivers have to support only "
                  "mailto:, and few send reports elsewhere (RFC 7489 section 6.3)",
                  tag, S(a->domain)),
            SLICE("Add a mail address: mailto:user@domain."));
}

static void find_reports(struct auditing *a) {
    if (!slice_trim(a->record.reports).len)
        mend(a,
             FAULT(a, CHECK_WARNING, "no-reports",
                   "the DMARC record of %.*s asks for no reports (rua=): nobody tells you who sends in its "
                   "name, and what "
                   "of your own mail fails",
                   S(a->domain)),
             SLICE("Name an address for aggregate reports."));
    find_addresses(a, a->record.reports, "rua");
    find_addresses(a, a->record.failures, "ruf");
}

/* --- no record, or none that counts --- */

static bool find_misplaced(struct auditing *a, struct slice name, const char *why) {
    struct dns_answer answer = dns_lookup(a->list->resolver, name, DNS_TXT);
    const struct dns_record *r = answer.records;
    while (r && !dmarc_record_is(r->text))
        r = r->next;
    if (!r)
        return false;
    a->text = r->text;
    mend(a,
         FAULT(a, CHECK_FAIL, "misplaced",
               "a DMARC record stands at %.*s, where no receiver looks for it%s: it belongs "
               "at _dmarc.%.*s",
               S(name), why, S(a->domain)),
         SLICE("Publish the record at its name."));
    return true;
}

/* At the names under which it is published by mistake. */
static bool find_elsewhere(struct auditing *a) {
    const struct {
        struct slice name;
        const char *why;
    } names[] = {
        {a->domain, ""},
        {TEXT(a->list, "dmarc.%.*s", S(a->domain)), " (the underscore is missing)"},
        {TEXT(a->list, "_dmarc._dmarc.%.*s", S(a->domain)), " (the prefix stands there twice)"},
        {TEXT(a->list, "_dmarc.%.*s.%.*s", S(a->domain), S(a->domain)), " (the domain was appended twice)"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (find_misplaced(a, names[i].name, names[i].why))
            return true;
    return false;
}

/* A record to begin with, to what was found already: that there is none. */
static void propose_first(struct auditing *a) {
    struct slice organisation = a->v->organisation;
    for (struct check *c = a->list->first; c; c = c->next)
        if (c->kind == a->kind && a->v->result == DMARC_IS_NONE) {
            check_propose(a->list, c, TEXT(a->list, "_dmarc.%.*s", S(organisation)), "TXT",
                          TEXT(a->list, "v=DMARC1; p=none; rua=mailto:postmaster@%.*s", S(organisation)));
            return;
        }
}

/* At the name stands something else, or it is an alias that leads nowhere. */
static void find_other(struct auditing *a, struct slice name) {
    struct dns_answer answer = dns_lookup(a->list->resolver, name, DNS_TXT);
    struct slice target;
    if (answer.status == DNS_FOUND && answer.records)
        check_remedy(
            a->list,
            FAULT(a, CHECK_FAIL, "other-record",
                  "what stands at %.*s is no DMARC record: \"%.*s\"; perhaps a wildcard (*) of the domain "
                  "answers there",
                  S(name), S(shown(a, answer.records->text))),
            SLICE("Publish a DMARC record at that name: it then hides the wildcard."));
    else if (dns_is_none(answer.status) && dns_is_alias(a->list->resolver, name, &target))
        check_remedy(a->list,
                     FAULT(a, CHECK_FAIL, "dangling-alias",
                           "%.*s is an alias (CNAME) of %.*s, where there is no DMARC record: %s", S(name),
                           S(dns_name_show(a->list->arena, target)), dns_status_words(answer.status)),
                     SLICE("Correct the CNAME, or publish the record in its place."));
}

static void find_broken(struct auditing *a) {
    struct slice name = TEXT(a->list, "_dmarc.%.*s", S(a->domain));
    struct dmarc_at at;
    dmarc_find(a->domain, a->list->resolver, &at);
    alias_audit(a->list, a->kind, a->v->domain, name);
    a->text = at.count ? at.text : at.like;
    if (!a->text.len) {
        find_other(a, name);
        if (!find_elsewhere(a))
            propose_first(a);
        return;
    }
    const char *why = at.count > 1        ? "it is not the only one, and receivers discard all of several"
                      : at.count == 0     ? "it does not begin with \"v=DMARC1;\", written so"
                      : at.record.odd.len ? at.record.odd.ptr
                                          : "it has no policy";
    mend(a,
         FAULT(a, CHECK_FAIL, "broken-record",
               "a record is published at %.*s, but receivers cannot use it: %s (\"%.*s\")", S(name), why,
               S(shown(a, a->text))),
         SLICE("Publish one valid record."));
    /* what else is wrong with it comes to light only when it was corrected */
    dmarc_record_parse(dmarc_as_meant(a->text, a->list->arena), &a->record);
    find_reports(a);
}

/* --- what it asks for --- */

/* " (it is \"quarentine\")": what stands there, where the fault is a value; empty: it is none. */
static struct slice wrong_value(struct auditing *a, enum dmarc_fault f) {
    static const char *const tags[DMARC_FAULTS] = {
        [DMARC_FAULT_POLICY] = "p",    [DMARC_FAULT_SUBDOMAINS] = "sp", [DMARC_FAULT_NONEXISTENT] = "np",
        [DMARC_FAULT_ADKIM] = "adkim", [DMARC_FAULT_ASPF] = "aspf",     [DMARC_FAULT_PSD] = "psd",
        [DMARC_FAULT_TESTING] = "t",   [DMARC_FAULT_PERCENT] = "pct",   [DMARC_FAULT_OPTIONS] = "fo",
    };
    struct slice value = tags[f] ? tag_find(a->text, slice_of(tags[f])) : SLICE_EMPTY;
    return value.len ? TEXT(a->list, " (it is \"%.*s\")", S(shown(a, value))) : SLICE_EMPTY;
}

static void find_faults(struct auditing *a) {
    for (enum dmarc_fault f = 0; f < DMARC_FAULTS; f++) {
        if (!dmarc_has_fault(&a->record, f))
            continue;
        bool is_void = f == DMARC_FAULT_POLICY || f == DMARC_FAULT_SUBDOMAINS ||
                       f == DMARC_FAULT_NONEXISTENT || f == DMARC_FAULT_NO_POLICY;
        mend(a,
             FAULT(a, is_void ? CHECK_FAIL : CHECK_WARNING, "syntax",
                   "the DMARC record of %.*s has a fault: %s%.*s%s", S(a->domain), dmarc_fault_words(f),
                   S(wrong_value(a, f)),
                   is_void ? ", so it counts as p=none at best (RFC 9989 section 4.10.1)"
                           : ", so the default counts"),
             SLICE("Correct the record."));
    }
}

static void find_unknown_tags(struct auditing *a) {
    struct slice rest = a->text;
    struct tag tag;
    bool is_wrong = false;
    while (tag_next(&rest, &tag, &is_wrong)) {
        if (dmarc_tag_is_known(tag.name))
            continue;
        mend(a,
             FAULT(a, CHECK_WARNING, "unknown-tag",
                   "the DMARC record of %.*s has a tag that does not exist: \"%.*s\"; receivers ignore it",
                   S(a->domain), S(shown(a, tag.name))),
             SLICE("Correct the tag, or leave it out."));
        return;
    }
}

/* Does a policy of none take back what p= asks for? quarantine beside reject may be meant. */
static bool takes_back(enum dmarc_policy one, enum dmarc_policy policy) {
    return one == DMARC_NONE && (policy == DMARC_QUARANTINE || policy == DMARC_REJECT);
}

static void find_weak_policy(struct auditing *a) {
    const struct dmarc_record *r = &a->record;
    if (r->policy == DMARC_NONE)
        mend(
            a,
            FAULT(a, CHECK_WARNING, "policy-none",
                  "the DMARC record of %.*s asks for nothing (p=none): forged mail in its name is delivered "
                  "like any "
                  "other",
                  S(a->domain)),
            SLICE(
                "Once the reports show that all your mail passes, ask for p=quarantine, then for p=reject."));
    if (takes_back(r->subdomains, r->policy))
        mend(a,
             FAULT(a, CHECK_WARNING, "subdomains",
                   "the DMARC record of %.*s asks for p=%s, but for its subdomains only for sp=%s: who "
                   "forges mail takes "
                   "a subdomain",
                   S(a->domain), dmarc_policy_name(r->policy), dmarc_policy_name(r->subdomains)),
             SLICE("Leave sp= out, so that p= holds for subdomains too."));
    if (takes_back(r->nonexistent, r->policy))
        mend(
            a,
            FAULT(
                a, CHECK_WARNING, "nonexistent",
                "the DMARC record of %.*s asks for p=%s, but for subdomains that do not exist only for np=%s",
                S(a->domain), dmarc_policy_name(r->policy), dmarc_policy_name(r->nonexistent)),
            SLICE("Ask for np=reject: no mail comes from names that do not exist."));
    if (r->is_testing)
        mend(a,
             FAULT(a, CHECK_WARNING, "testing",
                   "the DMARC record of %.*s says that it is a test (t=y): its policy is applied one step "
                   "milder "
                   "(RFC 9989 section 4.7)",
                   S(a->domain)),
             SLICE("Leave t=y out once the test is over."));
    if (r->percent < 100)
        mend(a,
             FAULT(a, CHECK_WARNING, "percent",
                   "the DMARC record of %.*s says pct=%d, which is no longer a tag of DMARC (RFC 9989 "
                   "section 9.3): "
                   "receivers apply the policy to all mail, or, if they still follow RFC 7489, to that part",
                   S(a->domain), r->percent),
             SLICE("Leave pct= out; for a test use t=y."));
    if (r->psd == 'y')
        mend(
            a,
            FAULT(a, CHECK_WARNING, "psd",
                  "the DMARC record of %.*s says psd=y: that it is a suffix under which others register; its "
                  "subdomains then align neither with it nor with each other",
                  S(a->domain)),
            SLICE("Leave psd= out."));
}

void dmarc_audit_domain(struct check_list *list, const struct check_kind *kind,
                        const struct dmarc_verdict *v) {
    struct auditing a = {.list = list, .kind = kind, .v = v, .domain = v->domain};
    struct dmarc_at at;
    if (!v->domain.len || v->result == DMARC_IS_TEMPERROR)
        return;
    if (!v->found_at.len || v->is_broken) {
        if (v->is_broken && v->found_at.len)
            a.domain = v->found_at;
        find_broken(&a);
        return;
    }
    a.domain = v->found_at;
    dmarc_find(a.domain, list->resolver, &at);
    alias_audit(list, kind, v->domain, TEXT(list, "_dmarc.%.*s", S(a.domain)));
    a.text = at.text;
    a.record = at.record;
    find_faults(&a);
    find_unknown_tags(&a);
    find_weak_policy(&a);
    find_reports(&a);
}
