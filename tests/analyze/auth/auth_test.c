/* All checks of one delivery: which are run, in which order, and what they find together. */
#include "analyze/auth/auth.h"
#include "analyze/auth/check_kinds.h"
#include "analyze/auth/key_cache.h"
#include "tests/analyze/auth/signer.h"

static const char zone[] = ";! complete\n"
                           "mail.example.com. 1 IN A 192.0.2.1\n"
                           "1.2.0.192.in-addr.arpa. 1 IN PTR mail.example.com.\n"
                           "example.com. 1 IN MX 10 mail.example.com.\n"
                           "example.com. 1 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
                           "_dmarc.example.com. 1 IN TXT \"v=DMARC1; p=reject\"\n"
                           "_dmarc.none.example. 1 IN TXT \"v=DMARC1; p=reject\"\n"
                           "example.org. 1 IN A 192.0.2.2\n";

#define FROM "From: alice@example.com\r\n"

static const struct {
    const char *what, *from_domain, *header, *expected; /* kind:outcome/result, in their order */
    const char *missing;
} rows[] = {
    {"no message", "example.com", NULL,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dmarc:pass/pass mx:pass/pass mx:warning/implicit "
     "tls:pass/none blocklist:pass/pass",
     NULL},
    {"no signature", "example.com", FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/none dmarc:pass/pass mx:pass/pass "
     "mx:warning/implicit tls:pass/none blocklist:pass/pass",
     NULL},
    {"signatures", "example.com",
     "DKIM-Signature: v=1; a=rsa-sha1; d=example.com; s=none; h=from; bh=YWJj; b=YWJj\r\n"
     "DKIM-Signature: v=1; a=x\r\n" FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/permerror dkim:fail/permerror dmarc:pass/pass "
     "mx:pass/pass mx:warning/implicit tls:pass/none blocklist:pass/pass",
     NULL},
    {"ARC", "example.com", "ARC-Seal: i=1; cv=none\r\n" FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/none arc:fail/fail dmarc:pass/pass mx:pass/pass "
     "mx:warning/implicit tls:pass/none blocklist:pass/pass",
     NULL},
    {"DMARC fails", "none.example", FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/none dmarc:fail/fail mx:pass/pass mx:fail/none "
     "mx:warning/implicit tls:pass/none blocklist:pass/pass",
     NULL},
    {"no DMARC", "example.org", FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/none dmarc:warning/none mx:pass/pass "
     "mx:warning/implicit tls:pass/none blocklist:pass/pass",
     NULL},
    {"no body", "example.com", FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/none dmarc:pass/pass mx:pass/pass "
     "mx:warning/implicit tls:pass/none blocklist:pass/pass",
     "not here"},
    {"no From domain", "", FROM,
     "ptr:pass/pass helo:pass/pass spf:pass/pass dkim:fail/none mx:pass/pass mx:warning/implicit "
     "tls:pass/none blocklist:pass/pass",
     NULL},
};

static const struct blocklist moon = {
    .id = "moon", .name = "Moon", .zones = (const char *const[]){"moon.example", NULL}, .lists = "addresses"};
static const void *const items[] = {&moon};
static const struct rulebase rules = {.lists = {[RULES_BLOCKLISTS] = {.items = items, .count = 1}}};

static void test_rows(void **state) {
    struct snapshot *snapshot = snapshot_of(zone);
    struct dkim_checker *checker = dkim_checker_new();
    struct auth_tools tools = {.snapshot = snapshot, .rules = &rules, .dkim = checker};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct auth auth;
        struct slice found = SLICE_EMPTY;
        struct transaction s = {.ip = ip_of("192.0.2.1"),
                                .helo = SLICE("mail.example.com"),
                                .sender = SLICE("alice@example.com"),
                                .has_sender = true,
                                .from_domain = slice_of(rows[i].from_domain),
                                .recipient_domain = SLICE("example.org"),
                                .time = 1800000000};
        struct mail_bytes mail = {.header = slice_of(rows[i].header ? rows[i].header : ""),
                                  .body = SLICE("x\r\n"),
                                  .body_missing_reason = rows[i].missing};
        auth_open(&auth, &tools, &arena);
        auth_run(&auth, &s, rows[i].header ? &mail : NULL, &tools);
        for (const struct check *c = auth.checks.first; c; c = c->next)
            found = arena_printf(&arena, "%.*s%s%s:%s/%.*s", S(found), found.len ? " " : "", c->kind->id,
                                 check_outcome_name(c->outcome), S(c->result));
        expect_text(rows[i].what, found, rows[i].expected);
        expect_number(rows[i].what, auth.has_message, rows[i].header != NULL);
        auth_close(&auth);
        arena_free(&arena);
    }
    dkim_checker_free(checker);
    snapshot_free(snapshot);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
