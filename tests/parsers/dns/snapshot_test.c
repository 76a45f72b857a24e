/* Snapshots: zone files, what dig prints, our own directives; and what is wrong with them. */
#include "parsers/base/file_errors.h"
#include "parsers/dns/name.h"
#include "parsers/dns/read.h"
#include "parsers/dns/snapshot.h"
#include "parsers/dns/write.h"
#include "tests/table.h"

#include <stdio.h>
#include <stdlib.h>

static const char zone[] = "; a comment\n"
                           ";! taken 2026-11-24T15:00:00Z\n"
                           "$ORIGIN example.com.\n"
                           "$TTL 300\n"
                           "@ IN SOA ns.example.com. admin.example.com. ( 1 ; serial\n"
                           "   2 3 4 5 )\n"
                           "  IN MX 10 mail\n"
                           "mail IN A 192.0.2.1\n"
                           "     IN A 192.0.2.2\n"
                           "mail IN A 192.0.2.1\n"
                           "www IN CNAME mail\n"
                           "txt IN TXT ( \"v=spf1 ip4:192.0.2.1\"\n   \" ; not a comment -all\" )\n"
                           "a\\.b IN TXT \"\\000\\255\"\n"
                           "*.wild IN A 192.0.2.9\n"
                           "_25._tcp.mail IN TLSA 3 1 1 AABB\n"
                           "absolute.example.net. 60 IN AAAA 2001:db8::1\n"
                           "chaos.example.com. 0 CH TXT \"x\"\n"
                           ";! NXDOMAIN gone.example.com.\n"
                           ";! NODATA mail.example.com. TXT\n"
                           ";! SERVFAIL fails.example.com. TXT\n"
                           ";! TIMEOUT silent.example.com. ANY\n";

static const char dug[] =
    "\n; <<>> DiG 9.18.28 <<>> -t TXT example.org\n;; global options: +cmd\n;; Got answer:\n"
    ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; flags: qr rd ra; QUERY: 1, ANSWER: 1\n\n"
    ";; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n"
    ";; QUESTION SECTION:\n;example.org.\t\t\tIN\tTXT\n\n"
    ";; ANSWER SECTION:\nexample.org.\t\t60\tIN\tTXT\t\"v=spf1 -all\"\n\n"
    ";; Query time: 3 msec\n;; WHEN: Tue Nov 24 10:00:00 UTC 2026\n;; MSG SIZE  rcvd: 1\n\n"
    ";; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 2\n;; QUESTION SECTION:\n;no.example.org. IN MX\n\n"
    ";; AUTHORITY SECTION:\nexample.org. 60 IN SOA a.example.org. b.example.org. 1 2 3 4 5\n"
    ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 3\n;; QUESTION SECTION:\n;alias.example.org. IN "
    "A\n\n"
    ";; ANSWER SECTION:\nalias.example.org. 60 IN CNAME empty.example.org.\n"
    ";; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 4\n;; QUESTION SECTION:\n;broken.example.org. IN "
    "A\n"
    "; <<>> DiG 9.18.28 <<>> +short -x 192.0.2.7 @127.0.0.1\n"
    ";; communications error to 127.0.0.1#53: timed out\n;; no servers could be reached\n"
    "; <<>> DiG 9.18.28 <<>> late.example.org AAAA\n;; no servers could be reached\n";

