/* Words for a shell: those that need quotes, and those that cannot be pasted. */
#include "analyze/report/shell_word.h"
#include "tests/table.h"

static const struct {
    const char *word, *expected; /* NULL: refused */
} rows[] = {
    {"bounce.eml", "bounce.eml"},
    {"/var/mail/new/17:2,S", "/var/mail/new/17:2,S"},
    {"a b.eml", "'a b.eml'"},
    {"it's", "'it'\\''s'"},
    {"$(reboot)", "'$(reboot)'"},
    {"`id`", "'`id`'"},
    {"a;b|c&d>e", "'a;b|c&d>e'"},
    {"~root", "'~root'"},
    {"#1", "'#1'"},
    {"gr\xc3\xbc\xc3\x9f"
     "e.eml",
     "'gr\xc3\xbc\xc3\x9f"
     "e.eml'"},
    {"", NULL},
    {"-rf", NULL},
    {"a\nb", NULL},
    {"a\x1b[2Jb", NULL},
    {"a\x7f", NULL},
    {"a<U+202E>b", NULL},
};

static void quotes(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) out = g_string_new("");
        bool is_taken = shell_word(out, slice_of(rows[i].word));
        expect_number(rows[i].word, is_taken, rows[i].expected != NULL);
        expect_text(rows[i].word, (struct slice){out->str, out->len},
                    rows[i].expected ? rows[i].expected : "");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(quotes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
