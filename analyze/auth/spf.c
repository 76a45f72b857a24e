/* The evaluation of SPF (RFC 7208 sections 4 to 6): see spf.h. */
#include "analyze/auth/spf.h"

#include "analyze/auth/spf_client_name.h"
#include "analyze/auth/spf_macro.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"
#include "parsers/dns/spf_record.h"

#include <arpa/inet.h>

#define MOST_OF_STEP  400 /* bytes of a step that are kept */
#define MOST_OF_DEPTH 20  /* records inside records; the limit of look-ups is met before */

/* A record that is being evaluated. */
struct frame {
    struct spf_run *run;
    struct slice domain;
    struct slice way;          /* "include:_spf.example.net → ": how the record was come to */
    const struct frame *above; /* the record that led here; NULL: the first */
    unsigned depth;
};

enum match { NO_MATCH, MATCH, MATCH_UNKNOWN, MATCH_TEMPERROR, MATCH_PERMERROR };

static enum spf_result check_host(struct spf_run *run, struct slice domain, struct slice way,
                                  const struct frame *above, bool explains);

/* --- the trace --- */

static void add_step(const struct frame *f, bool is_decisive, struct slice text) {
    struct spf_run *run = f->run;
    if (++run->verdict->step_count > SPF_MOST_STEPS)
        return;
    struct spf_step *s = ARENA_NEW(run->arena, struct spf_step);
    struct slice whole = arena_printf(run->arena, "%.*s%.*s", S(f->way), S(text));
    *s = (struct spf_step){NULL, text_shown(run->arena, whole, MOST_OF_STEP), is_decisive};
    *run->end = s;
    run->end = &s->next;
}

#define STEP(f, is_decisive, ...) add_step((f), (is_decisive), arena_printf((f)->run->arena, __VA_ARGS__))

static void set_reason(const struct frame *f, struct slice text) {
    struct spf_verdict *v = f->run->verdict;
    if (!v->reason.len)
        v->reason = text_shown(f->run->arena, text, MOST_OF_STEP);
}

#define REASON(f, ...) set_reason((f), arena_printf((f)->run->arena, __VA_ARGS__))

/* The way of a record that a term leads to; only the last parts of a long one are shown. */
static struct slice way_to(const struct frame *f, const struct spf_term *t) {
    struct slice before = f->depth < 3 ? f->way : SLICE("… → ");
    return arena_printf(f->run->arena, "%.*s%.*s → ", S(before), S(text_upto(t->text, 120)));
}

static struct slice client_text(const struct frame *f) {
    return ip_text(f->run->arena, &f->run->query->ip);
}

/* --- look-ups and their limits --- */

/* Terms that ask the DNS are counted (section 4.6.4). */
static bool count_lookup(const struct frame *f, const struct spf_term *t) {
    struct spf_verdict *v = f->run->verdict;
    if (++v->lookups <= SPF_MOST_LOOKUPS)
        return true;
    STEP(f, true, "%.*s: the %uth look-up; %d are allowed", S(t->text), v->lookups, SPF_MOST_LOOKUPS);
    REASON(f, "more than %d DNS look-ups are needed (RFC 7208 section 4.6.4)", SPF_MOST_LOOKUPS);
    return false;
}

/* Answers with nothing in them are counted too. Returns false when there are too many. */
static bool count_void(const struct frame *f, struct slice name, const struct dns_answer *answer) {
    struct spf_verdict *v = f->run->verdict;
    if (!dns_is_none(answer->status) || ++v->void_lookups <= SPF_MOST_VOID)
        return true;
    REASON(f, "more than %d look-ups found nothing (RFC 7208 section 4.6.4); the last was %.*s",
           SPF_MOST_VOID, S(name));
    return false;
}

