/* A report verified on a DNS snapshot: see verify.h. */
#include "analyze/verdict/verify.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/verdict/claims.h"
#include "analyze/verdict/feedback_today.h"
#include "analyze/verdict/genuine.h"
#include "analyze/verdict/reply_vs_dns.h"
#include "analyze/verdict/transaction.h"

#include "parsers/base/address.h"
#include "parsers/rules/cause_check.h"

#define MOST_DOMAINS 20 /* of recipients, beside the first, that are looked up */

/* The bytes that were signed, as far as they are here. */
static bool find_bytes(struct mail_bytes *mail, const struct report *r, const struct bounce *bounce) {
    struct slice header = bounce->returned_header;
    struct slice whole = bounce->returned_whole;
    *mail = (struct mail_bytes){.header = header};
    if (!header.len)
        return false;
    if (whole.len > header.len) {
        mail->body = slice_from(whole, header.len);
        struct slice rest = mail->body;
        struct slice line;
        if (slice_next_line(&rest, &line) && !line.len)
            mail->body = rest;
    }
    if (r->is_about_another && !slice_trim(mail->body).len) {
        mail->body = SLICE_EMPTY;
        mail->body_missing_reason = "the report returns only the header";
    }
    return true;
}

/* Run the checks of the recipient's domain that test the verdict's cause. Returns whether there was one that
 * had not been run on it. */
static bool check_recipient(struct auth *auth, const struct verdict *v) {
    const struct cause *cause = verdict_root_cause(v);
    struct slice domain = address_domain(v->recipient);
    bool is_new = false;
    for (const struct cause_check *const *c = cause->checked_by; c && *c; c++) {
        const struct check_kind *kind = check_kind_find((*c)->check);
        if (!kind || !kind->run_on_recipient || cause_check_subject(*c) != SUBJECT_RECIPIENT ||
            check_has_subject(&auth->checks, kind, domain))
            continue;
        kind->run_on_recipient(auth, domain);
        is_new = true;
    }
    return is_new;
}

/* A report may name recipients of several domains; those whose refusal is about the domain are looked up too.
 */
static void check_recipients(struct auth *auth, const struct report *r) {
    unsigned count = 0;
    for (const struct verdict *v = r->verdicts; v && count < MOST_DOMAINS; v = v->next)
        count += check_recipient(auth, v);
}

static bool is_worth_checking(const struct report *r) {
    const struct trace *t = &r->mail.trace;
    return r->kind != KIND_AUTO_REPLY && (t->from.len || t->signatures || r->verdicts || r->mail.chain.count);
}

static void compare_later(struct verdict *verdict, struct auth *after) {
    struct verdict later = *verdict;
    later.checks = NULL;
    verdict_compare_with_dns(&later, after);
    verdict->checks_after = later.checks;
}

static void verify_mail(struct report *r, const struct bounce *bounce, const struct auth_tools *tools,
                        const struct auth_tools *after, struct arena *arena) {
    struct verification *v = r->verification;
    struct transaction transaction;
    struct mail_bytes mail;
    transaction_of_report(&transaction, r, bounce, &v->auth.resolver);
    const struct mail_bytes *bytes = find_bytes(&mail, r, bounce) ? &mail : NULL;
    auth_run(&v->auth, &transaction, bytes, tools);
    check_recipients(&v->auth, r);
    if (after) {
        v->after = ARENA_NEW(arena, struct auth);
        auth_open(v->after, after, arena);
        auth_run(v->after, &transaction, bytes, after);
        check_recipients(v->after, r);
    }
    for (struct verdict *verdict = r->verdicts; verdict; verdict = verdict->next) {
        verdict_compare_with_dns(verdict, &v->auth);
        if (v->after)
            compare_later(verdict, v->after);
    }
    if (r->kind == KIND_BOUNCE)
        report_judge_genuine(r, bounce, v, tools->rules, arena);
    report_compare_claims(r, v, arena);
}

void report_verify(struct report *r, const struct bounce *bounce, const struct auth_tools *tools,
                   const struct auth_tools *after, struct arena *arena) {
    bool is_of_mail = is_worth_checking(r);
    if (!is_of_mail && !r->feedback)
        return;
    struct verification *v = ARENA_NEW(arena, struct verification);
    v->is_of_mail = is_of_mail;
    r->verification = v;
    auth_open(&v->auth, tools, arena);
    check_list_init(&v->records, &v->auth.resolver);
    if (is_of_mail)
        verify_mail(r, bounce, tools, after, arena);
    if (r->feedback)
        feedback_hold(&v->records, r->feedback);
}

void report_verification_close(struct report *r) {
    if (r->verification)
        auth_close(&r->verification->auth);
    if (r->verification && r->verification->after)
        auth_close(r->verification->after);
}
