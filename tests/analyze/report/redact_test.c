/* Redaction by type: what each type hides of a text. */
#include "analyze/report/redact.h"

#include "pseudonyms.h"
#include "tests/table.h"

static const struct {
    enum value_type type;
    const char *text, *expected;
} rows[] = {
    {VALUE_MAILBOX, "Bob Miller <bob@example.org>", "n* <u*@example.org>"},
    {VALUE_MAILBOX, "\"Miller, Bob\" <bob@example.org>, eve@example.net",
     "n* <u*@example.org>, u*@example.net"},
    {VALUE_MAILBOX, "bob@example.org (Bob Miller)", "n* <u*@example.org>"},
    {VALUE_MAILBOX, "\"bob@example.org\" <bob@example.org>", "n* <u*@example.org>"},
    {VALUE_MAILBOX, "<bob@example.org>", "<u*@example.org>"},
    {VALUE_MAILBOX, "bob@example.org", "u*@example.org"},
    {VALUE_MAILBOX, "Bob Miller", "n*"},
    {VALUE_MAILBOX, "undisclosed-recipients:;", "undisclosed-recipients:;"},
    {VALUE_MAILBOX, "", ""},
    {VALUE_ADDRESS, "bob@example.org", "u*@example.org"},
    {VALUE_ADDRESS, "<bob@example.org>", "<u*@example.org>"},
    {VALUE_ADDRESS, "\"bob miller\"@example.org", "u*@example.org"},
    {VALUE_ADDRESS, "cats-bounces+bob=example.org@lists.example.net", "u*@lists.example.net"},
    {VALUE_ADDRESS, "bob", "u*"},
    {VALUE_ADDRESS, "<>", "<>"},
    {VALUE_ADDRESS, "@example.org", "@example.org"},
    {VALUE_USER, "bob", "u*"},
    {VALUE_USER, "bob@example.org", "u*@example.org"},
    {VALUE_USER, "uid 48", "u*"},
    {VALUE_SUBJECT, "Re: your order", "s*"},
    {VALUE_IDENTIFIER, "4Fq2xR6hLmz9rJ", "i*"},
    {VALUE_IDENTIFIER, "<20261124.7731@web1.example.com>", "<i*@web1.example.com>"},
    {VALUE_HOST, "mail.example.com", "mail.example.com"},
    {VALUE_HOST, "[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"},
    {VALUE_HOST, "bob@example.org says hello", "u*@example.org says hello"}, /* only claims to be one */
    {VALUE_NETWORK, "192.0.2.5", "192.0.2.5"},
    {VALUE_FILE, "anna.meier-bounce.eml", "p*.eml"},
    {VALUE_FILE, "/home/kim/Mail/1", "p*"},
    {VALUE_FILE, "rules/replies/mailbox.yaml", "rules/replies/mailbox.yaml"},
    {VALUE_FILE, "-", "-"},
    {VALUE_ADDRESS, "info@example.org", "u*@example.org"}, /* of the mail itself */
    {VALUE_MAILBOX, "\"bob@example.jp\" <bob@example.jp>", "n* <u*@example.jp>"},
    {VALUE_REPLY, "no such user 'bobby'", "no such user 'u*'"},
    {VALUE_REPLY, "{\"name\":\"Kim Lee\",\"subject\":\"your \\\"order\\\"\",\"password\": \"horse\"}",
     "{\"name\":\"n*\",\"subject\":\"s*\",\"password\": \"t*\"}"},
    {VALUE_REPLY, "CN=Kim Lee,OU=Users,DC=x not found", "CN=n*,OU=Users,DC=x not found"},
    {VALUE_REPLY, "X500:/o=Org/cn=Recipients/cn=kimlee", "X500:/o=Org/cn=Recipients/cn=n*"},
    {VALUE_REPLY, "certificate CN=mx.example.org, expired", "certificate CN=mx.example.org, expired"},
    {VALUE_REPLY, "see https://x.example/?password=horse&p=NoSuchUser",
     "see https://x.example/?password=t*&p=NoSuchUser"},
    {VALUE_REPLY, "https://kim:horse@x.example/a", "https://u*@x.example/a"},
    {VALUE_REPLY, "the password: incorrect", "the password: incorrect"},
    {VALUE_REPLY, "{'mail_password': 'horse', 'ssl': 2}", "{'mail_password': 't*', 'ssl': 2}"},
    {VALUE_REPLY, "MAIL_PASSWORD=horse battery", "MAIL_PASSWORD=t* battery"},
    {VALUE_REPLY, "smtp_pass => 'horse', smtpPass: \"horse\"", "smtp_pass => 't*', smtpPass: \"t*\""},
    {VALUE_REPLY, "$mail->Password = 'horse';", "$mail->Password = 't*';"},
    {VALUE_REPLY, "spf=pass dkim=pass compass='x'", "spf=pass dkim=pass compass='x'"},
    {VALUE_REPLY, "to Bob Othersecret [mailto:bob@example.org] failed",
     "to n* [mailto:u*@example.org] failed"},
    {VALUE_STRANGER, "Milter insert (0): header: Subject: a fine word",
     "Milter insert (0): header: Subject: s*"},
    {VALUE_STRANGER, "H=x Warning: \"Subject: a fine word\"", "H=x Warning: \"Subject: s*\""},
    {VALUE_STRANGER, "Info: MID 4 Subject 'a fine 'word' here'", "Info: MID 4 Subject 's*'"},
    {VALUE_STRANGER, "x, From: Kim_Example_<kim@example.org>, 300 ms", "x, From: n*<u*@example.org>, 300 ms"},
    {VALUE_STRANGER, "reject: header Subject: a b from c from mx[192.0.2.1]; from=<> to=<>",
     "reject: header Subject: s* from mx[192.0.2.1]; from=<> to=<>"},
    {VALUE_UNTYPED, "gertrudebell", "s*"}, /* a field that somebody wrote without saying what it is */
    {VALUE_STRANGER, "<bob@example.org>: user unknown", "<u*@example.org>: user unknown"},
    {VALUE_SENTENCE, "the subject was \"Hi Bob\" before", "the subject was \"\" before"},
    {VALUE_OURS, "whoever runs bob@example.org", "whoever runs bob@example.org"},
    {VALUE_SHOWN, "u1234abcd@example.org", "u*@example.org"}, /* is not hidden again */
};

