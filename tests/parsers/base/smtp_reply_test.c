#include "parsers/base/smtp_reply.h"
#include "tests/table.h"

static struct arena arena;

static void parses(void **state) {
    static const struct {
        const char *input;
        int code;
        int enhanced[3];
        const char *text;
    } rows[] = {
        {"550 5.1.1 User unknown", 550, {5, 1, 1}, "User unknown"},
        {"550-5.7.26 one\n550-5.7.26 two\n550 5.7.26 three", 550, {5, 7, 26}, "one two three"},
        {"550-one 550-two 550 three", 550, {0}, "one two three"},
        {"554 5.7.1 554 5.7.1 said twice", 554, {5, 7, 1}, "554 5.7.1 said twice"},
        {"host mx[192.0.2.1] said: 552 5.2.2 full", 552, {5, 2, 2}, "full"},
        {"421 try later", 421, {0}, "try later"},
        {"User unknown (#5.1.1)", 0, {5, 1, 1}, "User unknown (#5.1.1)"},
        {"550 #5.1.0 Address rejected.", 550, {5, 1, 0}, "Address rejected."},
        {"5.1.1 no code", 0, {5, 1, 1}, "no code"},
        {"no numbers", 0, {0}, "no numbers"},
        {"5.1.0 - Unknown address error 550-'5.7.1 Access denied'", 550, {5, 7, 1}, "Access denied'"},
        {"550-5.7.1 one\\n550-5.7.1 two\\n550 5.7.1 three", 550, {5, 7, 1}, "one two three"},
        {"550", 550, {0}, ""},
        {"", 0, {0}, ""},
        {"550 limit of 500 messages", 550, {0}, "limit of 500 messages"},
        {"550-5.7.1 [192.0.2.5 12] text 550 5.7.1 goes on", 550, {5, 7, 1}, "[192.0.2.5 12] text goes on"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct reply reply;
        reply_parse(&reply, slice_of(rows[i].input), &arena);
        expect_number(rows[i].input, reply.code, rows[i].code);
        for (int k = 0; k < 3; k++)
            expect_number(rows[i].input, reply.enhanced[k], rows[i].enhanced[k]);
        expect_text(rows[i].input, reply.text, rows[i].text);
    }
}

static void parses_codes(void **state) {
    static const struct {
        const char *input;
        int code;
    } rows[] = {{"550 no", 550},
                {"250", 250},
                {"599-x", 599},
                {"550, 'x'", 550},
                {"550x", 550},
                {"5500", 0},
                {"199 x", 0},
                {"600", 0},
                {"55 0", 0},
                {" 550", 0},
                {"", 0},
                {"558A42D609B6: to=<a@b.example>", 0},
                {"203.0.113.7 does not like recipient.", 0},
                {"250.2.1.5", 0},
                {"550.1.1.1 no", 550},
                {"250.2.1", 250}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].input, reply_code(slice_of(rows[i].input)), rows[i].code);
}

static void parses_enhanced(void **state) {
    static const struct {
        const char *input;
        size_t used;
    } rows[] = {{"5.1.1", 5},   {"5.7.606 x", 7}, {"4.4.7)", 5}, {"3.1.1", 0}, {"5.1", 0},
                {"5.1.1.1", 0}, {"5.1.1000", 0},  {"5.1.1a", 0}, {"", 0}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        int code[3];
        expect_number(rows[i].input, (long long)enhanced_parse(slice_of(rows[i].input), code),
                      (long long)rows[i].used);
    }
}

static void writes_enhanced(void **state) {
    static const struct {
        int code[3];
        const char *expected;
    } rows[] = {{{5, 7, 1}, "5.7.1"}, {{4, 4, 999}, "4.4.999"}, {{0, 7, 1}, ""}, {{5, 0, 0}, "5.0.0"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char out[ENHANCED_TEXT_SIZE];
        expect_text(rows[i].expected, enhanced_write(rows[i].code, out), rows[i].expected);
        expect_text(rows[i].expected, enhanced_text(&arena, rows[i].code), rows[i].expected);
    }
}

static void names_commands(void **state) {
    static const struct {
        const char *input, *expected, *typed; /* typed: where it is the line of a session */
    } rows[] = {{"RCPT TO:<bob@example.org>", "RCPT TO", "RCPT TO"},
                {"end of DATA", "end of DATA", ""},
                {"data", "DATA", "DATA"},
                {"data is lost", "DATA", ""},
                {"mail from:<>", "MAIL FROM", "MAIL FROM"},
                {"mail FROM: <bob@example.org> SIZE=1", "MAIL FROM", "MAIL FROM"},
                {"Mail to bob came back", "MAIL FROM", ""},
                {"EHLO mx", "EHLO", "EHLO"},
                {"AUTH PLAIN xx", "AUTH", "AUTH"},
                {"Authentication is required", "AUTH", ""},
                {"nothing", "", ""}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        expect_text(rows[i].input, command_canonical(slice_of(rows[i].input)), rows[i].expected);
        expect_text(rows[i].input, command_typed(slice_of(rows[i].input)), rows[i].typed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parses), cmocka_unit_test(parses_codes),
                                       cmocka_unit_test(parses_enhanced), cmocka_unit_test(writes_enhanced),
                                       cmocka_unit_test(names_commands)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
