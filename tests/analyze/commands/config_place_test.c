/* Where the configuration is looked for. */
#define _GNU_SOURCE
#include "analyze/commands/config_place.h"

#include "tests/table.h"

#include <glib.h>
#include <stdlib.h>

static void set(const char *name, const char *value) {
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void test_folders(void **state) {
    (void)state;
    static const struct {
        const char *config, *xdg, *home;
        const char *folder, *home_folder; /* "": there is none */
    } rows[] = {
        {NULL, NULL, NULL, "/etc/mailwhy", ""},
        {NULL, NULL, "/home/kim", "/etc/mailwhy", "/home/kim/.config/mailwhy"},
        {NULL, "/xdg", "/home/kim", "/etc/mailwhy", "/xdg/mailwhy"},
        {NULL, "xdg", "/home/kim", "/etc/mailwhy", "/home/kim/.config/mailwhy"},
        {NULL, "", ".", "/etc/mailwhy", ""},
        {NULL, NULL, "", "/etc/mailwhy", ""},
        {"/somewhere", "/xdg", "/home/kim", "/somewhere", ""},
        {"", "/xdg", "/home/kim", "", ""},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        set("MAILWHY_CONFIG", rows[i].config);
        set("XDG_CONFIG_HOME", rows[i].xdg);
        set("HOME", rows[i].home);
        g_autofree char *home = config_home_folder();
        expect_text(rows[i].folder, slice_of(config_folder()), rows[i].folder);
        expect_text(rows[i].folder, slice_of(home), rows[i].home_folder);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