/* What an answer that is not FOUND means to a mechanism. */
static enum match match_of_status(const struct frame *f, const struct spf_term *t, struct slice name,
                                  const struct dns_answer *answer) {
    if (answer->status == DNS_UNKNOWN) {
        STEP(f, false, "%.*s: the snapshot does not contain %.*s", S(t->text), S(name));
        return MATCH_UNKNOWN;
    }
    if (dns_is_failure(answer->status)) {
        STEP(f, true, "%.*s: %.*s: %s", S(t->text), S(name), dns_status_words(answer->status));
        REASON(f, "%.*s (of %.*s) could not be looked up: %s", S(name), S(t->text),
               dns_status_words(answer->status));
        return MATCH_TEMPERROR;
    }
    return count_void(f, name, answer) ? NO_MATCH : MATCH_PERMERROR;
}

/* --- mechanisms --- */

static bool term_holds(const struct spf_term *t, const struct ip *network, const struct ip *ip) {
    int given = ip->family == AF_INET6 ? t->prefix6 : t->prefix4;
    unsigned whole = ip->family == AF_INET6 ? 128 : 32;
    struct network n = {*network, given < 0 ? whole : (unsigned)given};
    return network_holds(&n, ip);
}

/* The target name: that of the term, else the domain of the record (section 4.8). */
static bool find_target(const struct frame *f, const struct spf_term *t, struct slice *name) {
    *name = f->domain;
    return !t->domain.len || spf_expand(f->run, t->domain, f->domain, false, name);
}

static unsigned address_type(const struct frame *f) {
    return f->run->query->ip.family == AF_INET6 ? DNS_AAAA : DNS_A;
}

static void show_addresses(const struct frame *f, const struct spf_term *t, struct slice name,
                           const struct dns_record *first) {
    struct slice text = SLICE_EMPTY;
    unsigned count = 0;
    for (const struct dns_record *r = first; r; r = r->next)
        if (count++ < 4)
            text = arena_printf(f->run->arena, "%.*s%s%.*s", S(text), text.len ? ", " : "",
                                S(ip_text(f->run->arena, &r->ip)));
    const char *more = count > 4 ? ", …" : "";
    if (count)
        STEP(f, false, "%.*s: %.*s is %.*s%s, which does not include %.*s", S(t->text), S(name), S(text),
             more, S(client_text(f)));
    else
        STEP(f, false, "%.*s: %.*s has no address of that kind", S(t->text), S(name));
}

static enum match match_host(const struct frame *f, const struct spf_term *t, struct slice name) {
    struct dns_answer answer = dns_lookup(f->run->resolver, name, address_type(f));
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (term_holds(t, &r->ip, &f->run->query->ip))
            return MATCH;
    enum match match = answer.status == DNS_FOUND ? NO_MATCH : match_of_status(f, t, name, &answer);
    if (match == NO_MATCH)
        show_addresses(f, t, name, answer.records);
    return match;
}

static enum match match_mx(const struct frame *f, const struct spf_term *t, struct slice name) {
    struct dns_answer answer = dns_lookup(f->run->resolver, name, DNS_MX);
    unsigned hosts = 0;
    bool is_unknown = false;
    if (answer.status != DNS_FOUND) {
        enum match match = match_of_status(f, t, name, &answer);
        if (match == NO_MATCH)
            STEP(f, false, "%.*s: %.*s has no MX", S(t->text), S(name));
        return match;
    }
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (++hosts > SPF_MOST_NAMES) {
            STEP(f, true, "%.*s: %.*s has more than %d MX hosts", S(t->text), S(name), SPF_MOST_NAMES);
            REASON(f, "%.*s has more than %d MX hosts (RFC 7208 section 4.6.4)", S(name), SPF_MOST_NAMES);
            return MATCH_PERMERROR;
        }
    for (const struct dns_record *r = answer.records; r; r = r->next) {
        enum match match = r->host.len ? match_host(f, t, r->host) : NO_MATCH;
        if (match != NO_MATCH && match != MATCH_UNKNOWN)
            return match;
        is_unknown |= match == MATCH_UNKNOWN;
    }
    return is_unknown ? MATCH_UNKNOWN : NO_MATCH;
}

