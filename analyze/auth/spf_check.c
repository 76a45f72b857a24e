/* SPF of the envelope sender and of the HELO name, as checks. */
#include "analyze/auth/spf_check.h"

#include "analyze/auth/claimed.h"
#include "analyze/auth/engine.h"
#include "analyze/auth/spf.h"
#include "analyze/auth/spf_audit.h"
#include "parsers/base/address.h"

#include <sys/socket.h>

static enum check_outcome outcome_of(enum spf_result result) {
    switch (result) {
    case SPF_VERDICT_PASS:
        return CHECK_PASS;
    case SPF_VERDICT_FAIL:
    case SPF_VERDICT_PERMERROR:
        return CHECK_FAIL;
    case SPF_VERDICT_UNCHECKED:
    case SPF_VERDICT_TEMPERROR:
        return CHECK_UNCHECKED;
    default:
        return CHECK_WARNING;
    }
}

static struct slice spf_remedy(struct check_list *list, const struct spf_verdict *spf,
                               const struct transaction *s) {
    struct slice ip = ip_text(list->arena, &s->ip);
    const char *kind = ip.len && slice_find_char(ip, ':') < ip.len ? "ip6" : "ip4";
    switch (spf->result) {
    case SPF_VERDICT_FAIL:
    case SPF_VERDICT_SOFTFAIL:
    case SPF_VERDICT_NEUTRAL:
        return TEXT(list,
                    "If %.*s may send for %.*s, add %s:%.*s (or the include of its provider) to the SPF "
                    "record, before "
                    "`all`; if not, send through a server that the record includes.",
                    S(ip), S(spf->domain), kind, S(ip));
    case SPF_VERDICT_NONE:
        return TEXT(list, "Publish one SPF record for %.*s: a TXT record such as \"v=spf1 %s:%.*s -all\".",
                    S(spf->domain), kind, S(ip));
    case SPF_VERDICT_PERMERROR:
        return TEXT(list,
                    "Fix the SPF record of %.*s: receivers treat a broken one as none, or refuse the mail.",
                    S(spf->domain));
    default:
        return SLICE_EMPTY;
    }
}

/* The record with the address that it lacks, before all else: it is right whatever follows. */
static void propose_address(struct check_list *list, struct check *c, const struct spf_verdict *spf,
                            const struct transaction *s) {
    struct slice version = SLICE("v=spf1");
    bool is_refused = spf->result == SPF_VERDICT_FAIL || spf->result == SPF_VERDICT_SOFTFAIL ||
                      spf->result == SPF_VERDICT_NEUTRAL;
    if (!is_refused || spf->is_helo || !s->ip.family || slice_find_nocase(spf->record, version) != 0)
        return;
    check_propose(list, c, spf->domain, "TXT",
                  TEXT(list, "%.*s %s:%.*s%.*s", S(version), s->ip.family == AF_INET6 ? "ip6" : "ip4",
                       S(ip_text(list->arena, &s->ip)), S(slice_from(spf->record, version.len))));
}

static void add_spf(struct check_list *list, const struct spf_verdict *spf, const struct transaction *s) {
    struct slice text = TEXT(list, "SPF for %.*s (%s) is %s: %.*s%s%.*s", S(spf->domain),
                             spf_identity_name(spf), spf_result_name(spf->result), S(spf->reason),
                             spf->second_reason.len ? "; " : "", S(spf->second_reason));
    bool is_helo_none = spf->result == SPF_VERDICT_NONE && spf->is_helo;
    struct check *c = check_add(list, &spf_check, is_helo_none ? CHECK_PASS : outcome_of(spf->result),
                                spf_result_name(spf->result), spf->domain, text);
    struct slice remedy = is_helo_none ? SLICE_EMPTY : spf_remedy(list, spf, s);
    if (remedy.len)
        check_remedy(list, c, remedy);
    propose_address(list, c, spf, s);
}

static void check_spf(struct check_context *context) {
    struct auth *auth = context->auth;
    const struct transaction *s = &auth->transaction;
    struct spf_query query = {
        .ip = s->ip, .helo = s->helo, .sender = s->sender, .receiver = s->receiver, .time = s->time};
    auth->spf = auth->helo = (struct spf_verdict){.result = SPF_VERDICT_UNCHECKED};
    auth->spf.reason = !s->ip.family ? SLICE("the address that sent the mail is not known")
                                     : SLICE("the envelope sender is not known");
    auth->spf.domain = address_domain(s->sender);
    if (!s->has_sender || !s->ip.family || (!s->sender.len && !s->helo.len))
        return;
    spf_evaluate(&query, &auth->resolver, &auth->spf);
    engine()->second_of_spf(context->tools->second, &query, auth->resolver.arena, &auth->spf);
    add_spf(&auth->checks, &auth->spf, s);
    if (!s->sender.len || !s->helo.len)
        return;
    spf_evaluate_helo(&query, &auth->resolver, &auth->helo);
    if (auth->helo.result != SPF_VERDICT_NONE)
        add_spf(&auth->checks, &auth->helo, s);
}

static struct slice found_for_claim(const struct auth *auth, const struct claim *claim) {
    struct slice from = claim_property(claim, "smtp.mailfrom");
    struct slice domain = address_domain(from);
    if (!domain.len)
        domain = from;
    if (domain.len && !slice_equal_nocase(domain, auth->spf.domain))
        return SLICE_EMPTY;
    return slice_of(spf_result_name(auth->spf.result));
}

static void audit_spf(struct check_context *context) {
    const struct transaction *s = &context->auth->transaction;
    struct check_list *list = &context->auth->checks;
    struct slice sender = address_domain(s->sender);
    spf_audit_domain(list, &spf_check, context->tools->rules, s->from_domain, &context->auth->spf, &s->ip);
    if (!slice_equal_nocase(sender, s->from_domain))
        spf_audit_domain(list, &spf_check, context->tools->rules, sender, &context->auth->spf, &s->ip);
}

const struct check_kind spf_check = {.id = "spf",
                                     .label = "SPF",
                                     .run = check_spf,
                                     .audit = audit_spf,
                                     .found_for_claim = found_for_claim,
                                     .has_steps = true};
