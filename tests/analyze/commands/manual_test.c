/* The generated parts of the manual page. */
#include "analyze/commands/manual.h"

#include "analyze/commands/option_table.h"
#include "tests/analyze/commands/each_command.h"
#include "tests/table.h"

#include <string.h>

static void test_synopsis(void **state) {
    (void)state;
    static const struct command commands[] = {
        {"walk", "--by DATE [--to WHOM]... [--at TIME] [OPTION]... PLACE...", "walk", 1, COMPLETE_FILES,
         command_manual, NULL},
        {"__hidden", NULL, NULL, 2, COMPLETE_NOTHING, command_manual, NULL},
        {.name = NULL}};
    static const struct command program = {"", "[A|-]...", "go", 4, COMPLETE_FILES, command_manual, commands};
    g_autoptr(GString) page = g_string_new(NULL);
    manual_synopsis(&program, page);
    assert_string_equal(page->str, ".Nm\n.Op Ar a|\\- ...\n"
                                   ".Nm\n.Cm walk\n.Fl \\-by\n.Ar date\n"
                                   ".Oo\n.Fl \\-to\n.Ar whom\n.Oc ...\n.Oo\n.Fl \\-at\n.Ar time\n.Oc\n"
                                   ".Op Ar option ...\n.Ar place ...\n");
}

static void test_options(void **state) {
    (void)state;
    g_autoptr(GString) page = g_string_new(NULL);
    manual_options(&mailwhy_program, page);
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_rows[i];
        g_auto(GStrv) parts = g_strsplit(row->name, "-", -1);
        g_autofree char *name = g_strjoinv("\\-", parts);
        g_autofree char *flag = g_strdup_printf("Fl \\-%s%s", name, row->argument ? " Ar " : "\n");
        expect_number(flag, strstr(page->str, flag) != NULL, true);
    }
}

static void test_form(void **state) {
    (void)state;
    static const char *const lines[] = {
        "\n.It Fl f , Fl \\-format Ar format\nFormat of the report: ",
        "\n.It Fl \\-trust Ar host|cidr\nBelieve what this host of yours wrote (repeatable).\n",
        "\n\\&\\fB.example.com\\fP stands",
        "\n.It Fl \\-server Ar address\nName server to ask (default: the system's).\n",
        "\nUsed by dns capture, verify and cgi.\n",
        "\nUsed by mailwhy without a command, verify, audit and cgi.\n",
        ".Ss What to audit\nUsed by dns needs, dns capture and audit.\n.Bl -tag -width Ds\n",
        ".Ss General\n.Bl -tag -width Ds\n",
        "\n.It Fl h , Fl \\-help\nPrint this help.\n.El\n",
    };
    g_autoptr(GString) page = g_string_new(NULL);
    manual_options(&mailwhy_program, page);
    for (size_t i = 0; i < ROWS(lines); i++)
        expect_number(lines[i], strstr(page->str, lines[i]) != NULL, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_synopsis),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