static enum match match_exists(const struct frame *f, const struct spf_term *t, struct slice name) {
    struct dns_answer answer = dns_lookup(f->run->resolver, name, DNS_A);
    if (answer.status == DNS_FOUND)
        return MATCH;
    enum match match = match_of_status(f, t, name, &answer);
    if (match == NO_MATCH)
        STEP(f, false, "%.*s: %.*s has no A record", S(t->text), S(name));
    return match;
}

static enum match match_ptr(const struct frame *f, const struct spf_term *t, struct slice domain) {
    bool is_missing;
    struct slice name = spf_client_name(f->run, domain, &is_missing);
    if (host_is_within(name, domain))
        return MATCH;
    if (!is_missing && name.len)
        STEP(f, false, "%.*s: %.*s is %.*s, which is not below %.*s", S(t->text), S(client_text(f)), S(name),
             S(domain));
    else
        STEP(f, false, "%.*s: %s", S(t->text),
             is_missing ? "the snapshot does not contain its reverse DNS"
                        : "no reverse name resolves back to it");
    return is_missing ? MATCH_UNKNOWN : NO_MATCH;
}

static enum match match_include(const struct frame *f, const struct spf_term *t, struct slice name) {
    switch (check_host(f->run, name, way_to(f, t), f, false)) {
    case SPF_VERDICT_PASS:
        return MATCH;
    case SPF_VERDICT_TEMPERROR:
        return MATCH_TEMPERROR;
    case SPF_VERDICT_PERMERROR:
        return MATCH_PERMERROR;
    case SPF_VERDICT_NONE:
        STEP(f, true, "%.*s: %.*s has no SPF record: an error in the record that includes it", S(t->text),
             S(name));
        REASON(f, "%.*s is included and has no SPF record", S(name));
        return MATCH_PERMERROR;
    case SPF_VERDICT_UNCHECKED:
        return MATCH_UNKNOWN;
    default:
        return NO_MATCH;
    }
}

static enum match match_network(const struct frame *f, const struct spf_term *t) {
    if (network_holds(&t->network, &f->run->query->ip))
        return MATCH;
    STEP(f, false, "%.*s does not match %.*s", S(t->text), S(client_text(f)));
    return NO_MATCH;
}

static enum match match_term(const struct frame *f, const struct spf_term *t) {
    static enum match (*const asking[])(const struct frame *, const struct spf_term *,
                                        struct slice) = {[SPF_INCLUDE] = match_include,
                                                         [SPF_A] = match_host,
                                                         [SPF_MX] = match_mx,
                                                         [SPF_PTR] = match_ptr,
                                                         [SPF_EXISTS] = match_exists};
    struct slice name;
    if (t->kind == SPF_ALL)
        return MATCH;
    if (t->kind == SPF_IP4 || t->kind == SPF_IP6)
        return match_network(f, t);
    if (!count_lookup(f, t) || !find_target(f, t, &name))
        return MATCH_PERMERROR;
    return asking[t->kind](f, t, name);
}

/* --- records --- */

static enum spf_result result_of_qualifier(char qualifier) {
    return qualifier == '-'   ? SPF_VERDICT_FAIL
           : qualifier == '~' ? SPF_VERDICT_SOFTFAIL
           : qualifier == '?' ? SPF_VERDICT_NEUTRAL
                              : SPF_VERDICT_PASS;
}

/* Only then is an explanation used (section 6.2); it goes to a terminal, so without controls. */
static bool is_printable(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] > 126 || text.ptr[i] < ' ')
            return false;
    return true;
}

/* What the domain says of a fail (section 6.2). */
static void explain(const struct frame *f, const struct spf_term *exp) {
    struct slice name, text;
    if (!exp || !spf_expand(f->run, exp->domain, f->domain, false, &name))
        return;
    struct dns_answer answer = dns_lookup(f->run->resolver, name, DNS_TXT);
    bool is_one = answer.status == DNS_FOUND && !answer.records->next;
    if (is_one && is_printable(answer.records->text) &&
        spf_expand(f->run, answer.records->text, f->domain, true, &text) && is_printable(text))
        f->run->verdict->explanation = text;
}

