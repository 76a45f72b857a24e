/* What was verified on a DNS snapshot, for people: see render.h. */
#include "analyze/report/render.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/auth/dkim_check.h"
#include "analyze/auth/dmarc_check.h"
#include "analyze/auth/spf_check.h"
#include "analyze/verdict/genuine.h"
#include "analyze/verdict/reply_vs_dns.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"

#define MOST_SHOWN 10 /* steps, signatures and questions that are shown without -v */

void present_findings(struct page *p, const struct report *r, const struct verdict *v, struct arena *arena) {
    static const char *const labels[] = {
        [AGREEMENT_NEUTRAL] = "And", [AGREEMENT_SUPPORTS] = "Yes", [AGREEMENT_CONTRADICTS] = "No"};
    if (!r->verification && verdict_is_testable(v))
        p->medium->row(p, "Is it so?",
                       SLICE("not verified, for want of a DNS snapshot: `mailwhy dns capture INPUT -o "
                             "dns.zone` fetches one, "
                             "`--dns dns.zone` uses it"));
    if (!r->verification || !v->checks)
        return;
    p->medium->section(p, "Is it so?");
    for (const struct finding *s = v->checks; s; s = s->next)
        if (s->check != &genuine_check)
            p->medium->row(p, labels[s->agreement], s->text);
    if (r->verification->genuine)
        p->medium->row(
            p, genuine_check.label,
            arena_printf(arena, "%s: %.*s", r->verification->genuine, S(r->verification->genuine_reason)));
}

void present_spf_steps(struct page *p, const struct spf_verdict *spf, struct arena *arena) {
    size_t shown = 0;
    if (spf->step_count < 2) /* the reason has said it */
        return;
    for (const struct spf_step *s = spf->steps; s; s = s->next) {
        if (!p->verbose && shown >= MOST_SHOWN && !s->is_decisive)
            continue;
        shown++;
        p->medium->row(p, "", s->is_decisive ? arena_printf(arena, "⇒ %.*s", S(s->text)) : s->text);
    }
    if (shown < spf->step_count)
        p->medium->row(p, "", arena_printf(arena, "%zu more steps: -v shows them", spf->step_count - shown));
}

static void present_spf(struct page *p, const char *label, const struct spf_verdict *spf,
                        struct arena *arena) {
    struct slice who = spf->domain.len ? arena_printf(arena, " for %.*s", S(spf->domain)) : SLICE_EMPTY;
    p->medium->row(p, label,
                   arena_printf(arena, "%s%.*s: %.*s", spf_result_name(spf->result), S(who), S(spf->reason)));
    present_spf_steps(p, spf, arena);
    if (spf->lookups)
        p->medium->row(p, "",
                       arena_printf(arena, "%u of %d look-ups, %u of them void", spf->lookups,
                                    SPF_MOST_LOOKUPS, spf->void_lookups));
    if (spf->explanation.len)
        p->medium->row(
            p, "", arena_printf(arena, "the domain explains: \"%.*s\"", S(text_upto(spf->explanation, 500))));
    if (spf->second_reason.len)
        p->medium->row(p, "", spf->second_reason);
}

static void present_dkim(struct page *p, const struct auth *auth, struct arena *arena) {
    size_t shown = 0;
    for (const struct dkim_verdict *d = auth->dkim; d && (p->verbose || shown < MOST_SHOWN);
         d = d->next, shown++) {
        struct slice bits = d->bits ? arena_printf(arena, ", %u bits", d->bits) : SLICE_EMPTY;
        p->medium->row(p, shown ? "" : dkim_check.label,
                       arena_printf(arena, "%s for %.*s (selector %.*s, %.*s%.*s): %.*s",
                                    dkim_result_name(d->result), S(d->domain), S(d->selector),
                                    S(d->algorithm), S(bits), S(d->reason)));
        if (d->likely.len)
            p->medium->row(p, "", arena_printf(arena, "likely: %.*s", S(d->likely)));
        if (d->note.len)
            p->medium->row(p, "", d->note);
    }
    if (!auth->dkim && auth->has_message)
        p->medium->row(p, dkim_check.label, SLICE("none: the message carries no signature"));
}

