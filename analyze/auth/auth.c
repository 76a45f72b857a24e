/* All checks of one delivery, in the order in which a receiver meets them: see auth.h. */
#include "analyze/auth/auth.h"

#include "analyze/auth/engine.h"
#include "parsers/base/address.h"

static void run_spf(struct auth *auth) {
    const struct transaction *s = &auth->transaction;
    struct spf_query query = {
        .ip = s->ip, .helo = s->helo, .sender = s->sender, .receiver = s->receiver, .time = s->time};
    auth->spf = auth->helo = (struct spf_verdict){.result = SPF_VERDICT_UNCHECKED, .identity = "mailfrom"};
    auth->spf.reason = !s->ip.family ? SLICE("the address that sent the mail is not known")
                                     : SLICE("the envelope sender is not known");
    auth->spf.domain = address_domain(s->sender);
    if (!s->has_sender || !s->ip.family || (!s->sender.len && !s->helo.len))
        return;
    spf_evaluate(&query, &auth->resolver, &auth->spf);
    engine()->ask_libspf2(&query, &auth->resolver, &auth->spf);
    check_spf(&auth->checks, &auth->spf, s);
    if (!s->sender.len || !s->helo.len)
        return;
    spf_evaluate_helo(&query, &auth->resolver, &auth->helo);
    if (auth->helo.result != SPF_VERDICT_NONE)
        check_spf(&auth->checks, &auth->helo, s);
}

static void run_signatures(struct auth *auth, const struct mail_bytes *mail, const struct auth_tools *tools) {
    auth->has_message = mail != NULL;
    if (!mail)
        return;
    auth->dkim = engine()->verify_dkim(tools->dkim, mail, auth->transaction.time, &auth->resolver);
    check_dkim(&auth->checks, auth->dkim, auth->transaction.from_domain);
    engine()->verify_arc(mail, &auth->resolver, &auth->arc);
    check_arc(&auth->checks, &auth->arc);
}

static void run_dmarc(struct auth *auth) {
    const struct spf_verdict *spf = auth->spf.result == SPF_VERDICT_UNCHECKED ? NULL : &auth->spf;
    if (!auth->transaction.from_domain.len)
        return;
    dmarc_evaluate(auth->transaction.from_domain, spf, auth->dkim, auth->has_message, &auth->resolver,
                   &auth->dmarc);
    check_dmarc(&auth->checks, &auth->dmarc);
}

static void check_domains(struct auth *auth) {
    const struct transaction *s = &auth->transaction;
    struct slice sender = address_domain(s->sender);
    check_mx(&auth->checks, sender, "the sender's domain");
    if (!slice_equal_nocase(sender, s->from_domain))
        check_mx(&auth->checks, s->from_domain, "the domain");
    if (!slice_equal_nocase(s->recipient_domain, s->from_domain) &&
        !slice_equal_nocase(s->recipient_domain, sender))
        check_mx(&auth->checks, s->recipient_domain, "the recipient's domain");
    check_tls(&auth->checks, s->recipient_domain.len ? s->recipient_domain : s->from_domain, s);
    check_bimi(&auth->checks, s->from_domain);
}

void auth_open(struct auth *auth, const struct auth_tools *tools, struct arena *arena) {
    *auth = (struct auth){0};
    resolver_init(&auth->resolver, tools->snapshot, arena);
    check_list_init(&auth->checks, &auth->resolver);
}

void auth_run(struct auth *auth, const struct transaction *transaction, const struct mail_bytes *mail,
              const struct auth_tools *tools) {
    auth->transaction = *transaction;
    check_reverse(&auth->checks, transaction);
    check_helo(&auth->checks, transaction);
    run_spf(auth);
    run_signatures(auth, mail, tools);
    run_dmarc(auth);
    check_domains(auth);
    check_blocklists(&auth->checks, transaction, tools->rules);
}

void auth_close(struct auth *auth) {
    resolver_close(&auth->resolver);
}