static const struct {
    const char *text, *name;
    unsigned type;
    const char *expected; /* status, or the records */
} rows[] = {
    {zone, "example.com", DNS_MX, "10 mail.example.com"},
    {zone, "mail.example.com", DNS_A, "192.0.2.1 192.0.2.2"},
    {zone, "MAIL.example.COM", DNS_A, "192.0.2.1 192.0.2.2"},
    {zone, "www.example.com", DNS_A, "->mail.example.com"},
    {zone, "txt.example.com", DNS_TXT, "v=spf1 ip4:192.0.2.1 ; not a comment -all"},
    {zone, "absolute.example.net", DNS_AAAA, "2001:db8::1"},
    {zone, "_25._tcp.mail.example.com", DNS_TLSA, "2 bytes"},
    {zone, "gone.example.com", DNS_TXT, "NXDOMAIN"},
    {zone, "gone.example.com", DNS_A, "NXDOMAIN"},
    {zone, "mail.example.com", DNS_TXT, "NODATA"},
    {zone, "mail.example.com", DNS_MX, "UNKNOWN"},
    {zone, "fails.example.com", DNS_TXT, "SERVFAIL"},
    {zone, "fails.example.com", DNS_A, "UNKNOWN"},
    {zone, "silent.example.com", DNS_A, "TIMEOUT"},
    {zone, "x.wild.example.com", DNS_A, "UNKNOWN"},
    {zone, "chaos.example.com", DNS_TXT, "UNKNOWN"},
    {dug, "example.org", DNS_TXT, "v=spf1 -all"},
    {dug, "example.org", DNS_MX, "UNKNOWN"},
    {dug, "no.example.org", DNS_MX, "NXDOMAIN"},
    {dug, "no.example.org", DNS_A, "NXDOMAIN"},
    {dug, "alias.example.org", DNS_A, "->empty.example.org"},
    {dug, "empty.example.org", DNS_A, "NODATA"},
    {dug, "broken.example.org", DNS_A, "SERVFAIL"},
    {dug, "7.2.0.192.in-addr.arpa", DNS_PTR, "TIMEOUT"},
    {dug, "late.example.org", DNS_AAAA, "TIMEOUT"},
};

static struct slice shown(struct arena *arena, struct dns_answer answer) {
    struct slice text = SLICE_EMPTY;
    for (const struct dns_record *r = answer.records; r; r = r->next) {
        struct slice one = r->type == DNS_TXT     ? r->text
                           : r->type == DNS_CNAME ? arena_printf(arena, "->%.*s", S(r->host))
                           : r->type == DNS_MX    ? arena_printf(arena, "%u %.*s", r->preference, S(r->host))
                           : r->type == DNS_TLSA  ? arena_printf(arena, "%zu bytes", r->text.len)
                                                  : ip_text(arena, &r->ip);
        text = arena_printf(arena, "%.*s%s%.*s", S(text), text.len ? " " : "", S(one));
    }
    return answer.status == DNS_FOUND ? text : slice_of(dns_status_name(answer.status));
}

static struct snapshot *read_all(const char *const *texts, unsigned *errors, char **said) {
    struct snapshot *s = snapshot_new();
    size_t size;
    FILE *out = open_memstream(said, &size);
    struct file_errors found = {.out = out};
    for (; *texts; texts++)
        dns_file_read(snapshot_add(s, "test.zone"), slice_of(*texts), &found);
    fclose(out);
    *errors = found.count;
    return s;
}

static void test_answers(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *texts[] = {rows[i].text, NULL};
        unsigned errors;
        char *said;
        struct slice name;
        struct snapshot *s = read_all(texts, &errors, &said);
        expect_text(rows[i].name, slice_of(said), "");
        assert_true(dns_name_parse(slice_of(rows[i].name), &arena, &name));
        expect_text(rows[i].name, shown(&arena, snapshot_find(s, name, rows[i].type)), rows[i].expected);
        free(said);
        snapshot_free(s);
    }
    arena_free(&arena);
}

/* In a complete file what is not there does not exist; wildcards hold; the first file that knows wins. */
static void test_complete(void **state) {
    static const char first[] = "a.example. 1 IN A 192.0.2.1\n;! TIMEOUT late.example. ANY\n";
    static const char second[] =
        "a.example. 1 IN A 192.0.2.2\nb.c.example. 1 IN A 192.0.2.3\n*.w.example. 1 IN A "
        "192.0.2.4\nlate.example. 1 IN A 192.0.2.5\n;! complete\n";
    static const struct {
        const char *name;
        unsigned type;
        const char *expected;
    } wanted[] = {{"a.example", DNS_A, "192.0.2.1"},   {"b.c.example", DNS_A, "192.0.2.3"},
                  {"c.example", DNS_A, "NODATA"},      {"d.example", DNS_A, "NXDOMAIN"},
                  {"x.w.example", DNS_A, "192.0.2.4"}, {"x.y.w.example", DNS_A, "192.0.2.4"},
                  {"x.w.example", DNS_MX, "NODATA"},   {"late.example", DNS_A, "TIMEOUT"},
                  {"b.c.example", DNS_MX, "NODATA"}};
    const char *texts[] = {first, second, NULL};
    struct arena arena = {0};
    unsigned errors;
    char *said;
    struct snapshot *s = read_all(texts, &errors, &said);
    (void)state;
    for (size_t i = 0; i < ROWS(wanted); i++)
        expect_text(wanted[i].name, shown(&arena, snapshot_find(s, slice_of(wanted[i].name), wanted[i].type)),
                    wanted[i].expected);
    free(said);
    snapshot_free(s);
    arena_free(&arena);
}

