/* The DKIM signatures of a message, as checks. */
#include "analyze/auth/dkim_check.h"

#include "analyze/auth/claimed.h"
#include "analyze/auth/engine.h"
#include "analyze/auth/selector_check.h"
#include "parsers/base/address.h"

static enum check_outcome outcome_of(const struct dkim_verdict *d) {
    if (d->result == DKIM_PASS)
        return d->note.len ? CHECK_WARNING : CHECK_PASS;
    return d->result == DKIM_UNCHECKED || d->result == DKIM_TEMPERROR ? CHECK_UNCHECKED : CHECK_FAIL;
}

static void add_dkim(struct check_list *list, const struct dkim_verdict *first, struct slice from_domain) {
    for (const struct dkim_verdict *d = first; d; d = d->next) {
        struct slice text = TEXT(list, "the signature of %.*s (selector %.*s) is %s: %.*s", S(d->domain),
                                 S(d->selector), dkim_result_name(d->result), S(d->reason));
        if (d->likely.len)
            text = TEXT(list, "%.*s; likely: %.*s", S(text), S(d->likely));
        if (d->note.len)
            text = TEXT(list, "%.*s; %.*s", S(text), S(d->note));
        if (d->second_reason.len)
            text = TEXT(list, "%.*s; %.*s", S(text), S(d->second_reason));
        struct check *c =
            check_add(list, &dkim_check, outcome_of(d), dkim_result_name(d->result), d->domain, text);
        if (d->result == DKIM_PERMERROR)
            check_remedy(list, c,
                         TEXT(list,
                              "Publish the signer's public key at %.*s._domainkey.%.*s, or sign with a key "
                              "that is published.",
                              S(d->selector), S(d->domain)));
        if (d->result == DKIM_POLICY)
            check_remedy(list, c, SLICE("Sign with rsa-sha256 and a key of 2048 bits."));
    }
    if (!first) {
        struct check *c = check_add(list, &dkim_check, CHECK_FAIL, "none", from_domain,
                                    SLICE("the message carries no DKIM signature"));
        check_remedy(list, c,
                     TEXT(list, "Sign mail from %.*s with DKIM (d=%.*s), and publish the key.",
                          S(from_domain), S(from_domain)));
    }
}

static void check_dkim(struct check_context *context) {
    struct auth *auth = context->auth;
    auth->has_message = context->mail != NULL;
    const struct auth_tools *tools = context->tools;
    if (!context->mail)
        return;
    bool is_asked = engine()->ask_second_of_dkim(tools->second, context->mail, auth->transaction.time);
    auth->dkim = engine()->verify_dkim(tools->dkim, context->mail, auth->transaction.time, &auth->resolver);
    if (is_asked)
        engine()->hear_second_of_dkim(tools->second, auth->resolver.arena, auth->dkim);
    add_dkim(&auth->checks, auth->dkim, auth->transaction.from_domain);
}

static struct slice found_for_claim(const struct auth *auth, const struct claim *claim) {
    struct slice domain = claim_property(claim, "header.d");
    struct slice selector = claim_property(claim, "header.s");
    if (!domain.len)
        domain = address_domain(claim_property(claim, "header.i"));
    for (const struct dkim_verdict *d = auth->dkim; d; d = d->next)
        if ((!domain.len || slice_equal_nocase(d->domain, domain)) &&
            (!selector.len || slice_equal_nocase(d->selector, selector)))
            return slice_of(dkim_result_name(d->result));
    return SLICE_EMPTY;
}

static void audit_dkim(struct check_context *context) {
    auth_check_selectors(context->auth, &dkim_check, context->selectors, context->selector_count);
}

const struct check_kind dkim_check = {.id = "dkim",
                                      .label = "DKIM",
                                      .run = check_dkim,
                                      .audit = audit_dkim,
                                      .found_for_claim = found_for_claim,
                                      .is_any_enough = true,
                                      .has_steps = true};