static enum spf_result follow_redirect(const struct frame *f, const struct spf_term *t, bool explains) {
    struct slice name;
    if (!count_lookup(f, t) || !spf_expand(f->run, t->domain, f->domain, false, &name))
        return SPF_VERDICT_PERMERROR;
    enum spf_result result = check_host(f->run, name, way_to(f, t), f, explains);
    if (result != SPF_VERDICT_NONE)
        return result;
    REASON(f, "the record redirects to %.*s, which has none", S(name));
    return SPF_VERDICT_PERMERROR;
}

static enum spf_result decide(const struct frame *f, const struct spf_record *record,
                              const struct spf_term *t, bool explains) {
    enum spf_result result = result_of_qualifier(t->qualifier);
    bool is_last = f->depth == 0 || explains;
    STEP(f, is_last, "%.*s matches: %s", S(t->text), spf_result_name(result));
    if (t->kind == SPF_ALL && (is_last || result == SPF_VERDICT_PASS))
        REASON(f, "no term of the record of %.*s matches %.*s, and it ends in %.*s", S(f->domain),
               S(client_text(f)), S(t->text));
    else if (is_last || result == SPF_VERDICT_PASS)
        REASON(f, "%.*s of the record of %.*s matches", S(t->text), S(f->domain));
    if (result == SPF_VERDICT_FAIL && explains)
        explain(f, record->exp);
    return result;
}

static enum spf_result evaluate(const struct frame *f, const struct spf_record *record, bool explains) {
    bool is_unknown = false;
    for (const struct spf_term *t = record->terms; t; t = t->next) {
        enum match match = match_term(f, t);
        if (match == MATCH_PERMERROR || match == MATCH_TEMPERROR)
            return match == MATCH_PERMERROR ? SPF_VERDICT_PERMERROR : SPF_VERDICT_TEMPERROR;
        is_unknown |= match == MATCH_UNKNOWN;
        if (match == MATCH && !is_unknown)
            return decide(f, record, t, explains);
        if (match == MATCH)
            return SPF_VERDICT_UNCHECKED;
    }
    if (record->redirect) {
        enum spf_result result = follow_redirect(f, record->redirect, explains);
        return is_unknown ? SPF_VERDICT_UNCHECKED : result;
    }
    if (is_unknown)
        return SPF_VERDICT_UNCHECKED;
    STEP(f, f->depth == 0, "no term matches, and there is no `all`: neutral");
    if (explains)
        REASON(f, "no term of the record of %.*s matches", S(f->domain));
    return SPF_VERDICT_NEUTRAL;
}

/* The one record of a domain that is SPF's (section 4.5). */
static const struct dns_record *select_record(const struct dns_answer *answer, unsigned *count) {
    const struct dns_record *found = NULL;
    *count = 0;
    for (const struct dns_record *r = answer->records; r; r = r->next)
        if (spf_record_is(r->text)) {
            found = found ? found : r;
            ++*count;
        }
    return found;
}

static enum spf_result no_record(const struct frame *f, const struct dns_answer *answer) {
    if (answer->status == DNS_UNKNOWN) {
        STEP(f, false, "%.*s: the snapshot does not contain its TXT records", S(f->domain));
        return SPF_VERDICT_UNCHECKED;
    }
    if (dns_is_failure(answer->status)) {
        STEP(f, true, "%.*s: its TXT records could not be looked up: %s", S(f->domain),
             dns_status_words(answer->status));
        REASON(f, "the TXT records of %.*s could not be looked up: %s", S(f->domain),
               dns_status_words(answer->status));
        return SPF_VERDICT_TEMPERROR;
    }
    STEP(f, f->depth == 0, "%.*s has no SPF record%s", S(f->domain),
         answer->status == DNS_NXDOMAIN ? ": there is no such name" : "");
    if (f->depth == 0)
        REASON(f, "%.*s has no SPF record", S(f->domain));
    return SPF_VERDICT_NONE;
}

