/* SPF: limits, macros (RFC 7208 section 7.4) and what is told of each step; and all cases of the RFC's test
 * suite, where it is here. */
#include "analyze/auth/spf.h"
#include "parsers/base/file_errors.h"
#include "parsers/dns/read.h"
#include "tests/analyze/auth/spf_suite.h"
#include "tests/table.h"

static const char zone[] =
    "a.example. 1 IN TXT \"v=spf1 include:b.example ip4:192.0.2.7 -all\"\n"
    "b.example. 1 IN TXT \"v=spf1 ip4:198.51.100.0/24 ?all\"\n"
    "loop.example. 1 IN TXT \"v=spf1 include:loop.example -all\"\n"
    "voids.example. 1 IN TXT \"v=spf1 a:x1.example a:x2.example a:x3.example -all\"\n"
    "needs.example. 1 IN TXT \"v=spf1 include:missing.example ip4:192.0.2.7 -all\"\n"
    "many.example. 1 IN TXT \"v=spf1 mx -all\"\n"
    "macro.example. 1 IN TXT \"v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all exp=why.%{d}\"\n"
    "why.macro.example. 1 IN TXT \"%{i} may not send as %{s}, %{l1r-}\"\n"
    "wrong.example. 1 IN TXT \"v=spf1 ip4:192.0.2.300 -all\"\n"
    ";! NXDOMAIN x1.example.\n;! NXDOMAIN x2.example.\n;! NXDOMAIN x3.example.\n"
    ";! NXDOMAIN none.example.\n"
    ";! NXDOMAIN 1.2.0.192.in-addr._spf.macro.example.\n";

static const struct {
    const char *sender, *ip, *result;
    const char *step; /* that must be among the steps, or in the reason or explanation; "": no matter */
} rows[] = {
    {"x@a.example", "192.0.2.7", "pass", "ip4:192.0.2.7 matches: pass"},
    {"x@a.example", "198.51.100.9", "pass", "include:b.example matches: pass"},
    {"x@a.example", "203.0.113.1", "fail",
     "include:b.example → ip4:198.51.100.0/24 does not match 203.0.113.1"},
    {"x@a.example", "203.0.113.1", "fail",
     "no term of the record of a.example matches 203.0.113.1, and it ends in -all"},
    {"x@loop.example", "192.0.2.1", "permerror", "are a loop"},
    {"x@voids.example", "192.0.2.1", "permerror", "more than 2 look-ups found nothing"},
    {"x@needs.example", "192.0.2.7", "unchecked", "the snapshot does not contain"},
    {"x@many.example", "192.0.2.7", "permerror", "more than 10 MX hosts"},
    {"strong-bad@macro.example", "192.0.2.1", "fail",
     "192.0.2.1 may not send as strong-bad@macro.example, strong"},
    {"x@wrong.example", "192.0.2.1", "permerror",
     "has an error at \"ip4:192.0.2.300\": this is not an IPv4 address"},
    {"x@none.example", "192.0.2.1", "none", "has no SPF record"},
    {"x@127.0.0.1", "192.0.2.1", "unchecked", ""},
    {"x@nodots", "192.0.2.1", "none", "not a domain that can be looked up"},
};

static bool is_told(const struct spf_verdict *v, const char *text) {
    struct slice wanted = slice_of(text);
    bool is_found = slice_find(v->reason, wanted) < v->reason.len ||
                    slice_find(v->explanation, wanted) < v->explanation.len;
    for (const struct spf_step *s = v->steps; s; s = s->next)
        is_found |= slice_find(s->text, wanted) < s->text.len;
    return is_found || !text[0];
}

static struct snapshot *read_zone(struct slice text) {
    struct file_errors errors = {.out = stderr};
    struct snapshot *s = snapshot_new();
    dns_file_read(snapshot_add(s, "zone"), text, &errors);
    assert_int_equal(errors.count, 0);
    return s;
}

static void test_rows(void **state) {
    g_autoptr(GString) text = g_string_new(zone);
    (void)state;
    for (int i = 0; i < 1000; i++)
        g_string_append_printf(text, "many.example. 1 IN MX %d m%d.example.\n", i, i);
    struct snapshot *s = read_zone((struct slice){text->str, text->len});
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        struct spf_verdict v;
        struct spf_query query = {.sender = slice_of(rows[i].sender), .helo = SLICE("helo.example")};
        resolver_init(&resolver, s, &arena);
        assert_true(ip_parse(slice_of(rows[i].ip), &query.ip));
        spf_evaluate(&query, &resolver, &v);
        expect_text(rows[i].sender, slice_of(spf_result_name(v.result)), rows[i].result);
        if (!is_told(&v, rows[i].step)) {
            print_error("%s from %s: not told: %s; but: %.*s\n", rows[i].sender, rows[i].ip, rows[i].step,
                        S(v.reason));
            fail();
        }
        resolver_close(&resolver);
        arena_free(&arena);
    }
    snapshot_free(s);
}

/* --- the suite --- */

static bool is_wanted(yaml_document_t *d, yaml_node_t *results, const char *result) {
    if (results->type == YAML_SCALAR_NODE)
        return strcmp(scalar(results), result) == 0;
    for (yaml_node_item_t *i = results->data.sequence.items.start; i < results->data.sequence.items.top; i++)
        if (strcmp(scalar(yaml_document_get_node(d, *i)), result) == 0)
            return true;
    return false;
}

static void run_case(yaml_document_t *d, const char *name, yaml_node_t *test, struct snapshot *s) {
    struct arena arena = {0};
    struct resolver resolver;
    struct spf_verdict v;
    struct spf_query query = {.sender = slice_of(scalar(member(d, test, "mailfrom"))),
                              .helo = slice_of(scalar(member(d, test, "helo")))};
    resolver_init(&resolver, s, &arena);
    assert_true(ip_parse(slice_of(scalar(member(d, test, "host"))), &query.ip));
    spf_evaluate(&query, &resolver, &v);
    if (!is_wanted(d, member(d, test, "result"), spf_result_name(v.result))) {
        print_error("%s: %s: %.*s\n", name, spf_result_name(v.result), S(v.reason));
        fail();
    }
    resolver_close(&resolver);
    arena_free(&arena);
}

static size_t run_scenario(yaml_document_t *d) {
    yaml_node_t *scenario = yaml_document_get_root_node(d);
    yaml_node_t *tests = member(d, scenario, "tests");
    g_autoptr(GString) text = suite_zone(d, scenario);
    struct snapshot *s = read_zone((struct slice){text->str, text->len});
    size_t count = 0;
    for (yaml_node_pair_t *p = tests->data.mapping.pairs.start; p < tests->data.mapping.pairs.top;
         p++, count++)
        run_case(d, scalar(yaml_document_get_node(d, p->key)), yaml_document_get_node(d, p->value), s);
    snapshot_free(s);
    return count;
}

static void test_suite(void **state) {
    FILE *file = fopen("../shared/corpora/auth/rfc7208-tests.yml", "rb");
    yaml_parser_t parser;
    yaml_document_t document;
    size_t count = 0;
    (void)state;
    if (!file) {
        print_message("skipped: the suite of RFC 7208 is not here\n");
        skip();
    }
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    while (yaml_parser_load(&parser, &document) && yaml_document_get_root_node(&document)) {
        count += run_scenario(&document);
        yaml_document_delete(&document);
    }
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    fclose(file);
    expect_number("cases", (long long)count, 203);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_suite)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
