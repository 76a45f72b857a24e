/* What was verified on a DNS snapshot, for people: see present_auth.h. */
#include "analyze/report/present_auth.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/auth/dkim_check.h"
#include "analyze/auth/dmarc_check.h"
#include "analyze/auth/spf_check.h"
#include "analyze/report/names.h"
#include "analyze/report/shell_word.h"
#include "analyze/verdict/genuine.h"
#include "analyze/verdict/reply_vs_dns.h"
#include "parsers/base/date.h"
#include "parsers/dns/name.h"

#define MOST_SHOWN          10 /* steps and signatures that are shown without -v */
#define MOST_QUESTIONS      5
#define MOST_OF_EXPLANATION 500 /* bytes */

void present_findings(struct page *p, const struct report *r, const struct verdict *v) {
    static const enum words labels[] = {[AGREEMENT_NEUTRAL] = LABEL_NEUTRAL,
                                        [AGREEMENT_SUPPORTS] = LABEL_CONFIRMED,
                                        [AGREEMENT_CONTRADICTS] = LABEL_CONTRADICTED};
    static const enum emphasis states[] = {[AGREEMENT_NEUTRAL] = EMPHASIS_NONE,
                                           [AGREEMENT_SUPPORTS] = EMPHASIS_GOOD,
                                           [AGREEMENT_CONTRADICTS] = EMPHASIS_BAD};
    if (!r->verification && verdict_is_testable(v))
        page_row(p, word(LABEL_VERIFICATION), word(SAY_NOT_VERIFIED));
    else if (report_may_be_backscatter(r) && v == r->verdicts)
        page_row(p, word(LABEL_VERIFICATION), word(SAY_WHOSE_NOT_VERIFIED));
    if (!r->verification || !v->checks)
        return;
    page_section(p, word(SECTION_VERIFICATION));
    if (r->verification->auth.resolver.is_disbelieved)
        page_row_in(p, word(LABEL_NOT_DONE), word(SAY_CUT_OFF), EMPHASIS_WARN);
    for (const struct finding *s = v->checks; s; s = s->next)
        if (s->check != &genuine_check)
            page_row_in(p, word(labels[s->agreement]), as_sentence(s->text), states[s->agreement]);
    if (r->verification->genuine)
        page_row(p, as_ours(genuine_check.label),
                 page_say(p, SAY_NAME_AND_TEXT, as_ours(r->verification->genuine),
                          as_note(r->verification->genuine_reason)));
}

void present_spf_steps(struct page *p, const struct spf_verdict *spf) {
    size_t shown = 0;
    if (spf->step_count < 2) /* the reason has said it */
        return;
    for (const struct spf_step *s = spf->steps; s; s = s->next) {
        if (!p->style.verbose && shown >= MOST_SHOWN && !s->is_decisive)
            continue;
        shown++;
        struct value text = as_note(s->text);
        page_row(p, NO_LABEL, s->is_decisive ? page_say(p, SAY_DECISIVE_STEP, text) : text);
    }
    if (shown < spf->step_count)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_STEPS, as_count(spf->step_count - shown)));
}

/* What another library says, where it says the same; where not, the sentence says it all. */
static void present_second(struct page *p, const char *library, struct slice second, struct slice differs) {
    if (second.len && !differs.len)
        page_row(p, NO_LABEL, page_say(p, SAY_SECOND_AGREES, as_ours(library), as_stranger(second)));
    page_row_known(p, NO_LABEL, as_sentence(differs));
}

void present_spf_second(struct page *p, const struct spf_verdict *spf) {
    if (!spf->second_reason.len) /* the check has said it */
        present_second(p, "libspf2", spf->second, spf->second_reason);
}

