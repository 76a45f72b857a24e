/* Free text under --redact: what is found in it, and what stays readable. */
#include "analyze/report/redact_text.h"

#include "pseudonyms.h"
#include "tests/table.h"

static const struct {
    const char *collected; /* a local part that was seen elsewhere; NULL: none */
    const char *text, *expected;
} rows[] = {
    /* addresses, with nothing collected */
    {NULL, "<bob@example.org>: no such user", "<u*@example.org>: no such user"},
    {NULL, "mailto:bob@example.org", "mailto:u*@example.org"},
    {NULL, "'bob@example.org' and {eve@example.net}", "'u*@example.org' and {u*@example.net}"},
    {NULL, "\"bob miller\"@example.org", "u*@example.org"},
    {NULL, "bounce-bob=example.org@list.example", "u*@list.example"},
    {NULL, "smtp.mailfrom=bob@example.org", "smtp.mailfrom=u*@example.org"},
    {NULL, "bob (at) example.org, eve[at]example.net", "u* (at) example.org, u*[at]example.net"},
    {NULL, "a@b@c", "u*@u*@c"},
    {NULL, "bob&#64;example.org bob&#x40;example.org bob=40example.org",
     "u*&#64;example.org u*&#x40;example.org u*=40example.org"},
    {NULL, "{\"email\":\"bob\\u0040example.org\"}", "{\"email\":\"u*\\u0040example.org\"}"},
    {NULL, "size=4096 bytes, 5=40", "size=4096 bytes, 5=40"},
    {NULL, "bob%example.org@relay.example", "u*@relay.example"},
    {NULL, "SRS0=HH=TT=example.org=bob@relay.example", "u*@relay.example"},
    {NULL, "prvs=1234=bob@example.org", "u*@example.org"},
    {NULL, "rfc822;bob@example.org", "rfc822;u*@example.org"},
    {NULL, "subject =?utf-8?b?Qm9i?= =?utf-8?q?Bob?=", "subject t* t*"},
    {NULL, "=?no end and =?utf-8?b", "=?no end and =?utf-8?b"},
    {NULL, "at 10 @ noon, @example.org", "at 10 @ noon, @example.org"},
    /* what stands where a mailbox does */
    {NULL, "user=bob, uid=1000", "user=u*, uid=1000"},
    {NULL, "from=<www-data>, relay=local", "from=<www-data>, relay=local"},
    {NULL, "to=<eve>, relay=mx.example.org", "to=<u*>, relay=mx.example.org"},
    {NULL, "sasl_username=bob.miller, helo=mx.example.org", "sasl_username=u*, helo=mx.example.org"},
    {NULL, "{\"user\": \"bob.miller\"}", "{\"user\": \"u*\"}"},
    {"kimble", "list-bounces+kimble kimble+tag", "list-bounces+u* u*+tag"},
    {"kim.ble", "list-bounces+kim.ble", "list-bounces+u*"},
    /* ids that are announced, or stand where logs write them */
    {NULL, "250 2.0.0 Ok: queued as 9C1D02B4", "250 2.0.0 Ok: queued as i*"},
    {NULL, "postfix/smtp[7]: 9C1D02B4: removed", "postfix/smtp[7]: i*: removed"},
    {NULL, "4Fq2xR6hLmz9rJ: removed", "i*: removed"},
    {NULL, "queued as usual, id 5, line 7: x", "queued as usual, id 5, line 7: x"},
    /* links stay but for what names a person */
    {NULL, "https://example.org/0123456789abcdef0123456789",
     "https://example.org/0123456789abcdef0123456789"},
    {NULL, "https://example.org/?u=bob%40example.org&x=1", "https://example.org/?u=u*%40example.org&x=1"},
    {NULL, "https://bob@example.org/", "https://u*@example.org/"},
    {NULL, "https://example.org/?u=bob%2540example.org", "https://example.org/?u=u*%2540example.org"},
    {NULL, "https://example.org/Ym9iQGV4YW1wbGUub3Jn?x=1",
     "https://example.org/t*?x=1"}, /* bob@example.org */
    {NULL, "https://example.org/help?id=550&lang=en+de", "https://example.org/help?id=550&lang=en+de"},
    {"alice miller", "https://example.org/?n=Alice%20Miller&m=Alice+Miller",
     "https://example.org/?n=u*&m=u*"},
    {"alice.miller", "https://example.org/u/alice.miller/x", "https://example.org/u/u*/x"},
    /* long tokens; host names are none */
    {NULL, "(ref 0123456789abcdef0123456789)", "(ref t*)"},
    {NULL, "mail-0123456789-0123456789.example.org", "mail-0123456789-0123456789.example.org"},
    {NULL, "550 5.7.1 [192.0.2.5] 2001:db8::1", "550 5.7.1 [192.0.2.5] 2001:db8::1"},
    /* collected: five letters or more, and no ordinary word */
    {"kimble", "no mailbox kimble here", "no mailbox u* here"},
    {"kimble", "KIMBLE is over quota", "u* is over quota"},
    {"kimble", "kimble.", "u*."},
    {"kimble", "kimbles and akimble", "kimbles and akimble"},
    {"kimble", "host kimble.mx.example.org", "host u*.mx.example.org"},
    {"kimble", "host kimble.org", "host kimble.org"},
    {"kimble", "{\"user\": \"kimble\"}", "{\"user\": \"u*\"}"},
    {"15551234567", "15551234567 is no mailbox", "u* is no mailbox"},
    /* an ordinary word stays readable, but where it stands as a mailbox */
    {"mailbox", "mailbox unavailable", "mailbox unavailable"},
    {"mailbox", "<mailbox>: unavailable", "<u*>: unavailable"},
    {"info", "info, user unknown", "info, user unknown"},
    /* short ones only where they stand as a mailbox */
    {"bob", "bob is his name", "bob is his name"},
    {"bob", "<bob> \"bob\" 'bob' user bob", "<u*> \"u*\" 'u*' user u*"},
    {"bob", "bob=example.org is a form of it", "u*=example.org is a form of it"},
    {"550", "550 user unknown", "550 user unknown"},
    /* what is no name */
    {NULL, "user unknown in mail system", "user unknown in mail system"},
    {NULL, "\"unclosed and @ and = and <", "\"unclosed and @ and = and <"},
    {NULL, "", ""},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct names names;
        struct arena arena = {0};
        GString *out = g_string_new(NULL);
        names_init(&names, &redaction);
        if (rows[i].collected)
            names_add(&names, NAME_USER, slice_of(rows[i].collected), false);
        redact_text(&names, slice_of(rows[i].text), out);
        expect_text(rows[i].text, without_digits((struct slice){out->str, out->len}, &arena),
                    rows[i].expected);
        g_string_free(out, TRUE);
        names_free(&names);
        arena_free(&arena);
    }
}

