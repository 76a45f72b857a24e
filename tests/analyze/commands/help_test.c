/* Each command's help tells how it is called, and names its options and no others. */
#include "analyze/commands/help.h"

#include "analyze/commands/option_table.h"
#include "tests/analyze/commands/each_command.h"
#include "tests/table.h"

#include <string.h>

/* Is there a line that begins with this, and does not go on with the same word? */
static bool has_line(const char *text, const char *begin) {
    g_autofree char *pattern = g_strdup_printf("\n%s", begin);
    for (const char *found = text; (found = strstr(found, pattern)) != NULL; found++) {
        char after = found[strlen(pattern)];
        if (after == ' ' || after == '\n' || after == '\0')
            return true;
    }
    return false;
}

static void names_its_options(const struct command *command) {
    g_autoptr(GString) help = g_string_new(NULL);
    help_write(command, help);
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_rows[i];
        g_autofree char *line = row->letter ? g_strdup_printf("  -%c, --%s", row->letter, row->name)
                                            : g_strdup_printf("      --%s", row->name);
        g_autofree char *what = g_strdup_printf("mailwhy %s --help: --%s", command->name, row->name);
        expect_number(what, has_line(help->str, line), option_find(row->name, command->bit) != NULL);
    }
}

static void shows_how_it_is_called(const struct command *command) {
    g_autoptr(GString) help = g_string_new(NULL);
    g_autofree char *begin =
        g_strdup_printf("usage: mailwhy%s%s %s\n", command->name[0] ? " " : "", command->name,
                        command->synopsis ? command->synopsis : "COMMAND [OPTION]... [ARGUMENT]...");
    help_write(command, help);
    expect_text(command->name, slice_upto(slice_of(help->str), strlen(begin)), begin);
    for (const struct command *c = command->commands; c && c->name; c++) {
        const struct command *shown = c->commands ? c->commands : c; /* of a group, what is in it */
        g_autofree char *line = g_strdup_printf("  %s", shown->name);
        expect_number(line, has_line(help->str, line), shown->summary != NULL);
    }
}

static void fits_80_columns(const struct command *command) {
    g_autoptr(GString) help = g_string_new(NULL);
    help_write(command, help);
    g_auto(GStrv) lines = g_strsplit(help->str, "\n", -1);
    for (char **line = lines; *line; line++)
        expect_number(*line, strlen(*line) <= 80, true);
}

static void test_options(void **state) {
    (void)state;
    each_command(&mailwhy_program, names_its_options);
}

static void test_usage(void **state) {
    (void)state;
    each_command(&mailwhy_program, shows_how_it_is_called);
}

static void test_width(void **state) {
    (void)state;
    each_command(&mailwhy_program, fits_80_columns);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_usage),
        cmocka_unit_test(test_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