static void present_spf(struct page *p, struct value label, const struct spf_verdict *spf) {
    struct value result = as_ours(spf_result_name(spf->result));
    page_row(p, label,
             spf->domain.len ? page_say(p, SAY_RESULT_FOR, result, as_host(spf->domain), as_note(spf->reason))
                             : page_say(p, SAY_NAME_AND_TEXT, result, as_note(spf->reason)));
    present_spf_steps(p, spf);
    if (spf->lookups)
        page_row(p, NO_LABEL,
                 page_say(p, SAY_LOOKUPS, as_count(spf->lookups), as_count(SPF_MOST_LOOKUPS),
                          as_count(spf->void_lookups)));
    if (spf->explanation.len)
        page_row(p, NO_LABEL,
                 page_say(p, SAY_DOMAIN_EXPLAINS, upto(as_stranger(spf->explanation), MOST_OF_EXPLANATION)));
    present_second(p, "libspf2", spf->second, spf->second_reason);
}

/* The record of a key that is at fault; with -v of each. */
static void present_key(struct page *p, const struct dkim_verdict *d) {
    if (!d->key_record.len || (!d->is_of_key && !p->style.verbose))
        return;
    struct value record = as_stranger(d->key_record);
    page_row(p, NO_LABEL,
             d->key_alias.len
                 ? page_say(p, SAY_KEY_BY_ALIAS, as_host(d->key_name), as_host(d->key_alias), record)
                 : page_say(p, SAY_KEY, as_host(d->key_name), record));
}

static void present_signature(struct page *p, struct value label, const struct dkim_verdict *d) {
    struct value result = as_ours(dkim_result_name(d->result));
    struct value domain = as_host(d->domain);
    struct value selector = as_selector(d->selector);
    struct value algorithm = as_stranger(d->algorithm);
    struct value reason = as_sentence(d->reason);
    page_row(p, label,
             d->bits ? page_say(p, SAY_DKIM_RESULT_BITS, result, domain, selector, algorithm,
                                as_number(d->bits), reason)
                     : page_say(p, SAY_DKIM_RESULT, result, domain, selector, algorithm, reason));
    if (d->likely.len)
        page_row(p, NO_LABEL, page_say(p, SAY_LIKELY, as_sentence(d->likely)));
    page_row_known(p, NO_LABEL, as_sentence(d->note));
    page_row_known(p, NO_LABEL, as_note(d->coverage));
    present_key(p, d);
    present_second(p, "libopendkim", d->second, d->second_reason);
}

static void present_dkim(struct page *p, const struct auth *auth) {
    struct value label = as_ours(dkim_check.label);
    size_t shown = 0;
    for (const struct dkim_verdict *d = auth->dkim; d && (p->style.verbose || shown < MOST_SHOWN);
         d = d->next)
        present_signature(p, shown++ ? NO_LABEL : label, d);
    if (!auth->dkim && auth->has_message)
        page_row(p, label, word(SAY_DKIM_NONE));
}

static struct value alignment_words(struct page *p, enum alignment alignment, struct slice domain) {
    struct value name = as_ours(alignment_name(alignment));
    return domain.len ? page_say(p, SAY_NAME_WITH_DETAIL, name, as_host(domain)) : name;
}

static void present_dmarc(struct page *p, const struct dmarc_verdict *d) {
    if (!d->domain.len)
        return;
    page_row(p, as_ours(dmarc_check.label),
             page_say(p, SAY_RESULT_FOR, as_ours(dmarc_result_name(d->result)), as_host(d->domain),
                      as_note(d->reason)));
    if (d->found_at.len)
        page_row(p, NO_LABEL,
                 page_say(p, SAY_ALIGNMENT, alignment_words(p, d->spf, d->spf_domain),
                          alignment_words(p, d->dkim, d->dkim_domain)));
    page_row_known(p, NO_LABEL, as_note(d->note));
    page_row_known(p, NO_LABEL, as_note(d->differs));
}

