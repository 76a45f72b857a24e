/* JSON as nodes. */
#include "parsers/base/json_nodes.h"
#include "tests/table.h"

#include <glib.h>

/* "{a=1 b=[x y]}" */
static void write_node(GString *out, const struct json_nodes *nodes, size_t i, struct arena *arena) {
    const struct json_node *n = &nodes->nodes[i];
    if (n->name.len)
        g_string_append_printf(out, "%.*s=", S(n->name));
    if (n->type != JSON_OBJECT && n->type != JSON_LIST) {
        g_string_append_printf(out, "%.*s", S(json_text(n, arena)));
        return;
    }
    g_string_append_c(out, n->type == JSON_OBJECT ? '{' : '[');
    size_t children = 0;
    for (size_t c = n->children ? i + 1 : 0; c; c = nodes->nodes[c].next, children++) {
        g_string_append(out, children ? " " : "");
        write_node(out, nodes, c, arena);
    }
    expect_number("children", (long long)children, n->children);
    g_string_append_c(out, n->type == JSON_OBJECT ? '}' : ']');
}

static void reads(void **state) {
    static const struct {
        const char *text, *expected;
        size_t used; /* 0: it is no JSON */
    } rows[] = {
        {"{\"a\":1,\"b\":[\"x\",-1.5e3,true,null],\"c\":{}} rest", "{a=1 b=[x -1.5e3 true ] c={}}", 41},
        {" [ ] ", "[]", 4},
        {"\"x\"", "x", 3},
        {"[\"\\u00fc\\ud83d\\ude00\\n\\t\\\"\\\\\\/\"]", "[\xc3\xbc\xf0\x9f\x98\x80\n \"\\/]", 32},
        {"[\"\\u0000\\ud800x\\uzz\\\"]", "[\\]", 0},
        {"[\"\\u0000\\ud800x\\uzz\"]", "[  x zz]", 21},
        {"[[1],[2,[3]],4]", "[[1] [2 [3]] 4]", 15},
        {"{\"a\":1", "", 0},
        {"{\"a\" 1}", "", 0},
        {"{a:1}", "", 0},
        {"[1,]", "", 0},
        {"[1 2]", "", 0},
        {"{\"a\":}", "", 0},
        {"[1}", "", 0},
        {"\"a\nb\"", "", 0},
        {"nothing", "", 0},
        {"", "", 0},
    };
    struct json_nodes nodes = {0};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        size_t used = json_read(&nodes, slice_of(rows[i].text));
        g_autoptr(GString) out = g_string_new(NULL);
        expect_number(rows[i].text, (long long)used, (long long)rows[i].used);
        if (used)
            write_node(out, &nodes, 0, &arena);
        if (used)
            expect_text(rows[i].text, (struct slice){out->str, out->len}, rows[i].expected);
    }
    json_nodes_free(&nodes);
    arena_free(&arena);
}

static void stops_at_depth(void **state) {
    char text[2 * LIMIT_JSON_NESTING + 3];
    struct json_nodes nodes = {0};
    (void)state;
    for (size_t depth = LIMIT_JSON_NESTING; depth <= LIMIT_JSON_NESTING + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        size_t used = json_read(&nodes, (struct slice){text, 2 * depth});
        expect_number("depth", (long long)used, depth == LIMIT_JSON_NESTING ? (long long)(2 * depth) : 0);
    }
    json_nodes_free(&nodes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(stops_at_depth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
