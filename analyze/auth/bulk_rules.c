/* The rules for bulk senders: see bulk_rules.h. What each asks for, as published in 2024 to 2026 at the
 * addresses below. */
#include "analyze/auth/bulk_rules.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/auth/dkim_check.h"
#include "analyze/auth/mx_check.h"
#include "analyze/auth/ptr_check.h"

const struct bulk_receiver_facts bulk_receivers[] = {
    [BULK_GMAIL] = {"gmail", "Gmail", "https://support.google.com/mail/answer/81126"},
    [BULK_YAHOO] = {"yahoo", "Yahoo", "https://senders.yahooinc.com/best-practices/"},
    [BULK_MICROSOFT] =
        {"microsoft", "Microsoft",
         "https://techcommunity.microsoft.com/blog/microsoftdefenderforoffice365blog/"
         "strengthening-email-ecosystem-outlook%E2%80%99s-new-requirements-for-high%E2%80%90volume-senders/"
         "4399730"},
};

static enum bulk_answer miss(struct bulk_row *row, struct slice text) {
    row->text = text;
    return BULK_MISSED;
}

static enum bulk_answer leave_open(struct bulk_row *row, struct slice text) {
    row->text = text;
    return BULK_UNKNOWN;
}

#define SAY(auth, ...) arena_printf((auth)->resolver.arena, __VA_ARGS__)

static enum bulk_answer judge_spf(const struct auth *auth, struct bulk_row *row) {
    const struct spf_verdict *spf = &auth->spf;
    if (spf->result == SPF_VERDICT_PASS)
        return BULK_MET;
    struct slice text =
        SAY(auth, "SPF for %.*s is %s: %.*s", S(spf->domain), spf_result_name(spf->result), S(spf->reason));
    bool is_open = spf->result == SPF_VERDICT_UNCHECKED || spf->result == SPF_VERDICT_TEMPERROR;
    return is_open ? leave_open(row, text) : miss(row, text);
}

static enum bulk_answer judge_dkim(const struct auth *auth, struct bulk_row *row) {
    const struct check *bad = NULL;
    for (const struct check *c = check_first(&auth->checks, &dkim_check); c; c = check_next(c)) {
        if (slice_equal(c->result, SLICE("key")) || slice_equal(c->result, SLICE("weak-key")))
            return BULK_MET;
        if (c->outcome == CHECK_FAIL)
            bad = c;
    }
    if (bad)
        return miss(row, bad->text);
    return leave_open(row,
                      SLICE("which selector the domain signs with is not known: name it with --selector"));
}

static enum bulk_answer judge_dmarc(const struct auth *auth, struct bulk_row *row) {
    const struct dmarc_verdict *d = &auth->dmarc;
    if (d->found_at.len && !d->is_broken)
        return BULK_MET;
    bool is_open = d->result == DMARC_IS_TEMPERROR || d->result == DMARC_IS_UNCHECKED;
    return is_open ? leave_open(row, d->reason) : miss(row, d->reason);
}

static enum bulk_answer judge_alignment(const struct auth *auth, struct bulk_row *row) {
    const struct dmarc_verdict *d = &auth->dmarc;
    struct bulk_row ignored;
    if (d->result == DMARC_IS_PASS)
        return BULK_MET;
    enum bulk_answer key = judge_dkim(auth, &ignored);
    bool is_spf_open = auth->spf.result == SPF_VERDICT_UNCHECKED || auth->spf.result == SPF_VERDICT_TEMPERROR;
    if (key == BULK_MISSED && !is_spf_open)
        return miss(row,
                    SAY(auth, "no SPF that passes aligns with %.*s, and it publishes no key to sign with",
                        S(d->domain)));
    if (key == BULK_MET)
        return leave_open(
            row, SAY(auth, "SPF does not align with %.*s; it is met if mail is signed with DKIM as d=%.*s",
                     S(d->domain), S(d->domain)));
    return d->result == DMARC_IS_FAIL
               ? miss(row, d->reason)
               : leave_open(row, SLICE("neither SPF nor DKIM could be held against From"));
}

