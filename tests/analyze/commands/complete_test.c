/* What can stand at the cursor. */
#include "analyze/commands/complete.h"

#include "analyze/commands/option_table.h"
#include "tests/analyze/commands/each_command.h"
#include "tests/table.h"

#include <string.h>

static enum completion complete(const char *line, GString *offers) {
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    return complete_line(&mailwhy_program, (const char *const *)words, g_strv_length(words), offers);
}

static bool offers(const char *lines, const char *word) {
    g_autofree char *line = g_strdup_printf("\n%s\t", word);
    g_autofree char *all = g_strdup_printf("\n%s", lines);
    return strstr(all, line) != NULL;
}

static void test_lines(void **state) {
    (void)state;
    static const struct {
        const char *line; /* the last word is completed */
        enum completion rest;
        const char *offered, *not_offered; /* NULL: not looked at */
    } rows[] = {
        {"", COMPLETE_FILES, "reply", "__complete"},
        {"re", COMPLETE_FILES, "reply", "check"},
        {"x.eml ", COMPLETE_FILES, NULL, "reply"},
        {"-", COMPLETE_NOTHING, "-f", "--server"},
        {"--", COMPLETE_NOTHING, "--format", "-f"},
        {"-f ", COMPLETE_NOTHING, "ndjson", "reply"},
        {"--format ", COMPLETE_NOTHING, "ndjson", "reply"},
        {"--format=", COMPLETE_NOTHING, "ndjson", "reply"},
        {"--format=json re", COMPLETE_FILES, "reply", "ndjson"},
        {"--color a", COMPLETE_NOTHING, "always", "ndjson"},
        {"--output ", COMPLETE_FILES, NULL, "reply"},
        {"--trust ", COMPLETE_HOSTS, NULL, "reply"},
        {"--jobs ", COMPLETE_NOTHING, NULL, "reply"},
        {"--server ", COMPLETE_NOTHING, NULL, "reply"},
        {"log --cause ", COMPLETE_CAUSES, NULL, "reply"},
        {"--redact re", COMPLETE_FILES, "reply", NULL},
        {"reply ", COMPLETE_NOTHING, NULL, "check"},
        {"explain ", COMPLETE_CAUSES, NULL, "check"},
        {"explain spam.x ", COMPLETE_CAUSES, NULL, "check"},
        {"rules ", COMPLETE_NOTHING, "missing", "reply"},
        {"-f json dns ", COMPLETE_NOTHING, "capture", "reply"},
        {"dns capture ", COMPLETE_FILES, NULL, "capture"},
        {"dns capture --", COMPLETE_NOTHING, "--server", "--format"},
        {"log -- -", COMPLETE_FILES, NULL, "--format"},
        {"-qf ", COMPLETE_NOTHING, "ndjson", "reply"},
        {"log -qo ", COMPLETE_FILES, NULL, "ndjson"},
        {"-fq ", COMPLETE_FILES, "reply", "ndjson"}, /* q is the format */
        {"rules check -f ", COMPLETE_NOTHING, NULL, "ndjson"},
        {"rules -f ", COMPLETE_NOTHING, "ndjson", NULL},
        {"-o reply ", COMPLETE_FILES, "reply", NULL}, /* the argument of -o is no command */
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) lines = g_string_new(NULL);
        expect_number(rows[i].line, complete(rows[i].line, lines), rows[i].rest);
        if (rows[i].offered)
            expect_number(rows[i].line, offers(lines->str, rows[i].offered), true);
        if (rows[i].not_offered)
            expect_number(rows[i].line, offers(lines->str, rows[i].not_offered), false);
    }
}

static void offers_its_options(const struct command *command) {
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autofree char *line = g_strdup_printf("%s%s--", command->name, command->name[0] ? " " : "");
    complete(line, lines);
    for (size_t i = 0; i < option_count; i++) {
        g_autofree char *option = g_strdup_printf("--%s", option_rows[i].name);
        g_autofree char *what = g_strdup_printf("mailwhy %s: %s", line, option);
        bool is_its = option_find(option_rows[i].name, command->bit) != NULL;
        expect_number(what, offers(lines->str, option), is_its);
    }
}

static void test_options_of_commands(void **state) {
    (void)state;
    each_command(&mailwhy_program, offers_its_options);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_options_of_commands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
