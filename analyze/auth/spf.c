/* The evaluation of SPF (RFC 7208 sections 4 to 6): see spf.h. */
#include "analyze/auth/spf.h"

#include "analyze/auth/spf_macro.h"
#include "analyze/auth/spf_match.h"
#include "analyze/auth/spf_trace.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"
#include "parsers/dns/spf_record.h"

#define MOST_OF_DEPTH 20 /* records inside records; the limit of look-ups is met before */

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
static void explain(const struct spf_frame *f, const struct spf_term *exp) {
    struct slice name, text;
    if (!exp || !spf_expand(f->run, exp->domain, f->domain, false, &name))
        return;
    struct dns_answer answer = dns_lookup(f->run->resolver, name, DNS_TXT);
    bool is_one = answer.status == DNS_FOUND && !answer.records->next;
    if (is_one && is_printable(answer.records->text) &&
        spf_expand(f->run, answer.records->text, f->domain, true, &text) && is_printable(text))
        f->run->verdict->explanation = text;
}

static enum spf_result follow_redirect(const struct spf_frame *f, const struct spf_term *t, bool explains) {
    struct slice name;
    if (!spf_count_lookup(f, t) || !spf_expand(f->run, t->domain, f->domain, false, &name))
        return SPF_VERDICT_PERMERROR;
    enum spf_result result = spf_check_host(f->run, name, spf_way_to(f, t), f, explains);
    if (result != SPF_VERDICT_NONE)
        return result;
    SPF_REASON(f, "the record redirects to %.*s, which has none", S(name));
    return SPF_VERDICT_PERMERROR;
}

static enum spf_result decide(const struct spf_frame *f, const struct spf_record *record,
                              const struct spf_term *t, bool explains) {
    enum spf_result result = result_of_qualifier(t->qualifier);
    bool is_last = f->depth == 0 || explains;
    SPF_STEP(f, is_last, "%.*s matches: %s", S(t->text), spf_result_name(result));
    if (t->kind == SPF_ALL && (is_last || result == SPF_VERDICT_PASS))
        SPF_REASON(f, "no term of the record of %.*s matches %.*s, and it ends in %.*s", S(f->domain),
                   S(spf_client_text(f)), S(t->text));
    else if (is_last || result == SPF_VERDICT_PASS)
        SPF_REASON(f, "%.*s of the record of %.*s matches", S(t->text), S(f->domain));
    if (result == SPF_VERDICT_FAIL && explains)
        explain(f, record->exp);
    return result;
}

static enum spf_result evaluate(const struct spf_frame *f, const struct spf_record *record, bool explains) {
    bool is_unknown = false;
    for (const struct spf_term *t = record->terms; t; t = t->next) {
        enum spf_match match = spf_match_term(f, t);
        if (match == SPF_MATCH_PERMERROR || match == SPF_MATCH_TEMPERROR)
            return match == SPF_MATCH_PERMERROR ? SPF_VERDICT_PERMERROR : SPF_VERDICT_TEMPERROR;
        is_unknown |= match == SPF_MATCH_UNKNOWN;
        if (match == SPF_MATCH && !is_unknown)
            return decide(f, record, t, explains);
        if (match == SPF_MATCH)
            return SPF_VERDICT_UNCHECKED;
    }
    if (record->redirect) {
        enum spf_result result = follow_redirect(f, record->redirect, explains);
        return is_unknown ? SPF_VERDICT_UNCHECKED : result;
    }
    if (is_unknown)
        return SPF_VERDICT_UNCHECKED;
    SPF_STEP(f, f->depth == 0, "no term matches, and there is no `all`: neutral");
    if (explains)
        SPF_REASON(f, "no term of the record of %.*s matches", S(f->domain));
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

static enum spf_result no_record(const struct spf_frame *f, const struct dns_answer *answer) {
    if (answer->status == DNS_UNKNOWN) {
        SPF_STEP(f, false, "%.*s: the snapshot does not contain its TXT records", S(f->domain));
        return SPF_VERDICT_UNCHECKED;
    }
    if (dns_is_failure(answer->status)) {
        SPF_STEP(f, true, "%.*s: its TXT records could not be looked up: %s", S(f->domain),
                 dns_status_words(answer->status));
        SPF_REASON(f, "the TXT records of %.*s could not be looked up: %s", S(f->domain),
                   dns_status_words(answer->status));
        return SPF_VERDICT_TEMPERROR;
    }
    SPF_STEP(f, f->depth == 0, "%.*s has no SPF record%s", S(f->domain),
             answer->status == DNS_NXDOMAIN ? ": there is no such name" : "");
    if (f->depth == 0)
        SPF_REASON(f, "%.*s has no SPF record", S(f->domain));
    return SPF_VERDICT_NONE;
}

/* section 4.3: a domain of several labels that the DNS can ask for. */
static bool is_domain(struct spf_run *run, struct slice domain) {
    struct slice name;
    return slice_find_char(domain, '.') < domain.len && dns_name_of(domain, run->arena, &name);
}

/* It ends when the look-ups are used up; what was wrong is said before. */
static void note_loop(const struct spf_frame *f) {
    for (const struct spf_frame *above = f->above; above; above = above->above)
        if (slice_equal_nocase(above->domain, f->domain)) {
            SPF_REASON(f, "the records are a loop: that of %.*s leads back to itself", S(f->domain));
            return;
        }
}

enum spf_result spf_check_host(struct spf_run *run, struct slice domain, struct slice way,
                               const struct spf_frame *above, bool explains) {
    unsigned depth = above ? above->depth + 1 : 0;
    struct spf_frame f = {run, domain, way, above, depth};
    note_loop(&f);
    struct spf_record record;
    unsigned count;
    if (!is_domain(run, domain) || depth > MOST_OF_DEPTH) {
        SPF_STEP(&f, depth == 0, "%.*s is not a domain that can be looked up", S(text_upto(domain, 300)));
        return SPF_VERDICT_NONE;
    }
    struct dns_answer answer = dns_lookup(run->resolver, domain, DNS_TXT);
    const struct dns_record *found = select_record(&answer, &count);
    if (!found)
        return no_record(&f, &answer);
    SPF_STEP(&f, count > 1, "%.*s: %.*s", S(domain), S(text_upto(found->text, SPF_MOST_OF_STEP)));
    if (depth == 0)
        run->verdict->record = text_clean_line(run->arena, found->text);
    if (count > 1) {
        SPF_REASON(&f, "%.*s has %u SPF records; only one is allowed (RFC 7208 section 4.5)", S(domain),
                   count);
        return SPF_VERDICT_PERMERROR;
    }
    if (!spf_record_parse(found->text, run->arena, &record)) {
        run->verdict->is_malformed = true;
        SPF_STEP(&f, true, "%.*s: %.*s", S(record.wrong), S(record.error));
        SPF_REASON(&f, "the record of %.*s has an error at \"%.*s\": %.*s", S(domain),
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
        query->ip.family ? spf_check_host(&run, domain, SLICE_EMPTY, NULL, true) : SPF_VERDICT_UNCHECKED;
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
