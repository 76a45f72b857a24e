/* SPF records: what is a record, what its terms are, what is wrong with it (RFC 7208 sections 4.5, 4.6, 12).
 */
#include "parsers/dns/spf_record.h"
#include "tests/table.h"

static const struct {
    const char *text, *expected; /* terms as kind and qualifier; or "!" and the term that is wrong */
} rows[] = {
    {"v=spf1", ""},
    {"v=spf1 -all", "-0"},
    {"v=spf1  a  ~all ", "+2 ~0"},
    {"V=SPF1 A MX:example.net/24//64 ?ALL", "+2 +3 ?0"},
    {"v=spf1 include:_spf.example.net ip4:192.0.2.0/24 ip6:2001:db8::/32 -all", "+1 +5 +6 -0"},
    {"v=spf1 exists:%{i}._spf.%{d2} redirect=example.net", "+7 redirect"},
    {"v=spf1 ptr -ptr:example.net exp=e.example.net foo=bar x.y-z_9=%{d}", "+4 -4 exp"},
    {"v=spf1 a/0 a//0 a:example.net/32//128 -all", "+2 +2 +2 -0"},
    {"v=spf1 ip4:192.0.2.0/0 -all", "+5 -0"},
    {"v=spf1 a:%%%_%-.example.net -all", "+2 -0"},
    {"v=spf1 ip4:192.0.2 -all", "!ip4:192.0.2"},
    {"v=spf1 ip4:192.0.2.1/33 -all", "!ip4:192.0.2.1/33"},
    {"v=spf1 ip4:192.0.2.1/024 -all", "!ip4:192.0.2.1/024"},
    {"v=spf1 ip4 -all", "!ip4"},
    {"v=spf1 ip4: -all", "!ip4:"},
    {"v=spf1 ip4:2001:db8::1 -all", "!ip4:2001:db8::1"},
    {"v=spf1 ip6:192.0.2.1 -all", "!ip6:192.0.2.1"},
    {"v=spf1 ip6:2001:db8::/129", "!ip6:2001:db8::/129"},
    {"v=spf1 a/33", "!a/33"},
    {"v=spf1 a: -all", "!a:"},
    {"v=spf1 a:example.net/ -all", "!a:example.net/"},
    {"v=spf1 include -all", "!include"},
    {"v=spf1 include:example -all", "!include:example"},
    {"v=spf1 a:192.0.2.1 -all", "!a:192.0.2.1"},
    {"v=spf1 all:example.net", "!all:example.net"},
    {"v=spf1 all/24", "!all/24"},
    {"v=spf1 exists:%{x}.example.net", "!exists:%{x}.example.net"},
    {"v=spf1 exists:%{i0}.example.net", "!exists:%{i0}.example.net"},
    {"v=spf1 exists:%{i.example.net", "!exists:%{i.example.net"},
    {"v=spf1 exists:%{c}.example.net", "!exists:%{c}.example.net"},
    {"v=spf1 redirect=a.example redirect=b.example", "!redirect=b.example"},
    {"v=spf1 -redirect=a.example", "!-redirect=a.example"},
    {"v=spf1 gonzo -all", "!gonzo"},
    {"v=spf1 =x", "!=x"},
    {"v=spf1 ++all", "!++all"},
    {"v=spf1 include:a.example,b.example -all", "+1 -0"}, /* odd, but a domain-spec */
};

static struct slice shown(struct arena *arena, const struct spf_record *record) {
    struct slice text = SLICE_EMPTY;
    if (record->error.len)
        return arena_printf(arena, "!%.*s", S(record->wrong));
    for (const struct spf_term *t = record->terms; t; t = t->next)
        text = arena_printf(arena, "%.*s%s%c%d", S(text), text.len ? " " : "", t->qualifier, (int)t->kind);
    if (record->redirect)
        text = arena_printf(arena, "%.*s redirect", S(text));
    return record->exp ? arena_printf(arena, "%.*s exp", S(text)) : text;
}

/* A NUL (here ^) is of no term: it ends none, and signs none. */
static void refuses_nul(void **state) {
    static const char *const texts[] = {"v=spf1 +all^",
                                        "v=spf1 all^-x",
                                        "v=spf1 ^ip4:192.0.2.5",
                                        "v=spf1 ip4:192.0.2.5^ -all",
                                        "v=spf1 ip6:::1^",
                                        "v=spf1 a^:example.net",
                                        "v=spf1 a:ex^ample.net",
                                        "v=spf1 exists:%{i^}.example.net",
                                        "v=spf1 redi^rect=a.example"};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(texts); i++) {
        char text[64];
        struct spf_record record;
        size_t len = strlen(strcpy(text, texts[i]));
        *strchr(text, '^') = '\0';
        assert_false(spf_record_parse((struct slice){text, len}, &arena, &record));
    }
    arena_free(&arena);
}

static void test_terms(void **state) {
    struct arena arena = {0};
    struct spf_record record;
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        bool is_ok = spf_record_parse(slice_of(rows[i].text), &arena, &record);
        expect_text(rows[i].text, shown(&arena, &record), rows[i].expected);
        expect_number(rows[i].text, is_ok, rows[i].expected[0] != '!');
    }
    arena_free(&arena);
}

static void test_is_record(void **state) {
    static const struct {
        const char *text;
        bool is_record;
    } texts[] = {{"v=spf1", true},     {"v=spf1 a", true}, {"V=sPf1 a", true},   {"v=spf10", false},
                 {"v=spf1\ta", false}, {" v=spf1", false}, {"spf1 -all", false}, {"", false}};
    (void)state;
    for (size_t i = 0; i < ROWS(texts); i++)
        expect_number(texts[i].text, spf_record_is(slice_of(texts[i].text)), texts[i].is_record);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_terms), cmocka_unit_test(refuses_nul),
                                       cmocka_unit_test(test_is_record)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