static void present_dmarc(struct page *p, const struct dmarc_verdict *d, struct arena *arena) {
    if (!d->domain.len)
        return;
    p->medium->row(
        p, dmarc_check.label,
        arena_printf(arena, "%s for %.*s: %.*s", dmarc_result_name(d->result), S(d->domain), S(d->reason)));
    if (d->found_at.len)
        p->medium->row(p, "",
                       arena_printf(arena, "alignment: SPF %s%s%.*s%s, DKIM %s%s%.*s%s",
                                    alignment_name(d->spf), d->spf_domain.len ? " (" : "", S(d->spf_domain),
                                    d->spf_domain.len ? ")" : "", alignment_name(d->dkim),
                                    d->dkim_domain.len ? " (" : "", S(d->dkim_domain),
                                    d->dkim_domain.len ? ")" : ""));
    if (d->note.len)
        p->medium->row(p, "", d->note);
    if (d->differs.len)
        p->medium->row(p, "", d->differs);
}

/* The checks of which only the result is shown: those that only a message has, or the others. */
static void present_others(struct page *p, const struct auth *auth, bool is_of_message) {
    for (size_t i = 0; i < check_kind_count; i++) {
        const struct check_kind *kind = check_kinds[i];
        const char *label = kind->label;
        if (kind->has_steps || kind->is_of_message != is_of_message)
            continue;
        for (const struct check *c = check_first(&auth->checks, kind); c; c = check_next(c), label = "")
            p->medium->row(p, label, c->text);
    }
}

static void present_transaction(struct page *p, const struct transaction *s, struct arena *arena) {
    struct slice ip = ip_text(arena, &s->ip);
    struct slice sender = !s->has_sender  ? SLICE("an unknown sender")
                          : s->sender.len ? s->sender
                                          : SLICE("<>");
    if (ip.len)
        p->medium->row(p, "As sent by",
                       arena_printf(arena, "%.*s from %.*s (%s)", S(sender), S(ip),
                                    s->ip_source ? s->ip_source : "as given"));
    else
        p->medium->row(p, "As sent by",
                       arena_printf(arena, "%.*s; from which address is not known", S(sender)));
}

void present_missing(struct page *p, const struct auth *auth, struct arena *arena) {
    size_t count = auth->resolver.missing_count;
    size_t shown = 0;
    if (!count)
        return;
    p->medium->row(
        p, "Not known",
        arena_printf(arena,
                     "%zu answer%s not in the snapshot; `mailwhy dns capture` with the same input fetches "
                     "what is missing",
                     count, count == 1 ? " is" : "s are"));
    for (const struct question *q = auth->resolver.missing; q && (p->verbose || shown < 5);
         q = q->next, shown++)
        p->medium->row(
            p, "",
            arena_printf(arena, "%.*s %s", S(dns_name_show(arena, q->of.name)), dns_type_name(q->of.type)));
}

void present_verification(struct page *p, const struct report *r, struct arena *arena) {
    const struct verification *v = r->verification;
    char time[24];
    if (!v)
        return;
    int64_t taken = snapshot_taken(v->auth.resolver.snapshot);
    date_format(taken, time);
    p->medium->section(
        p, taken >= 0 ? arena_string(arena, arena_printf(arena, "Verified here, on the DNS of %.10s", time))
                      : "Verified here");
    present_transaction(p, &v->auth.transaction, arena);
    present_spf(p, spf_check.label, &v->auth.spf, arena);
    if (v->auth.helo.record.len)
        present_spf(p, "SPF (HELO)", &v->auth.helo, arena);
    present_dkim(p, &v->auth, arena);
    present_dmarc(p, &v->auth.dmarc, arena);
    present_others(p, &v->auth, false);
    present_others(p, &v->auth, true);
    const char *label = "Differs";
    for (const struct difference *d = v->differences; d; d = d->next, label = "")
        p->medium->row(p, label,
                       d->claim->line ? arena_printf(arena, "line %u: %.*s", d->claim->line, S(d->text))
                                      : d->text);
    present_missing(p, &v->auth, arena);
}
