/* What is wrong with a rule file that its schema cannot say: file:line:column, the word, what was expected.
 */
#define _GNU_SOURCE
#include "parsers/base/file_errors.h"
#include "parsers/rules/cause_check.h"
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"
#include "parsers/rules/rules.h"
#include "tests/table.h"

#include <glib.h>
#include <sys/mman.h>
#include <unistd.h>

#define CAUSE                                                                                                \
    "causes:\n- id: own.cause\n  title: t\n  meaning: m\n  fixer: author\n  permanent: 'yes'\n  remedy: "    \
    "[r]\n"

static const struct {
    const char *yaml, *expected; /* without the file's name; empty: no error */
} rows[] = {
    {CAUSE, ""},
    {CAUSE "  checked_by:\n    - check: mx\n      claim: c\n", ""},
    {CAUSE "  checked_by: {check: mx, role: detail}\n", ""}, /* one counts as a list of one */
    {CAUSE "  checked_by:\n    - check: mx\n      role: maybe\n      claim: c\n",
     ":9:7: unknown role `maybe`; expected one of: alone, one-of, detail\n"},
    {CAUSE "  checked_by:\n    - check: mx\n      subject: moon\n      claim: c\n",
     ":9:7: unknown subject `moon`; expected one of: any, sender, recipient\n"},
    {CAUSE "  checked_by:\n    - check: mx\n",
     ":9:7: without a `claim`, which says what the reply says: check `mx`\n"},
    {CAUSE "  checked_by:\n    - role: alone\n      claim: c\n",
     ":9:7: this entry of checked_by has no `check`\n        - role: alone\n          ^\n"},
    {"causes:\n- {id: a.b, title: t, meaning: m, fixer: moon, permanent: reply, remedy: [r]}\n",
     ":2:3: unknown fixer `moon`; expected one of: sender-operator, author, recipient, receiver-operator, "
     "list-operator, network-operator, nobody, as the underlying cause\n"},
    {"replies:\n- {id: r, cause: no.such, text: x, examples: [x]}\n", ":2:3: no such cause: `no.such`\n"},
    {"replies:\n- {id: r, cause: recipient.full, examples: [x]}\n",
     ":2:3: this rule asks for nothing: give it text, code or enhanced; id `r`\n"},
    {"replies:\n- {id: r, cause: recipient.full, text: x, level: moon, examples: [x]}\n",
     ":2:3: unknown level `moon`; expected one of: phrase, exact, hint, near, bare\n"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct rulebase base;
        char path[32];
        const char *files[] = {path};
        g_autofree char *text = NULL;
        size_t size;
        struct file_errors errors = {.out = open_memstream(&text, &size)};
        int file = memfd_create("rules", 0);
        snprintf(path, sizeof path, "/dev/fd/%d", file);
        dprintf(file, "%s", rows[i].yaml);
        rulebase_load(&base, files, 1, false, &errors);
        rulebase_check(&base, &errors);
        fclose(errors.out);
        struct slice found = slice_of(text);
        if (slice_starts_nocase(found, slice_of(path)))
            found = slice_from(found, strlen(path));
        expect_text(rows[i].yaml, found, rows[i].expected);
        rulebase_free(&base);
        close(file);
    }
}

static void roles(void **state) {
    struct cause_check c = {.check = "mx"};
    (void)state;
    expect_number("default", cause_check_role(&c), CHECK_ALONE);
    expect_number("default", cause_check_subject(&c), SUBJECT_ANY);
    c.role = "one-of";
    c.subject = "recipient";
    expect_number("one-of", cause_check_role(&c), CHECK_ONE_OF);
    expect_number("recipient", cause_check_subject(&c), SUBJECT_RECIPIENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(roles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