static void test_types(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct redactor *r = redactor_new(&redaction);
        struct value v = as_type(rows[i].type, slice_of(rows[i].text));
        redactor_collect(r, v);
        expect_text(rows[i].text, without_digits(redactor_hide(r, v, &arena), &arena), rows[i].expected);
        redactor_free(r);
        arena_free(&arena);
    }
}

static void test_shown_stays(void **state) {
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    struct value v = as_type(VALUE_SHOWN, SLICE("u1234abcd@example.org"));
    expect_text("shown", redactor_hide(r, v, &arena), "u1234abcd@example.org");
    redactor_free(r);
    arena_free(&arena);
}

/* The same person has one pseudonym, as sender, in free text, as a host's name and in any case. */
static void test_agreement(void **state) {
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    redactor_collect(r, as_address(SLICE("alice.miller@example.org")));
    redactor_collect(r, as_identifier(SLICE("<x.77$y@example.org>")));
    struct slice local = slice_upto(redactor_hide(r, as_address(SLICE("Alice.Miller@example.org")), &arena),
                                    PSEUDONYM_SIZE - 1);
    char pseudonym[PSEUDONYM_SIZE];
    memcpy(pseudonym, local.ptr, local.len);
    pseudonym[local.len] = '\0';
    expect_text("user", redactor_hide(r, as_user(SLICE("alice.miller")), &arena), pseudonym);
    expect_text("text", redactor_hide(r, as_stranger(SLICE("alice.miller")), &arena), pseudonym);
    struct slice id = redactor_hide(r, as_identifier(SLICE("<x.77$y@example.org>")), &arena);
    expect_text("id in text", redactor_hide(r, as_stranger(SLICE("<x.77$y@example.org>")), &arena),
                arena_string(&arena, id));
    redactor_free(r);
    arena_free(&arena);
}

static void test_key(void **state) {
    (void)state;
    struct arena arena = {0};
    static const struct redaction keyed = {.key = "secret", .key_length = 6};
    struct redactor *one = redactor_new(&redaction);
    struct redactor *other = redactor_new(&keyed);
    struct value v = as_user(SLICE("bob"));
    assert_false(slice_equal(redactor_hide(one, v, &arena), redactor_hide(other, v, &arena)));
    redactor_free(one);
    redactor_free(other);
    arena_free(&arena);
}

/* A host that is called after somebody: the organisation's domain stays. */
static void test_host_names(void **state) {
    static const struct {
        const char *host, *expected;
    } hosts[] = {
        {"miller.example.org", "h*.example.org"},
        {"miller-laptop", "h*"},
        {"mx1.miller.example.org", "mx1.miller.example.org"}, /* a domain below the organisation's */
        {"mail.example.org", "mail.example.org"},
        {"miller.org", "miller.org"},
        {"bob-miller.dyn.example.org", "h*.dyn.example.org"},
        {"mx-miller-2.example.org", "mx-miller-2.example.org"}, /* a server's name stays readable */
        {"mx-miller-2.fritz.box", "h*.fritz.box"},
        {"bobs-miller.local", "h*.local"},
        {"mx.miller.co.uk", "mx.miller.co.uk"},
    };
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    redactor_collect(r, as_mailbox(SLICE("Bob Miller <bob@example.org>")));
    for (size_t i = 0; i < ROWS(hosts); i++) {
        struct slice shown = redactor_hide(r, as_host(slice_of(hosts[i].host)), &arena);
        shown = without_digits(shown, &arena);
        if (shown.len && shown.ptr[0] == 'n') /* by the word of the name */
            shown = arena_printf(&arena, "h%.*s", S(slice_from(shown, 1)));
        expect_text(hosts[i].host, shown, hosts[i].expected);
    }
    redactor_free(r);
    arena_free(&arena);
}