/* section 4.3: a domain of several labels that the DNS can ask for. */
static bool is_domain(struct spf_run *run, struct slice domain) {
    struct slice name;
    return slice_find_char(domain, '.') < domain.len && dns_name_of(domain, run->arena, &name);
}

/* It ends when the look-ups are used up; what was wrong is said before. */
static void note_loop(const struct frame *f) {
    for (const struct frame *above = f->above; above; above = above->above)
        if (slice_equal_nocase(above->domain, f->domain)) {
            REASON(f, "the records are a loop: that of %.*s leads back to itself", S(f->domain));
            return;
        }
}

static enum spf_result check_host(struct spf_run *run, struct slice domain, struct slice way,
                                  const struct frame *above, bool explains) {
    unsigned depth = above ? above->depth + 1 : 0;
    struct frame f = {run, domain, way, above, depth};
    note_loop(&f);
    struct spf_record record;
    unsigned count;
    if (!is_domain(run, domain) || depth > MOST_OF_DEPTH) {
        STEP(&f, depth == 0, "%.*s is not a domain that can be looked up", S(text_upto(domain, 300)));
        return SPF_VERDICT_NONE;
    }
    struct dns_answer answer = dns_lookup(run->resolver, domain, DNS_TXT);
    const struct dns_record *found = select_record(&answer, &count);
    if (!found)
        return no_record(&f, &answer);
    STEP(&f, count > 1, "%.*s: %.*s", S(domain), S(text_upto(found->text, MOST_OF_STEP)));
    if (depth == 0)
        run->verdict->record = text_clean_line(run->arena, found->text);
    if (count > 1) {
        REASON(&f, "%.*s has %u SPF records; only one is allowed (RFC 7208 section 4.5)", S(domain), count);
        return SPF_VERDICT_PERMERROR;
    }
    if (!spf_record_parse(found->text, run->arena, &record)) {
        run->verdict->is_malformed = true;
        STEP(&f, true, "%.*s: %.*s", S(record.wrong), S(record.error));
        REASON(&f, "the record of %.*s has an error at \"%.*s\": %.*s", S(domain),
               S(text_upto(record.wrong, 100)), S(record.error));
        return SPF_VERDICT_PERMERROR;
    }
    return evaluate(&f, &record, explains);
}

static void run_check(const struct spf_query *query, struct slice sender, struct slice domain,
                      struct resolver *resolver, struct spf_verdict *verdict) {
    struct spf_run run = {.query = query, .resolver = resolver, .arena = resolver->arena, .verdict = verdict};
    run.sender = sender;
    run.end = &verdict->steps;
    verdict->domain = domain;
    verdict->result =
        query->ip.family ? check_host(&run, domain, SLICE_EMPTY, NULL, true) : SPF_VERDICT_UNCHECKED;
    if (!query->ip.family)
        verdict->reason = SLICE("the address that sent the mail is not known");
    else if (verdict->result == SPF_VERDICT_UNCHECKED)
        verdict->reason = SLICE("the DNS snapshot does not contain all answers that SPF needs");
}

void spf_evaluate_helo(const struct spf_query *query, struct resolver *resolver,
                       struct spf_verdict *verdict) {
    *verdict = (struct spf_verdict){.is_helo = true};
    run_check(query, arena_printf(resolver->arena, "postmaster@%.*s", S(query->helo)), query->helo, resolver,
              verdict);
}

void spf_evaluate(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict) {
    struct slice domain = address_domain(query->sender);
    if (!query->sender.len) {
        spf_evaluate_helo(query, resolver, verdict);
        return;
    }
    *verdict = (struct spf_verdict){0};
    if (!domain.len)
        domain = query->sender;
    struct slice sender = query->sender;
    if (sender.len == domain.len || sender.ptr[0] == '@') /* no local part: section 4.3 */
        sender = arena_printf(resolver->arena, "postmaster@%.*s", S(domain));
    run_check(query, sender, domain, resolver, verdict);
}
