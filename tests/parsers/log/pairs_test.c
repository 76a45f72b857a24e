/* Lines as records of names and values. */
#include "parsers/log/pairs.h"

#include "tests/table.h"

#include <glib.h>

static void reads(void **state) {
    static const struct {
        const char *line, *expected; /* "": no record */
    } rows[] = {
        {"host=mx.example.org tls=on text='250 Ok' exitcode=EX_OK",
         "host=mx.example.org|tls=on|text=250 Ok|exitcode=EX_OK"},
        {"l=info m=\"delivered from queue\" pkg=queue", "l=info|m=delivered from queue|pkg=queue"},
        /* quotes inside of quotes are not marked: one that nothing follows ends the value */
        {"a=\"he said \"no\" and left\" b='it's'", "a=he said \"no|b=it's"},
        {"words first: a=1", "text=words first:|a=1"},
        {"INFO Message (x.y) queueId = 7, to = [\"a@b.example\", \"c@d.example\"], size = 9",
         "text=INFO Message (x.y)|queueId=7|to=a@b.example;c@d.example|size=9"},
        {"X (x.y) a = No MX, trying another., b = E (e.f) { c = 1, d = \"x, e = 2\" }, a = 3",
         "text=X (x.y)|a=No MX, trying another.|b=E (e.f) { c = 1, d = \"x, e = 2\" }|a#2=3"},
        {"a = \"not closed, b = 2", "a=not closed, b = 2"},
        {"a = [\"not closed, b = 2", "a=not closed, b = 2"},
        {"queue: delivered\t{\"msg_id\":\"7\",\"rcpt\":\"a@b.example\"}",
         "text=queue: delivered|msg_id=7|rcpt=a@b.example"},
        {"\"queue\": {\"a\":\"7\"}", ""},
        {"queue: {\"a\":\"7\"} and more", ""},
        {"nothing here", ""},
        {"= = ==", ""},
        {"", ""},
    };
    struct json_nodes nodes = {0};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        GString *out = g_string_new(NULL);
        bool is_record = pairs_read(&nodes, slice_of(rows[i].line), &arena);
        for (size_t n = 1; is_record && n < nodes.count; n++)
            if (!slice_ends_nocase(nodes.nodes[n].name, SLICE(PAIRS_LAST)))
                g_string_append_printf(out, "%s%.*s=%.*s", out->len ? "|" : "", S(nodes.nodes[n].name),
                                       S(json_text(&nodes.nodes[n], &arena)));
        expect_text(rows[i].line, (struct slice){out->str, out->len}, rows[i].expected);
        g_string_free(out, TRUE);
    }
    arena_free(&arena);
    json_nodes_free(&nodes);
}

/* Which pair ends the line, whatever a value before it looks like. */
static void reads_last(void **state) {
    static const struct {
        const char *line, *expected; /* "": none */
    } rows[] = {
        {"host=mx.example.org said='550 x' exit=OK said='y' exit=FAILED", "exit#last=FAILED"},
        {"host=mx.example.org said='550 x' exit=OK said='y' exit='FAILED'", ""},
        {"host=mx.example.org said='550 x' exit=OK said='cut off", ""},
        {"host=mx.example.org said='550 x' exit=OK y'", ""},
        {"host=mx.example.org said='550 x' exit=OK'", ""},
        {"host=mx.example.org exit=", ""},
    };
    struct json_nodes nodes = {0};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        GString *out = g_string_new(NULL);
        assert_true(pairs_read(&nodes, slice_of(rows[i].line), &arena));
        for (size_t n = 1; n < nodes.count; n++)
            if (slice_ends_nocase(nodes.nodes[n].name, SLICE(PAIRS_LAST)))
                g_string_append_printf(out, "%.*s=%.*s", S(nodes.nodes[n].name),
                                       S(json_text(&nodes.nodes[n], &arena)));
        expect_text(rows[i].line, (struct slice){out->str, out->len}, rows[i].expected);
        g_string_free(out, TRUE);
    }
    arena_free(&arena);
    json_nodes_free(&nodes);
}

/* A line takes time as its length does, and no more names than a record may have. */
static void bounds(void **state) {
    struct json_nodes nodes = {0};
    struct arena arena = {0};
    GString *line = g_string_new(NULL);
    (void)state;
    for (int i = 0; i < 40000; i++)
        g_string_append_printf(line, "a%d='%s, ", i % 200, i % 3 ? "" : "{");
    assert_true(pairs_read(&nodes, (struct slice){line->str, line->len}, &arena));
    assert_true(nodes.nodes[0].children <= LIMIT_PAIRS + 2);
    g_string_free(line, TRUE);
    arena_free(&arena);
    json_nodes_free(&nodes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(reads_last),
                                       cmocka_unit_test(bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
