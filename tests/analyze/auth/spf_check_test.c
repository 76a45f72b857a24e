/* SPF as a check: of the envelope sender and of the HELO name. */
#include "analyze/auth/spf_check.h"
#include "tests/analyze/auth/on_zone.h"

static const char zone[] = ";! complete\n"
                           "pass.example. 1 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
                           "fail.example. 1 IN TXT \"v=spf1 -all\"\n"
                           "soft.example. 1 IN TXT \"v=spf1 ~all\"\n"
                           "wrong.example. 1 IN TXT \"v=spf1 ip4:x -all\"\n"
                           ";! TIMEOUT late.example. TXT\n";

static const struct {
    const char *sender, *helo, *ip, *expected; /* the start of each line */
} rows[] = {
    {"a@pass.example", "", "192.0.2.1", "pass pass pass.example"},
    {"a@fail.example", "", "192.0.2.1", "fail fail fail.example!"},
    {"a@fail.example", "", "2001:db8::1", "fail fail fail.example!"},
    {"a@soft.example", "", "192.0.2.1", "warning softfail soft.example!"},
    {"a@wrong.example", "", "192.0.2.1", "fail permerror wrong.example!"},
    {"a@late.example", "", "192.0.2.1", "unchecked temperror late.example"},
    {"a@none.example", "", "192.0.2.1", "warning none none.example!"},
    {"a@pass.example", "fail.example", "192.0.2.1", "pass pass pass.example\nfail fail fail.example!"},
    {"a@pass.example", "none.example", "192.0.2.1", "pass pass pass.example"},
    {"", "none.example", "192.0.2.1", "pass none none.example"},
    {"", "", "192.0.2.1", ""},
    {"a@pass.example", "", "", ""},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct auth auth;
        struct snapshot *snapshot = snapshot_of(zone);
        struct auth_tools tools = {.snapshot = snapshot};
        struct check_context context = {.auth = &auth, .tools = &tools};
        struct slice found = SLICE_EMPTY;
        auth_open(&auth, &tools, &arena);
        auth.transaction = (struct transaction){.ip = ip_of(rows[i].ip),
                                                .sender = slice_of(rows[i].sender),
                                                .has_sender = true,
                                                .helo = slice_of(rows[i].helo),
                                                .time = -1};
        spf_check.run(&context);
        struct slice rest = checks_text(&auth.checks, &arena);
        for (struct slice line; slice_next_line(&rest, &line);)
            found = arena_printf(&arena, "%.*s%s%.*s", S(found), found.len ? "\n" : "",
                                 S(slice_upto(line, slice_find_char(line, ':'))));
        expect_text(arena_printf(&arena, "%s %s %s", rows[i].sender, rows[i].helo, rows[i].ip).ptr, found,
                    rows[i].expected);
        auth_close(&auth);
        arena_free(&arena);
        snapshot_free(snapshot);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
