/* Pieces of a line's text. */
#include "parsers/log/line_text.h"
#include "tests/table.h"

static void splits_hosts(void **state) {
    static const struct {
        const char *text, *host, *ip;
    } rows[] = {
        {"mx.example.org[192.0.2.25]:25", "mx.example.org", "192.0.2.25"},
        {"mx.example.org. [192.0.2.25]", "mx.example.org", "192.0.2.25"},
        {"mx.example.org[IPv6:2001:db8::25]:25", "mx.example.org", "2001:db8::25"},
        {"[192.0.2.25]", "", "192.0.2.25"},
        {"mx.example.org", "mx.example.org", ""},
        {"mx.example.org[192.0.2.25", "mx.example.org", "192.0.2.25"},
        {"", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice host;
        struct slice ip;
        log_split_host(slice_of(rows[i].text), &host, &ip);
        expect_text(rows[i].text, host, rows[i].host);
        expect_text(rows[i].text, ip, rows[i].ip);
    }
}

static void finds_what_is_between(void **state) {
    static const struct {
        const char *text, *open, *close, *expected;
    } rows[] = {
        {"from=<a@b> to=<c@d>", "to=<", ">", "c@d"},
        {"from=<a@b> to=<c@d>", "for=<", ">", ""},
        {"from=<a@b", "from=<", ">", ""},
        {"from=", "from=", ">", ""},
        {"", "<", ">", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, slice_between(slice_of(rows[i].text), rows[i].open, rows[i].close),
                    rows[i].expected);
}

static void finds_words(void **state) {
    (void)state;
    assert_true(slice_has(SLICE("a long line"), "long"));
    assert_false(slice_has(SLICE("a long line"), "short"));
    assert_false(slice_has(SLICE_EMPTY, "x"));
    assert_true(starts(SLICE("a long line"), "a long"));
    assert_false(starts(SLICE("a"), "a long"));
}

static void takes_addresses_off(void **state) {
    static const struct {
        const char *text, *behind, *address, *rest;
    } rows[] = {
        {"<a@b>, x", ",", "a@b", ", x"},
        {"<\"x>, y\"@b>, z", ",", "\"x>, y\"@b", ", z"},
        {"<\"x\\\">, y\"@b>, z", ",", "\"x\\\">, y\"@b", ", z"},
        {"<a>b@c>, z", ",", "a>b@c", ", z"},
        {"<\"x>, y", ",", "\"x", ", y"}, /* no quoted local part: it is not closed by \"@ */
        {"<>, x", ",", "", ", x"},
        {"<a@b", NULL, "", "<a@b"},
        {"a@b", NULL, "", "a@b"},
        {"", NULL, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice rest = slice_of(rows[i].text);
        expect_text(rows[i].text, log_take_bracketed(&rest, rows[i].behind), rows[i].address);
        expect_text(rows[i].text, rest, rows[i].rest);
    }
    struct slice rest = SLICE("\"x;y\"@b;c@d");
    expect_text("a list", log_take_address(&rest, ';'), "\"x;y\"@b");
    expect_text("its rest", rest, ";c@d");
}

static void finds_outside_of_quotes(void **state) {
    static const struct {
        const char *text;
        size_t expected;
    } rows[] = {{"ab; c", 2},
                {"\"; \"@x; c", 6},
                {"\"; ", 1},
                {"a \"; \"@x", 8},
                {"<\"a\"@b>; <\"; \"@b>", 7},
                {"\"a\" b; ", 5},
                {"", 0}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, (long long)log_find_outside(slice_of(rows[i].text), "; "),
                      (long long)rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(splits_hosts), cmocka_unit_test(takes_addresses_off),
                                       cmocka_unit_test(finds_outside_of_quotes),
                                       cmocka_unit_test(finds_what_is_between),
                                       cmocka_unit_test(finds_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
