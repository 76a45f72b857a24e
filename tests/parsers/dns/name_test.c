/* Names of the DNS: from text and mail, and back. */
#include "parsers/dns/name.h"
#include "tests/table.h"

static struct arena arena;

#define L10 "abcdefghij"
#define L60 L10 L10 L10 L10 L10 L10

static void parses(void **state) {
    static const struct {
        const char *text, *name, *shown; /* name NULL: it is none */
    } rows[] = {
        {"Example.ORG", "example.org", "example.org"},
        {"example.org.", "example.org", "example.org"},
        {".", "", ""},
        {"a\\.b.example", "a\\.b.example", "a\\.b.example"},
        {"a\\046b", "a\\.b", "a\\.b"},
        {"a\\032b", "a b", "a\\032b"},
        {"x@", "x@", "x\\@"},
        /* no option, comment or transfer for `dig -f` */
        {"\\@x", "@x", "\\064x"},
        {"-x", "-x", "\\045x"},
        {"+trace", "+trace", "\\043trace"},
        {";x", ";x", "\\059x"},
        {"#x", "#x", "\\035x"},
        {"ixfr=1", "ixfr=1", "ixfr\\0611"},
        {"*.x", "*.x", "*.x"},
        {"_dmarc.x", "_dmarc.x", "_dmarc.x"},
        /* a backslash, and a dot behind one */
        {"a\\\\.b", "a\\\\.b", "a\\\\.b"},
        {"a\\\\\\.b", "a\\\\\\.b", "a\\\\\\.b"},
        {"a..b", NULL, NULL},
        {".a", NULL, NULL},
        {L60 "abc.x", L60 "abc.x", L60 "abc.x"},
        {L60 "abcd.x", NULL, NULL},
        {L60 "." L60 "." L60 "." L60 "." L10, NULL, NULL},
        {L60 "." L60 "." L60 "." L60, L60 "." L60 "." L60 "." L60, L60 "." L60 "." L60 "." L60},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice name;
        expect_number(rows[i].text, dns_name_parse(slice_of(rows[i].text), &arena, &name),
                      rows[i].name != NULL);
        if (!rows[i].name)
            continue;
        expect_text(rows[i].text, name, rows[i].name);
        expect_text(rows[i].text, dns_name_show(&arena, name), rows[i].shown);
    }
}

/* In a mail a backslash is a byte like others. */
static void of_mail(void **state) {
    struct slice name;
    (void)state;
    assert_true(dns_name_of(SLICE("A\\.b"), &arena, &name));
    expect_text("backslash", name, "a\\\\.b");
    expect_text("above", dns_name_parent(name), "b");
    assert_false(dns_name_of(SLICE("a..b"), &arena, &name));
    assert_true(dns_name_of(SLICE(""), &arena, &name));
    expect_text("root", name, "");
}

static void of_wire(void **state) {
    static const unsigned char wire[] = "\3WWW\7exam.le\3org";
    (void)state;
    expect_text("wire", dns_name_of_wire(wire, sizeof wire, &arena), "www.exam\\.le.org");
    expect_text("cut off", dns_name_of_wire(wire, 3, &arena), "ww");
    expect_text("root", dns_name_of_wire((const unsigned char *)"", 1, &arena), "");
}

static void parents(void **state) {
    static const struct {
        const char *name, *parent;
    } rows[] = {{"a.b.c", "b.c"}, {"a\\.b.c", "c"}, {"c", ""}, {"", ""}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].name, dns_name_parent(slice_of(rows[i].name)), rows[i].parent);
}

static void unescapes(void **state) {
    static const struct {
        const char *text;
        char expected;
        size_t last;
    } rows[] = {{"\\.", '.', 1}, {"\\065x", 'A', 3}, {"\\06", '0', 1}, {"\\", '\\', 0}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        size_t at = 0;
        expect_number(rows[i].text, dns_unescape(slice_of(rows[i].text), &at), rows[i].expected);
        expect_number(rows[i].text, (long long)at, (long long)rows[i].last);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parses), cmocka_unit_test(of_mail),
                                       cmocka_unit_test(of_wire), cmocka_unit_test(parents),
                                       cmocka_unit_test(unescapes)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