/* Selectors name no server: a part of them is enough. */
static void test_selectors(void **state) {
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    redactor_collect(r, as_mailbox(SLICE("Bob Miller <bob@example.org>")));
    expect_text("personal",
                without_digits(redactor_hide(r, as_selector(SLICE("sel-miller2026")), &arena), &arena), "h*");
    expect_text("other", redactor_hide(r, as_selector(SLICE("sel2026.mail")), &arena), "sel2026.mail");
    expect_text("a mailbox in its place",
                without_digits(redactor_hide(r, as_selector(SLICE("x<bell@example.org")), &arena), &arena),
                "x<u*@example.org");
    redactor_free(r);
    arena_free(&arena);
}

/* Other forms of what was collected, with the pseudonym of the whole. */
static void test_forms(void **state) {
    static const struct {
        enum value_type type;
        const char *collected, *text, *expected;
    } forms[] = {
        {VALUE_SUBJECT, "Re: [list] Your kimble order 17", "Your Kimble order 17 failed", "s* failed"},
        {VALUE_SUBJECT, "Your kimble order 17 of today", "AW: your kimble order ...", "AW: s* ..."},
        {VALUE_SUBJECT, "Gelesen: kimble order 17", "your kimble order 17 was read", "your s* was read"},
        {VALUE_SUBJECT, "Your kimble order 17", "refused Your_kimble_order_17", "refused s*"},
        {VALUE_SUBJECT, "Fwd: your kimble order", "mailto:x?subject=your%20kimble%20order",
         "mailto:x?subject=s*"},
        {VALUE_SUBJECT, "mailbox full", "error mailbox_full", "error mailbox_full"},
        {VALUE_SUBJECT, "how do you do now", "how do you not", "how do you not"},
        {VALUE_MAILBOX, "\"Ma, Bob\" <b@example.org>", "by Bob Ma here", "by n* here"},
        {VALUE_ADDRESS, "alice.kimble@example.org", "Alice Kimble is away", "u* is away"},
        {VALUE_ADDRESS, "list-bounces+kimble=example.org@list.example", "no kimble here", "no u* here"},
        {VALUE_ADDRESS, "SRS0=H=T=example.org=kimble@list.example", "no kimble here", "no u* here"},
        {VALUE_ADDRESS, "kimble+tag@example.org", "no kimble here", "no u* here"},
        {VALUE_ADDRESS, "kim\u200bble@example.org", "no kimble here", "no u* here"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(forms); i++) {
        struct arena arena = {0};
        struct redactor *r = redactor_new(&redaction);
        redactor_collect(r, as_type(forms[i].type, slice_of(forms[i].collected)));
        struct slice shown = redactor_hide(r, as_stranger(slice_of(forms[i].text)), &arena);
        expect_text(forms[i].text, without_digits(shown, &arena), forms[i].expected);
        redactor_free(r);
        arena_free(&arena);
    }
}

/* Whoever wrote a reply finds its own ids in it, and nobody's else. */
static void test_reply_ids(void **state) {
    static const struct {
        enum value_type type;
        const char *text, *expected;
    } kept[] = {
        {VALUE_REPLY, "550 no such user, d9443c01a7336-5b1f17b1804b1.431 - gsmtp",
         "550 no such user, d9443c01a7336-5b1f17b1804b1.431 - gsmtp"},
        {VALUE_REPLY, "refused, id B91A22E4C1 [zgXM4kKhM2qPKdWn0jz8Zg.uk10]",
         "refused, id B91A22E4C1 [zgXM4kKhM2qPKdWn0jz8Zg.uk10]"},
        {VALUE_REPLY, "refused, id 4Fq2xR6hLmz9rJ", "refused, id i*"}, /* ours */
        {VALUE_REPLY, "no such user 'bobby', id B91A22E4C1", "no such user 'u*', id B91A22E4C1"},
        {VALUE_REPLY, "see https://mx.example.org/u?t=Ab12Cd34Ef56Gh78Ij90",
         "see https://mx.example.org/u?t=t*"},
        {VALUE_STRANGER, "refused, id B91A22E4C1", "refused, id i*"}, /* no reply */
    };
    struct redaction keeping = redaction;
    (void)state;
    keeping.keeps_reply_ids = true;
    for (size_t i = 0; i < ROWS(kept); i++) {
        struct arena arena = {0};
        struct redactor *r = redactor_new(&keeping);
        redactor_collect(r, as_identifier(SLICE("4Fq2xR6hLmz9rJ")));
        struct value v = as_type(kept[i].type, slice_of(kept[i].text));
        redactor_collect(r, v);
        expect_text(kept[i].text, without_digits(redactor_hide(r, v, &arena), &arena), kept[i].expected);
        redactor_free(r);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_selectors),   cmocka_unit_test(test_forms),
                                       cmocka_unit_test(test_types),       cmocka_unit_test(test_reply_ids),
                                       cmocka_unit_test(test_shown_stays), cmocka_unit_test(test_agreement),
                                       cmocka_unit_test(test_key),         cmocka_unit_test(test_host_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
