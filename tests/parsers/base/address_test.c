#include "parsers/base/address.h"
#include "tests/table.h"

#include <stdio.h>

static void strips(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"<bob@example.org>", "bob@example.org"},
        {" bob@example.org ", "bob@example.org"},
        {"<@relay.example:bob@example.org>", "bob@example.org"},
        {"mailto:bob@example.org", "bob@example.org"},
        {"\"bob@example.org\"", "bob@example.org"},
        {"bob@example.org...User unknown", "bob@example.org"},
        {"bob...smith@example.org", "bob...smith@example.org"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, address_strip(slice_of(rows[i].input)), rows[i].expected);
}

static void unbrackets(void **state) {
    static const struct {
        const char *input, *whole, *first;
    } rows[] = {
        {"<bob@example.org>", "bob@example.org", "bob@example.org"},
        {"<>", "", ""},
        {"<", "<", ""},
        {"", "", ""},
        {"bob@example.org", "bob@example.org", ""},
        {"Bob <bob@example.org> x", "Bob <bob@example.org> x", "bob@example.org"},
        {"<bob@example.org", "<bob@example.org", "bob@example.org"},
        {"<<id@example.org>>", "<id@example.org>", "<id@example.org"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice input = slice_of(rows[i].input);
        struct slice first = address_in_brackets(input);
        expect_text(rows[i].input, address_unbracket(input), rows[i].whole);
        expect_text(rows[i].input, first, rows[i].first);
        expect_number(rows[i].input, first.ptr != NULL, strchr(rows[i].input, '<') != NULL);
    }
}

static void finds_mailbox(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"Bob <bob@example.org>", "bob@example.org"},
        {"bob@example.org", "bob@example.org"},
        {"bob@example.org (Bob)", "bob@example.org"},
        {"\"a@other.example\" <bob@example.org>", "bob@example.org"},
        {"a@other.example <bob@example.org>", "bob@example.org"},
        {"\"<a@other.example>\" <bob@example.org>", "bob@example.org"},
        {"\"x\\\" <a@other.example>\" <bob@example.org>", "bob@example.org"},
        {"(a@other.example) bob@example.org", "bob@example.org"},
        {"(x (<a@other.example>) y) bob@example.org", "bob@example.org"},
        {"\"a@other.example\" bob@example.org", "bob@example.org"},
        {"\"b o b\"@example.org", "\"b o b\"@example.org"},
        {"<> bob@example.org", "bob@example.org"},
        {"\"open <bob@example.org>", "bob@example.org"},
        {"(open <bob@example.org>", "bob@example.org"},
        {"Bob", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, address_of_mailbox(slice_of(rows[i].input)), rows[i].expected);
}

static void finds_in_text(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"mail to <bob@example.org> failed", "bob@example.org"},
        {"bob@example.org: user unknown", "bob@example.org"},
        {"(bob@example.org)", "bob@example.org"},
        {"no address here", ""},
        {"@", ""},
        {"user@", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, address_in_text(slice_of(rows[i].input)), rows[i].expected);
}

/* Of a long local part no half character is taken. */
static void finds_whole_characters(void **state) {
    char text[2 * 400 + 16] = "";
    (void)state;
    for (size_t shift = 0; shift < 2; shift++) {
        size_t length = 0;
        while (length < 2 * 400)
            length += (size_t)sprintf(text + length, "\xc3\xa9");
        sprintf(text + length, shift ? "x@example.org" : "@example.org");
        struct slice found = address_in_text(slice_of(text));
        expect_number(text, found.len > 300 && (unsigned char)found.ptr[0] == 0xc3, true);
    }
}

static void finds_ip(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"Client host [192.0.2.5] blocked", "192.0.2.5"},
        {"host mx (2001:db8::1): no", "2001:db8::1"},
        {"version 8.14.4 of it", ""},
        {"999.1.1.1", ""},
        {"IP=192.0.2.5;", "192.0.2.5"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, address_ip_in_text(slice_of(rows[i].input)), rows[i].expected);
}

static void lists(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"bob@example.org", "bob@example.org"},
        {"\"support@bank.example\" <eve@example.net>", "eve@example.net"},
        {"support@bank.example <eve@example.net>", "eve@example.net"},
        {"Doe, John <john@example.org>", "john@example.org"},
        {"a@example.org, B <b@example.net>;c@example.com", "a@example.org b@example.net c@example.com"},
        {"\"x, y\" <a@example.org>, (b@example.net) c@example.com", "a@example.org c@example.com"},
        {"\"a \\\" <x@example.net>\" <a@example.org>", "a@example.org"},
        {"(\\) x@example.net) a@example.org", "a@example.org"},
        {"<@relay.example:a@example.org>", "a@example.org"},
        {"\"a b\"@example.org", "\"a b\"@example.org"},
        {"undisclosed-recipients:;", ""},
        {"<>", ""},
        {"<a@example.org", "a@example.org"},
        {"\"a@example.org", ""},
        {"@", ""},
        {",;", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice list = slice_of(rows[i].input);
        struct slice address;
        char text[200] = "";
        while (address_next(&list, &address))
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.*s", *text ? " " : "", S(address));
        expect_text(rows[i].input, slice_of(text), rows[i].expected);
    }
}

static void judges(void **state) {
    static const struct {
        const char *input;
        bool is_ip, is_host;
    } rows[] = {
        {"192.0.2.5", true, false},           {"2001:db8::1", true, false}, {"mx.example.org", false, true},
        {"localhost", false, false},          {"", false, false},           {"mx_1.example.org", false, true},
        {"not a host.example", false, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        expect_number(rows[i].input, address_is_ip(slice_of(rows[i].input)), rows[i].is_ip);
        expect_number(rows[i].input, address_is_host(slice_of(rows[i].input)), rows[i].is_host);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(strips),
                                       cmocka_unit_test(unbrackets),
                                       cmocka_unit_test(finds_mailbox),
                                       cmocka_unit_test(finds_in_text),
                                       cmocka_unit_test(finds_whole_characters),
                                       cmocka_unit_test(finds_ip),
                                       cmocka_unit_test(lists),
                                       cmocka_unit_test(judges)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
