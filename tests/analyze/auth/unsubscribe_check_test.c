/* One-click unsubscribing. */
#include "analyze/auth/unsubscribe_check.h"
#include "tests/analyze/auth/on_zone.h"

#define WAY   "List-Unsubscribe: <mailto:u@example.com>,\r\n <https://example.com/u>\r\n"
#define CLICK "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
#define BOTH  "from:list-unsubscribe:List-Unsubscribe-Post"

static const struct {
    const char *header, *fields; /* h= of a signature; NULL: there is none */
    enum dkim_result result;
    const char *expected;
} rows[] = {
    {"Subject: x\r\n", NULL, DKIM_PASS, ""},
    {WAY CLICK, BOTH, DKIM_PASS, "pass one-click"},
    {WAY CLICK, BOTH, DKIM_FAIL, "warning unsigned"},
    {WAY CLICK, BOTH, DKIM_UNCHECKED, "unchecked unchecked"},
    {WAY CLICK, "from:list-unsubscribe", DKIM_PASS, "warning unsigned"},
    {WAY CLICK, NULL, DKIM_PASS, "warning unsigned"},
    {WAY, BOTH, DKIM_PASS, "warning no-post"},
    {WAY "List-Unsubscribe-Post: yes\r\n", BOTH, DKIM_PASS, "warning no-post"},
    {"List-Unsubscribe: <mailto:u@example.com>\r\n" CLICK, BOTH, DKIM_PASS, "warning no-https"},
    {"List-Id: <l.example.com>\r\n", NULL, DKIM_PASS, "warning none"},
    {"Precedence: bulk\r\n", NULL, DKIM_PASS, "warning none"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct auth auth;
        struct auth_tools tools = {0};
        struct mail_bytes mail = {.header = slice_of(rows[i].header)};
        struct signature tags = {.fields = slice_of(rows[i].fields)};
        struct dkim_verdict dkim = {.result = rows[i].result, .tags = &tags};
        struct check_context context = {.auth = &auth, .mail = &mail, .tools = &tools};
        auth_open(&auth, &tools, &arena);
        auth.dkim = rows[i].fields ? &dkim : NULL;
        unsubscribe_check.run(&context);
        const struct check *c = auth.checks.first;
        struct slice text =
            c ? arena_printf(&arena, "%s %.*s", check_outcome_name(c->outcome), S(c->result)) : SLICE_EMPTY;
        expect_text(rows[i].header, text, rows[i].expected);
        auth_close(&auth);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
