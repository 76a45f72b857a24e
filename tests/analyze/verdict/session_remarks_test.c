/* What a pasted session shows beside its refusal. */
#include "analyze/verdict/session_remarks.h"

#include "tests/table.h"

#define EHLO "EHLO mail.shop.example\n"
#define TLS  "250-mx.moon.example\n250-SIZE 1\n250 STARTTLS\n"
#define BARE "250-mx.moon.example\n250 SIZE 1\n"
#define FROM "MAIL FROM:<a@shop.example>\n250 ok\n"

static const struct {
    const char *what, *text, *about; /* what is remarked, a fault with '!' */
} rows[] = {
    {"all is well", "220 mx.moon.example ESMTP\n" EHLO TLS FROM "RCPT TO:<b@moon.example>\n250 ok\n",
     "starttls "},
    {"no STARTTLS", "220 mx.moon.example ESMTP\n" EHLO BARE FROM "RCPT TO:<b@moon.example>\n550 no\n",
     "!starttls "},
    {"STARTTLS asked for", "220 mx.moon.example\n" EHLO BARE "STARTTLS\n220 go ahead\n", "starttls "},
    {"HELO tells nothing of it", "220 mx.moon.example\nHELO mail.shop.example\n250 mx.moon.example\n" FROM,
     ""},
    {"a foreign recipient", "220 mx.moon.example\n" EHLO TLS FROM "RCPT TO:<b@sun.example>\n250 2.1.5 ok\n",
     "starttls !relay "},
    {"a foreign recipient, refused",
     "220 mx.moon.example\n" EHLO TLS FROM "RCPT TO:<b@sun.example>\n554 no\n", "starttls "},
    {"after a login",
     "220 mx.moon.example\n" EHLO TLS "AUTH PLAIN x\n235 ok\n" FROM "RCPT TO:<b@sun.example>\n250 ok\n",
     "starttls "},
    {"a banner without a dot", "220 localhost ESMTP\n" EHLO TLS, "!banner !banner starttls "},
    {"a private banner", "220 ip-10-0-0-1.internal\nHELO mail.shop.example\n250 ok\n", "!banner "},
    {"reached under another name", "Connected to mail.sun.example.\n220 mx.moon.example\n" EHLO TLS,
     "!banner starttls "},
    {"reached by its organisation's name",
     "=== Connected to smtp.moon.example (192.0.2.1).\n220 mx.moon.example\n" EHLO TLS, "starttls "},
    {"reached by address", "Connected to 192.0.2.1.\n220 mx.moon.example\n" EHLO TLS, "starttls "},
    {"PTR of the banner",
     "1.2.0.192.in-addr.arpa domain name pointer mx.moon.example.\n220 mx.moon.example\n" EHLO TLS,
     "ptr starttls "},
    {"PTR of the HELO",
     "1.2.0.192.in-addr.arpa. 300 IN PTR mail.shop.example.\n220 mx.moon.example\n" EHLO TLS,
     "ptr starttls "},
    {"another PTR", "1.2.0.192.in-addr.arpa. 300 IN PTR host-1.isp.example.\n220 mx.moon.example\n" EHLO TLS,
     "!ptr starttls "},
    {"HELO without a dot", "220 mx.moon.example\nEHLO server1\n" TLS, "!helo starttls "},
    {"HELO as an address", "220 mx.moon.example\nEHLO [192.0.2.9]\n" TLS, "starttls "},
    {"swaks",
     "<-  220 mx.moon.example\n -> EHLO mail.shop.example\n<-  250-mx.moon.example\n<-  250 SIZE 1\n",
     "!starttls "},
};

static void test_rows(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct session session;
        struct slice about = SLICE_EMPTY;
        session_read(&session, slice_of(rows[i].text), &arena);
        for (const struct remark *r = session_remarks(&session, &arena); r; r = r->next)
            about = arena_printf(&arena, "%.*s%s%s ", S(about), r->is_fault ? "!" : "", r->about);
        expect_text(rows[i].what, about, rows[i].about);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