static void test_errors(void **state) {
    static const struct {
        const char *text, *expected; /* how the message begins */
    } wrong[] = {
        {"a.example. 60 IN A 192.0.2.1\nb.example. 60 IN A 192.0.2\n", "test.zone:2:18: "},
        {"a.example. 60 IN NONSENSE x\n", "test.zone:1:"},
        {"a.example. 60 IN TXT \"x\n", "test.zone:1:1: a quotation mark is not closed"},
        {"a.example. 60 IN TXT ( \"x\"\n", "test.zone:1:1: a parenthesis is not closed"},
        {";! NXDOMAIN\n", "test.zone:1:4: expected a name"},
        {";! NODATA a.example. BOGUS\n", "test.zone:1:22: expected a type"},
        {";! forged a.example.\n", "test.zone:1:4: expected taken, complete"},
        {";! taken yesterday\n", "test.zone:1:10: expected a time"},
        {"$INCLUDE /etc/passwd\n", "test.zone:1:1: only $ORIGIN and $TTL"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(wrong); i++) {
        const char *texts[] = {wrong[i].text, NULL};
        unsigned errors;
        char *said;
        struct snapshot *s = read_all(texts, &errors, &said);
        expect_number(wrong[i].text, errors > 0, 1);
        expect_text(wrong[i].text, slice_upto(slice_of(said), strlen(wrong[i].expected)), wrong[i].expected);
        free(said);
        snapshot_free(s);
    }
}

/* What is written can be read again, and says the same. */
static void test_written(void **state) {
    const char *texts[] = {zone, NULL};
    unsigned errors;
    char *said;
    struct snapshot *s = read_all(texts, &errors, &said);
    GString *once = g_string_new(NULL);
    GString *twice = g_string_new(NULL);
    (void)state;
    free(said);
    snapshot_write(s, once);
    snapshot_free(s);
    const char *again[] = {once->str, NULL};
    s = read_all(again, &errors, &said);
    expect_text("written", slice_of(said), "");
    snapshot_write(s, twice);
    expect_text("written twice", slice_of(twice->str), once->str);
    expect_number("taken", snapshot_taken(s), 1795532400);
    free(said);
    snapshot_free(s);
    g_string_free(once, TRUE);
    g_string_free(twice, TRUE);
}

static void test_names(void **state) {
    static const char l63[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    struct arena arena = {0};
    struct slice name;
    (void)state;
    assert_true(dns_name_of(slice_of(l63), &arena, &name));
    assert_false(dns_name_of(arena_printf(&arena, "%sa.example", l63), &arena, &name));
    assert_false(dns_name_of(SLICE("a..b"), &arena, &name));
    assert_false(dns_name_of(arena_printf(&arena, "%s.%s.%s.%s.%s", l63, l63, l63, l63, l63), &arena, &name));
    assert_true(dns_name_parse(SLICE("a\\.b\\032c.Example."), &arena, &name));
    expect_text("escapes", name, "a\\.b c.example");
    expect_text("shown", dns_name_show(&arena, name), "a\\.b\\032c.example");
    expect_text("parent", dns_name_parent(name), "example");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_answers), cmocka_unit_test(test_complete),
                                       cmocka_unit_test(test_errors), cmocka_unit_test(test_written),
                                       cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
