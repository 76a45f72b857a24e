/* What of a step holds of a verdict. */
#include "analyze/verdict/step_parts.h"

#include "analyze/auth/check_kind.h"
#include "tests/table.h"

static struct entity dkim = {.name = "dkim", .value = SLICE("pass")};
static struct entity spf = {.next = &dkim, .name = "spf", .value = SLICE("fail")};

/* Nobody waits for what is over, and what is tried again is not sent again. */
static void parts(void **state) {
    static const struct {
        const char *text, *temporary, *permanent, *either;
    } says[] = {
        {"Always, from {ip}.", "Always, from {ip}.", "Always, from {ip}.", "Always, from {ip}."},
        {"{temporary: wait.}", "Wait.", "", "While it is temporary: wait."},
        {"{permanent: Send to {domain}.}", "", "Send to {domain}.",
         "Once it is permanent: Send to {domain}."},
        {"Slow down. {temporary: Wait.}", "Slow down. Wait.", "Slow down.",
         "Slow down. While it is temporary: Wait."},
        {"{temporary: a}{permanent: b} c", "A c", "B c",
         "While it is temporary: a Once it is permanent: b c"},
        {"{temporary: open", "Open", "", "While it is temporary: open"},
        {"{temporary}", "{temporary}", "{temporary}", "{temporary}"},
        {"{moon is: x}", "{moon is: x}", "{moon is: x}", "{moon is: x}"},
        {"{spf=fail: a}{spf=pass: b}", "A", "A",
         "Where the reply says spf=fail: a Where the reply says spf=pass: b"},
        {"{spf!=pass: a}{dkim!=pass: b}{dmarc!=pass: c}", "Ac", "Ac", "Abc"},
        {"{spf=fail: {permanent: deep}}", "", "Deep",
         "Where the reply says spf=fail: Once it is permanent: deep"},
        {"Slow down{software=exim:  (Exim)}{software=postfix:  (Postfix)}.", "Slow down (Exim).",
         "Slow down (Exim).", "Slow down (Exim) (Postfix)."},
        {"{program: a}{server: b}", "B", "B", "In a mail program or script: a Between mail servers: b"},
        {"{dns.spf=none: a}{dns.spf!=none: b}", "A", "A", "B"},
        {"{dns.dkim=none: a}{dns.dkim!=none: b}", "B", "B", "B"},
        {"{listing=css: a}{listing!=css: b}", "B", "B", "Ab"},
        {"Look{level=:  which}.", "Look which.", "Look which.", "Look which."},
        {"{{x}} {", "{{x}} {", "{{x}} {", "{{x}} {"},
        {"", "", "", ""},
    };
    struct arena arena = {0};
    const struct check_kind kind = {.id = "spf"};
    struct finding found = {.check = &kind, .result = SLICE("none")};
    struct verdict v = {.entities = &spf, .software = "exim", .checks = &found};
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++) {
        v.is_permanent = false;
        expect_text(says[i].text, step_applicable(&v, &arena, says[i].text), says[i].temporary);
        v.is_permanent = true;
        expect_text(says[i].text, step_applicable(&v, &arena, says[i].text), says[i].permanent);
        expect_text(says[i].text, step_applicable(NULL, &arena, says[i].text), says[i].either);
    }
    arena_free(&arena);
}

/* The error of a mail program, and a port of submission in words that anybody writes. */
static void programs(void **state) {
    static struct entity port = {.name = "port", .value = SLICE("587")};
    struct arena arena = {0};
    struct verdict v = {.is_of_program = true};
    (void)state;
    expect_text("a program's", step_applicable(&v, &arena, "{program: a}{server: b}"), "A");
    v = (struct verdict){.entities = &port};
    expect_text("a port's", step_applicable(&v, &arena, "{program: a}{server: b}"), "A");
    arena_free(&arena);
}

/* Which part of a list it is: by the list that the reply names, by the answer on the snapshot, or not known.
 */
static void listings(void **state) {
    static const struct blocklist xbl = {.id = "spamhaus-xbl"};
    static const struct blocklist zen = {.id = "spamhaus-zen"};
    const struct check_kind kind = {.id = "blocklist"};
    struct finding found = {.check = &kind, .means = SLICE("CSS")};
    struct arena arena = {0};
    static const char step[] = "{listing=xbl: x}{listing=css: c}{listing=: unknown}";
    (void)state;
    expect_text("named", step_applicable(&(struct verdict){.blocklist = &xbl}, &arena, step), "X");
    expect_text("zen", step_applicable(&(struct verdict){.blocklist = &zen}, &arena, step), "Unknown");
    struct verdict v = {.blocklist = &zen, .checks = &found};
    expect_text("answered", step_applicable(&v, &arena, step), "C");
    arena_free(&arena);
}

static void waits(void **state) {
    static const struct {
        const char *steps[3];
        bool expected;
    } says[] = {
        {{"Slow down.", NULL}, false},
        {{"Slow down.", "{temporary: Wait.}", NULL}, true},
        {{"{temporary: Wait.}", "{permanent: Send it.}", NULL}, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++)
        expect_number(says[i].steps[0], steps_only_wait(says[i].steps), says[i].expected);
    assert_false(steps_only_wait(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts), cmocka_unit_test(programs),
                                       cmocka_unit_test(listings), cmocka_unit_test(waits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