/* The checks of which only the result is shown: those that only a message has, or the others. */
static void present_results(struct page *p, const struct auth *auth, bool is_of_message) {
    for (size_t i = 0; i < check_kind_count; i++) {
        const struct check_kind *kind = check_kinds[i];
        struct value label = as_ours(kind->label);
        if (kind->has_steps || kind->is_of_message != is_of_message)
            continue;
        for (const struct check *c = check_first(&auth->checks, kind); c; c = check_next(c)) {
            page_row(p, label, as_sentence(c->text));
            label = NO_LABEL;
        }
    }
}

static void present_transaction(struct page *p, const struct transaction *s) {
    struct slice ip = ip_text(p->outlet.arena, &s->ip);
    struct value sender =
        !s->has_sender ? word(SAY_UNKNOWN_SENDER) : as_address(s->sender.len ? s->sender : SLICE("<>"));
    struct value source = s->ip_source ? as_ours(s->ip_source) : word(SAY_AS_GIVEN);
    page_row(p, word(LABEL_SENT_BY),
             ip.len ? page_say(p, SAY_SENT_FROM, sender, as_network(ip), source)
                    : page_say(p, SAY_SENT_FROM_UNKNOWN, sender));
}

void present_missing(struct page *p, const struct auth *auth) {
    size_t count = auth->resolver.missing_count;
    size_t shown = 0;
    if (!count)
        return;
    page_row(p, word(LABEL_NOT_KNOWN), page_say(p, SAY_MISSING, as_count(count)));
    for (const struct question *q = auth->resolver.missing; q && (p->style.verbose || shown < MOST_QUESTIONS);
         q = q->next, shown++)
        page_row(p, NO_LABEL,
                 page_join(p, as_host(dns_name_show(p->outlet.arena, q->of.name)), " ",
                           as_ours(dns_type_name(q->of.type))));
}

static struct value verified_title(struct page *p, int64_t taken) {
    return taken < 0 ? word(SECTION_VERIFIED) : page_say(p, SECTION_VERIFIED_ON, as_day(taken));
}

void present_verification(struct page *p, const struct report *r) {
    const struct verification *v = r->verification;
    if (!v)
        return;
    if (v->is_of_mail || v->auth.resolver.missing_count)
        page_section(p, verified_title(p, snapshot_taken(v->auth.resolver.snapshot)));
    if (!v->is_of_mail) {
        present_missing(p, &v->auth);
        return;
    }
    present_transaction(p, &v->auth.transaction);
    present_spf(p, as_ours(spf_check.label), &v->auth.spf);
    if (v->auth.helo.record.len)
        present_spf(p, word(LABEL_SPF_HELO), &v->auth.helo);
    present_dkim(p, &v->auth);
    present_dmarc(p, &v->auth.dmarc);
    present_results(p, &v->auth, false);
    present_results(p, &v->auth, true);
    for (const struct difference *d = v->differences; d; d = d->next)
        page_row(p, d == v->differences ? word(LABEL_DIFFERS) : NO_LABEL,
                 page_at_line(p, d->claim->line, as_sentence(d->text)));
    present_missing(p, &v->auth);
}

static bool is_testable(const struct report *r) {
    const struct verdict *v = r->verdicts;
    while (v && !verdict_is_testable(v))
        v = v->next;
    return v || r->kind == KIND_MESSAGE || report_may_be_backscatter(r);
}

void present_next_command(struct page *p, const struct report *r) {
    if (r->verification || !p->foot.verify || p->foot.is_in_list || !is_testable(r))
        return;
    g_autoptr(GString) name = g_string_new(NULL);
    bool is_named = !p->outlet.redactor && !names_no_file(r->name) && shell_word(name, r->name);
    struct value call = as_stranger(slice_of(p->foot.verify));
    page_section(p, word(SECTION_TO_VERIFY));
    page_row(p, NO_LABEL, word(is_named ? SAY_THIS_ASKS : SAY_THIS_ASKS_INPUT));
    page_copy(p, is_named
                     ? page_join(p, call, " ",
                                 as_file(arena_copy(p->outlet.arena, (struct slice){name->str, name->len})))
                     : call);
}