/* By the first result of a check. */
static enum bulk_answer judge_check(const struct auth *auth, struct bulk_row *row,
                                    const struct check_kind *kind) {
    const struct check *c = check_first(&auth->checks, kind);
    if (!c || c->outcome == CHECK_UNCHECKED)
        return leave_open(row, c ? c->text : SLICE("it was not checked"));
    return c->outcome == CHECK_FAIL ? miss(row, c->text) : BULK_MET;
}

static enum bulk_answer judge_reverse(const struct auth *auth, struct bulk_row *row) {
    return judge_check(auth, row, &ptr_check);
}

static enum bulk_answer judge_answers(const struct auth *auth, struct bulk_row *row) {
    return judge_check(auth, row, &mx_check);
}

/* --- what cannot be known from here --- */

static enum bulk_answer judge_tls(const struct auth *auth, struct bulk_row *row) {
    (void)auth;
    return leave_open(row, SLICE("the DNS does not tell whether the server uses TLS: its log does"));
}

static enum bulk_answer judge_unsubscribe(const struct auth *auth, struct bulk_row *row) {
    (void)auth;
    return leave_open(
        row, SLICE("only a message shows it: explain one that was sent (List-Unsubscribe with an https "
                   "address, and List-Unsubscribe-Post, both signed: RFC 8058)"));
}

static enum bulk_answer judge_complaints(const struct auth *auth, struct bulk_row *row) {
    (void)auth;
    return leave_open(
        row, SLICE("only the receivers know it: see Google Postmaster Tools and Yahoo's Complaint Feedback "
                   "Loop"));
}

static enum bulk_answer judge_volume(const struct auth *auth, struct bulk_row *row) {
    (void)auth;
    return leave_open(
        row, SLICE("how much the domain sends is not known here; below that number Gmail still asks for SPF "
                   "or DKIM, reverse DNS and TLS"));
}

static const struct {
    const char *requirement;
    bool asks[BULK_RECEIVERS]; /* Gmail, Yahoo, Microsoft */
    enum bulk_answer (*judge)(const struct auth *auth, struct bulk_row *row);
} rules[] = {
    {"SPF passes", {true, true, true}, judge_spf},
    {"DKIM: a key of 1024 bits or more", {true, true, true}, judge_dkim},
    {"DMARC: a record, p=none at least", {true, true, true}, judge_dmarc},
    {"From aligns with SPF or DKIM", {true, true, true}, judge_alignment},
    {"Reverse DNS, both ways", {true, true, false}, judge_reverse},
    {"From can be answered", {false, false, true}, judge_answers},
    {"TLS", {true, false, false}, judge_tls},
    {"One-click unsubscribe", {true, true, false}, judge_unsubscribe},
    {"Complaints below 0.3 %", {true, true, false}, judge_complaints},
    {"They apply: over 5,000 a day", {true, false, true}, judge_volume},
};

const struct bulk_row *bulk_judge(const struct auth *auth, size_t *count) {
    struct bulk_row *rows = arena_alloc(auth->resolver.arena, sizeof rules / sizeof *rules * sizeof *rows);
    *count = G_N_ELEMENTS(rules);
    for (size_t i = 0; i < *count; i++) {
        rows[i] = (struct bulk_row){.requirement = rules[i].requirement};
        memcpy(rows[i].asks, rules[i].asks, sizeof rows[i].asks);
        rows[i].answer = rules[i].judge(auth, &rows[i]);
    }
    return rows;
}

const char *bulk_answer_name(enum bulk_answer answer) {
    static const char *const names[] = {[BULK_MET] = "yes", [BULK_MISSED] = "no", [BULK_UNKNOWN] = "unknown"};
    return names[answer];
}
