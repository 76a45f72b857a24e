/* Block lists of the test's own: one of addresses, one of domains, one that is closed. */
#include "analyze/auth/blocklist_check.h"
#include "tests/analyze/auth/on_zone.h"

static const struct blocklist addresses = {.id = "moon",
                                           .name = "Moon",
                                           .zones =
                                               (const char *const[]){"moon.example", "old.example", NULL},
                                           .answers = (const char *const[]){"127.0.0.2", "dark side", NULL},
                                           .removal = "https://moon.example/",
                                           .who = "anybody",
                                           .lists = "addresses"};
static const struct blocklist domains = {
    .id = "sun", .name = "Sun", .zones = (const char *const[]){"sun.example", NULL}, .lists = "domains"};
static const struct blocklist closed = {.id = "star",
                                        .name = "Star",
                                        .zones = (const char *const[]){"star.example", NULL},
                                        .closed = "2020",
                                        .lists = "addresses"};
static const struct blocklist without_zone = {.id = "void", .name = "Void", .lists = "addresses"};

static const void *const items[] = {&addresses, &domains, &closed, &without_zone};
static const struct rulebase rules = {.lists = {[RULES_BLOCKLISTS] = {.items = items, .count = ROWS(items)}}};

static const struct {
    const char *zone, *expected;
} rows[] = {
    {";! complete\n", "pass pass : not on any of 3 block lists"},
    {"", "unchecked unchecked : what 3 of 3 block lists say is not known"},
    {";! complete\n1.2.0.192.moon.example. 1 IN A 127.0.0.2\n"
     "1.2.0.192.moon.example. 1 IN TXT \"see there\"\n",
     "fail listed moon!: 192.0.2.1 is listed by Moon (moon.example answers 127.0.0.2: dark side); the list "
     "says: see there"},
    {";! complete\n;! NXDOMAIN 2.0.0.127.moon.example.\n",
     "unchecked unchecked : what 1 of 3 block lists say is not known; no listing in the others"},
    {";! complete\n2.0.0.127.moon.example. 1 IN A 127.0.0.2\n", "pass pass : not on any of 3 block lists"},
    {";! complete\n;! NXDOMAIN a.root-servers.net.\nx.example. 1 IN A 192.0.2.9\n",
     "pass pass : not on any of 3 block lists"},
    {";! complete\n;! NXDOMAIN a.root-servers.net.\n",
     "unchecked unchecked : what 3 of 3 block lists say is not known"},
    {";! complete\n1.2.0.192.moon.example. 1 IN A 127.255.255.254\n",
     "unchecked error moon: Moon (moon.example) answers 127.255.255.254 for 192.0.2.1: an error in how the "
     "list was asked, not a listing"},
    {";! complete\n1.2.0.192.moon.example. 1 IN A 198.51.100.1\n",
     "unchecked error moon: Moon (moon.example) answers 198.51.100.1 for 192.0.2.1: an error in how the list "
     "was asked, not a listing"},
    {";! complete\nfrom.example.sun.example. 1 IN A 127.0.0.4\nsender.example.sun.example. 1 IN A "
     "127.0.0.4\n",
     "fail listed sun: from.example is listed by Sun (sun.example answers 127.0.0.4)\n"
     "fail listed sun: sender.example is listed by Sun (sun.example answers 127.0.0.4)"},
    {";! complete\n1.2.0.192.star.example. 1 IN A 127.0.0.2\n1.2.0.192.old.example. 1 IN A 127.0.0.2\n",
     "pass pass : not on any of 3 block lists"},
};

static void test_rows(void **state) {
    struct transaction s = {
        .ip = ip_of("192.0.2.1"), .from_domain = SLICE("from.example"), .sender = SLICE("a@sender.example")};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_results(rows[i].zone, &blocklist_check, rows[i].zone, &s, &rules, rows[i].expected);
    struct transaction nothing = {.ip = ip_of("10.0.0.1")};
    expect_results("an internal address", &blocklist_check, "", &nothing, &rules, "");
    struct transaction internal = {.from_domain = SLICE("host.local"), .sender = SLICE("a@intranet")};
    expect_results("internal domains", &blocklist_check, "", &internal, &rules, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
