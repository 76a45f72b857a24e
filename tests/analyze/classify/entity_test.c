/* Entities: what is collected from a reply, and how it is found again. */
#include "analyze/classify/entity.h"
#include "tests/table.h"

static const struct reply_rule setting = {.set =
                                              (const char *const[]){"list", "moon", "ip", "192.0.2.9", NULL}};

static const struct {
    const struct reply_rule *rule;
    const char *words, *expected;
} rows[] = {
    {NULL, "nothing", ""},
    {NULL, "[192.0.2.1] is listed, see https://example.org/a?b=c.",
     "ip=192.0.2.1 url=https://example.org/a?b=c"},
    {NULL, "see <http://example.org/x> and https://example.org/y",
     "url=http://example.org/x url=https://example.org/y"},
    {NULL, "http:// is no page, HTTPS://EXAMPLE.ORG is", "url=HTTPS://EXAMPLE.ORG"},
    {&setting, "192.0.2.1", "list=moon ip=192.0.2.9"},
    {NULL, "from 2001:db8::1", "ip=2001:db8::1"},
    {NULL, "contact <help.me@example.org> for reset", "contact=help.me@example.org"},
    {NULL, "forward it to our abuse department at FPR@rx.t-online.example",
     "contact=FPR@rx.t-online.example"},
    {NULL, "<abuse@example.org>: Recipient address rejected", ""},
    {NULL, "<abuse@example.org>... User unknown", ""},
    {NULL, "<bob@example.org>: rejected, write to <abuse@example.net>", "contact=abuse@example.net"},
    {NULL, "User support@example.org has exceeded its limit", ""},
    {NULL, "no more mail from <postmaster@example.org>", ""},
    {NULL, "ask the user support@example.org, or abuse@example.net", "contact=abuse@example.net"},
    {NULL, "user bob@example.org unknown, ask postmaster@example.net", "contact=postmaster@example.net"},
    {NULL, "your message to bob@example.org was refused", ""},
    {NULL, "Spf= Pass , Dkim= Pass , DMARC= Fail", "spf=pass dkim=pass dmarc=fail aligned=no"},
    {NULL, "Spf= Fail , Dkim= Pass , DMARC= Pass", "spf=fail dkim=pass dmarc=pass"},
    {NULL, "either SPF or DKIM. DKIM = did not pass SPF [a.example] with ip: [192.0.2.1] = did not pass",
     "ip=192.0.2.1 spf=fail dkim=fail"},
    {NULL, "SPF or DKIM is missing; DMARC policy=reject", ""},
    {NULL, "Could not connect to SMTP host: smtp.example.com, port: 587", "port=587"},
    {NULL, "connect ETIMEDOUT 192.0.2.1:465", "port=465"},
    {NULL, "unable to connect to ssl://mail.x.example:465 (Connection refused)", "port=465"},
    {NULL, "queue 587, id: 4650, mx.example.org:25", ""},
    {NULL, "port 587 or port 465", "port=587"},
    {NULL, "myspf=pass dmarc=", ""},
    {NULL, "xdkimdkim=pass", ""},
    {NULL, "myspf=pass, spf of no use, spf=softfail spf=pass", "spf=fail"},
};

static void collects(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct slice found = SLICE_EMPTY;
        for (const struct entity *e = entities_collect(rows[i].rule, NULL, slice_of(rows[i].words), &arena);
             e; e = e->next)
            found =
                arena_printf(&arena, "%.*s%s%s=%.*s", S(found), found.len ? " " : "", e->name, S(e->value));
        expect_text(rows[i].words, found, rows[i].expected);
        arena_free(&arena);
    }
}

static void finds(void **state) {
    struct entity second = {.name = "list", .value = SLICE("two")};
    struct entity first = {.next = &second, .name = "list", .value = SLICE("one")};
    struct entity ip = {.next = &first, .name = "ip", .value = SLICE("192.0.2.1")};
    (void)state;
    expect_text("ip", entity_value(&ip, SLICE("ip")), "192.0.2.1");
    expect_text("list", entity_value(&ip, SLICE("list")), "one");
    expect_text("moon", entity_value(&ip, SLICE("moon")), "");
    assert_ptr_equal(entity_find(&ip, SLICE("list")), &first);
    assert_ptr_equal(entity_find(first.next, SLICE("list")), &second);
    assert_null(entity_find(second.next, SLICE("list")));
    assert_null(entity_find(NULL, SLICE("list")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(collects), cmocka_unit_test(finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
