/* MX records by preference. */
#include "analyze/auth/mx_hosts.h"
#include "parsers/dns/name.h"
#include "tests/analyze/auth/on_zone.h"

static const struct {
    const char *records, *expected;
} rows[] = {
    {"", ""},
    {"10 a.", "a"},
    {"10 a.|20 b.", "a b"},
    {"30 c.|10 a.|20 b.", "a b c"},
    {"20 b.|10 x.|10 a.", "x a b"},
    {"0 .", ""},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        struct slice zone = SLICE(";! complete\n");
        struct slice rest = slice_of(rows[i].records);
        struct slice found = SLICE_EMPTY;
        for (struct slice one; rest.len; rest = slice_from(rest, one.len + 1)) {
            one = slice_upto(rest, slice_find_char(rest, '|'));
            zone = arena_printf(&arena, "%.*se.example. 1 IN MX %.*s\n", S(zone), S(one));
        }
        struct snapshot *s = snapshot_of(arena_string(&arena, zone));
        resolver_init(&resolver, s, &arena);
        struct dns_answer answer = mx_hosts(&resolver, SLICE("e.example"));
        for (const struct dns_record *r = answer.records; r; r = r->next)
            found = arena_printf(&arena, "%.*s%s%.*s", S(found), found.len ? " " : "",
                                 S(dns_name_show(&arena, r->host)));
        expect_text(rows[i].records, found, rows[i].expected);
        resolver_close(&resolver);
        snapshot_free(s);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