static void test_phrases(void **state) {
    static const struct {
        enum name_kind kind;
        const char *collected, *text, *expected;
    } phrases[] = {
        {NAME_SUBJECT, "Your order 17", "re: YOUR  order, 17 came back", "re: s* came back"},
        {NAME_SUBJECT, "Hi", "Hi there", "Hi there"},
        {NAME_SUBJECT, "Hi", "\"Hi\"", "\"s*\""},
        {NAME_PERSON, "Bob Ma", "written by Bob Ma (sales)", "written by n* (sales)"},
        {NAME_PERSON, "Bób Mäller", "BÓB MÄLLER", "n*"},
        {NAME_IDENTIFIER, "4Fq2x/R6", "queued as 4Fq2x/R6", "queued as i*"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(phrases); i++) {
        struct names names;
        struct arena arena = {0};
        GString *out = g_string_new(NULL);
        names_init(&names, &redaction);
        names_add(&names, phrases[i].kind, slice_of(phrases[i].collected), false);
        redact_text(&names, slice_of(phrases[i].text), out);
        expect_text(phrases[i].text, without_digits((struct slice){out->str, out->len}, &arena),
                    phrases[i].expected);
        g_string_free(out, TRUE);
        names_free(&names);
        arena_free(&arena);
    }
}

/* What a text says of an address is known in the next one. */
static void test_collecting(void **state) {
    (void)state;
    struct names names;
    struct arena arena = {0};
    GString *out = g_string_new(NULL);
    names_init(&names, &redaction);
    redact_text_collect(&names, SLICE("550 <kimble@example.org>: unknown"));
    redact_text(&names, SLICE("to kimble it went"), out);
    expect_text("collected", without_digits((struct slice){out->str, out->len}, &arena), "to u* it went");
    g_string_free(out, TRUE);
    names_free(&names);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_phrases),
                                       cmocka_unit_test(test_collecting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
