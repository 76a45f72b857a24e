/* The rows of options hold what their readers (parser, help, manual, completions) take for granted. */
#include "analyze/commands/option_table.h"
#include "tests/table.h"

#include <string.h>

static void test_rows_are_complete(void **state) {
    (void)state;
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_rows[i];
        expect_number(row->name, row->kind && row->commands && row->member < sizeof(struct options), true);
        expect_number(row->name, row->group < OPTION_GROUPS, true);
        bool takes_words = row->word || row->most || row->complete != COMPLETE_NOTHING;
        expect_number(row->name, !takes_words || row->argument, true);
    }
}

static void test_texts_have_their_form(void **state) {
    (void)state;
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_rows[i];
        expect_number(row->help, !g_str_has_suffix(row->help, ".") && strlen(row->help) < 60, true);
        expect_number(row->help, !strpbrk(row->help, "\\\n`"), true);
        if (!row->more)
            continue;
        expect_number(row->more, g_str_has_suffix(row->more, ".") && !strpbrk(row->more, "\\\n"), true);
    }
}

static void test_rows_of_one_name_agree(void **state) {
    (void)state;
    for (size_t i = 0; i < option_count; i++)
        for (size_t j = i + 1; j < option_count; j++) {
            const struct option_row *a = &option_rows[i];
            const struct option_row *b = &option_rows[j];
            bool is_same = strcmp(a->name, b->name) == 0;
            expect_number(a->name, is_same && (a->commands & b->commands), false);
            expect_number(a->name, is_same && (a->letter != b->letter || !a->argument != !b->argument),
                          false);
            expect_number(a->name, !is_same && a->letter && a->letter == b->letter, false);
        }
}

static void test_find(void **state) {
    (void)state;
    static const struct {
        const char *name;
        unsigned command;
        enum option_group group; /* OPTION_GROUPS: it is not found */
    } rows[] = {
        {"format", COMMAND_INPUTS, GROUP_REPORT},
        {"format", COMMAND_RULES_CHECK, OPTION_GROUPS},
        {"domain", COMMAND_AUDIT, GROUP_AUDIT},
        {"domain", COMMAND_LOG, GROUP_FILTERS},
        {"sender", COMMAND_DNS_NEEDS, GROUP_AUDIT},
        {"sender", COMMAND_INPUTS, GROUP_FILTERS},
        {"server", COMMAND_DNS_CAPTURE, GROUP_EVIDENCE},
        {"server", COMMAND_DNS_NEEDS, OPTION_GROUPS},
        {"help", COMMAND_DNS, GROUP_GENERAL},
        {"form", COMMAND_INPUTS, OPTION_GROUPS},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct option_row *found = option_find(rows[i].name, rows[i].command);
        expect_number(rows[i].name, found ? found->group : OPTION_GROUPS, rows[i].group);
    }
}

static void test_words(void **state) {
    (void)state;
    static const struct {
        const char *name, *expected, *help;
    } rows[] = {
        {"color", "auto, always or never", "use color: auto, always or never (default: auto)"},
        {"top", "a number from 1 to 100000", "rows per table of a log report (default: 10)"},
        {"ip", "an IPv4 or IPv6 address", "IP address of the sending server"},
        {"trust", "a host, an address or a CIDR range", "believe what this host of yours wrote (repeatable)"},
        {"selector", "a name without blanks", "selector of the DKIM key (repeatable; default: common names)"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct option_row *row = option_find(rows[i].name, COMMAND_EVERY);
        g_autoptr(GString) expected = g_string_new(NULL);
        g_autoptr(GString) help = g_string_new(NULL);
        option_expected(row, expected);
        option_help(row, help);
        expect_text(rows[i].name, slice_of(expected->str), rows[i].expected);
        expect_text(rows[i].name, slice_of(help->str), rows[i].help);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_complete),
        cmocka_unit_test(test_texts_have_their_form),
        cmocka_unit_test(test_rows_of_one_name_agree),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
