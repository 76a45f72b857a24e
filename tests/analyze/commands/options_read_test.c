/* A command line becomes options, or a message of what is wrong with it. */
#include "analyze/commands/options_read.h"

#include "analyze/commands/command_table.h"
#include "tests/analyze/commands/capture_stderr.h"
#include "tests/table.h"

/* Read a line whose words are separated by blanks. The options point into *words. */
static int read_line(struct options *o, const char *line, char ***words, struct captured *captured) {
    *words = g_strsplit(line, " ", -1);
    options_init(o);
    capture_begin(captured);
    int status = options_read(o, (int)g_strv_length(*words), *words, &mailwhy_program);
    capture_end(captured);
    return status;
}

static void test_commands(void **state) {
    (void)state;
    static const struct {
        const char *line, *command, *first;
        int arguments;
    } rows[] = {
        {"mailwhy", "", NULL, 0},
        {"mailwhy a.eml b.eml", "", "a.eml", 2},
        {"mailwhy -", "", "-", 1},
        {"mailwhy reply -f json text", "reply", "text", 1},
        {"mailwhy -f json reply text", "reply", "text", 1},
        {"mailwhy a.eml reply", "", "a.eml", 2},
        {"mailwhy dns capture -q x", "dns capture", "x", 1},
        {"mailwhy dns --server 192.0.2.1 capture x", "dns capture", "x", 1},
        {"mailwhy rules", "rules", NULL, 0},
        {"mailwhy rules frob", "rules", "frob", 1},
        {"mailwhy reply -- --redact", "reply", "--redact", 1},
        {"mailwhy log capture", "log", "capture", 1},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct options o;
        struct captured captured;
        g_auto(GStrv) words = NULL;
        expect_number(rows[i].line, read_line(&o, rows[i].line, &words, &captured), STATUS_OK);
        expect_text(rows[i].line, slice_of(o.command->name), rows[i].command);
        expect_number(rows[i].line, (long long)o.argument_count, rows[i].arguments);
        if (rows[i].first)
            expect_text(rows[i].line, slice_of(o.arguments[0]), rows[i].first);
        options_clear(&o);
    }
}

static void test_values(void **state) {
    (void)state;
    struct options o;
    struct captured captured;
    g_auto(GStrv) words = NULL;
    const char *line =
        "mailwhy -f ndjson -o out --redact --color=always --top 5 -j3 --no-progress -qv --rules a "
        "--rules b --trust .example.com --trust 192.0.2.0/24 --since 2026-11-24T09:00:00 --until "
        "2026-11-24T10:00:00Z --sender s --recipient r --domain d --cause c --queue-id q "
        "--message-id m --log l --dns z --no-builtin-rules x.eml";
    assert_int_equal(read_line(&o, line, &words, &captured), STATUS_OK);
    assert_string_equal(mailwhy_format_name(o.format), "ndjson");
    assert_string_equal(o.output, "out");
    assert_true(o.library.redact && o.library.color && o.library.verbose && o.quiet);
    assert_true(o.library.no_builtin_rules);
    assert_int_equal(o.top, 5);
    assert_int_equal(o.jobs, 3);
    assert_int_equal(o.progress, 0);
    assert_int_equal(o.rule_files->len, 2);
    assert_string_equal(o.rule_files->pdata[1], "b");
    assert_int_equal(o.trusted->len, 2);
    assert_int_equal(o.filters.until - o.filters.since, 3600);
    assert_string_equal(o.filters.sender, "s");
    assert_string_equal(o.filters.recipient, "r");
    assert_string_equal(o.filters.domain, "d");
    assert_string_equal(o.filters.cause, "c");
    assert_string_equal(o.filters.queue_id, "q");
    assert_string_equal(o.filters.message_id, "m");
    assert_string_equal(o.logs->pdata[0], "l");
    assert_string_equal(o.dns_files->pdata[0], "z");
    assert_int_equal(o.domains->len, 0);
    options_clear(&o);
}

static void test_values_of_an_audit(void **state) {
    (void)state;
    struct options o;
    struct captured captured;
    g_auto(GStrv) words = NULL;
    const char *line =
        "mailwhy audit --domain a --domain b --ip 2001:db8::1 --helo h --sender s --selector k "
        "--dns z";
    assert_int_equal(read_line(&o, line, &words, &captured), STATUS_OK);
    assert_int_equal(o.domains->len, 2);
    assert_string_equal(o.ip, "2001:db8::1");
    assert_string_equal(o.helo, "h");
    assert_string_equal(o.audited_sender, "s");
    assert_string_equal(o.selectors->pdata[0], "k");
    assert_null(o.filters.sender);
    assert_null(o.filters.domain);
    options_clear(&o);
}

static void test_defaults(void **state) {
    (void)state;
    struct options o;
    struct captured captured;
    g_auto(GStrv) words = NULL;
    assert_int_equal(read_line(&o, "mailwhy --color never", &words, &captured), STATUS_OK);
    assert_string_equal(mailwhy_format_name(o.format), "text");
    assert_int_equal(o.top, 10);
    assert_int_equal(o.progress, -1);
    assert_true(o.jobs > 0 && o.library.width >= 40);
    assert_true(o.filters.since == -1 && o.filters.until == -1);
    assert_false(o.library.color);
    options_clear(&o);
}

static void test_show(void **state) {
    (void)state;
    static const struct {
        const char *line, *command;
        enum show show;
    } rows[] = {
        {"mailwhy --help", "", SHOW_HELP},
        {"mailwhy -h log", "log", SHOW_HELP},
        {"mailwhy rules missing --help", "rules missing", SHOW_HELP},
        {"mailwhy dns -h", "dns", SHOW_HELP},
        {"mailwhy -V", "", SHOW_VERSION},
        {"mailwhy reply --vers", "reply", SHOW_VERSION},
        {"mailwhy -V -h", "", SHOW_VERSION},
        {"mailwhy log -h --nonsense", "log", SHOW_HELP}, /* what comes after it is not looked at */
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct options o;
        struct captured captured;
        g_auto(GStrv) words = NULL;
        expect_number(rows[i].line, read_line(&o, rows[i].line, &words, &captured), STATUS_OK);
        expect_number(rows[i].line, o.show, rows[i].show);
        expect_text(rows[i].line, slice_of(o.command->name), rows[i].command);
        options_clear(&o);
    }
}

static void test_errors(void **state) {
    (void)state;
    static const struct {
        const char *line, *message;
    } rows[] = {
        {"mailwhy --nonsense", "unknown option --nonsense (mailwhy --help)"},
        {"mailwhy log --nonsense=1 x", "log: unknown option --nonsense=1 (mailwhy log --help)"},
        {"mailwhy -qz", "unknown option -z (mailwhy --help)"},
        {"mailwhy --qui", NULL},
        {"mailwhy reply -----", NULL},
        {"mailwhy --re", "ambiguous option --re (mailwhy --help)"},
        {"mailwhy -f", "--format needs an argument: FORMAT (mailwhy --help)"},
        {"mailwhy --trust", "--trust needs an argument: HOST|CIDR (mailwhy --help)"},
        {"mailwhy --redact=yes x", "--redact takes no argument (mailwhy --help)"},
        {"mailwhy -f pdf x",
         "--format takes text, markdown, html, json or ndjson, not `pdf` (mailwhy --help)"},
        {"mailwhy --color maybe", "--color takes auto, always or never, not `maybe` (mailwhy --help)"},
        {"mailwhy -j 0", "--jobs takes a number from 1 to 1024, not `0` (mailwhy --help)"},
        {"mailwhy -j 1025", "--jobs takes a number from 1 to 1024, not `1025` (mailwhy --help)"},
        {"mailwhy -j 2x", "--jobs takes a number from 1 to 1024, not `2x` (mailwhy --help)"},
        {"mailwhy log --top -1", "log: --top takes a number from 1 to 100000, not `-1` (mailwhy log --help)"},
        {"mailwhy log --since lately",
         "log: --since takes a time such as yesterday, 2h, 09:20, 2026-11-24 or 2026-11-24T09:00:00, not "
         "`lately` (mailwhy log --help)"},
        {"mailwhy audit --domain=",
         "audit: --domain takes a domain such as example.com, not `` (mailwhy audit --help)"},
        {"mailwhy audit --ip mx.example.com",
         "audit: --ip takes an IPv4 or IPv6 address, not `mx.example.com` (mailwhy audit --help)"},
        {"mailwhy --trust 192.0.2.0/99",
         "--trust takes a host, an address or a CIDR range, not `192.0.2.0/99` (mailwhy --help)"},
        {"mailwhy reply --dns z", "reply: --dns is not an option here (mailwhy reply --help)"},
        {"mailwhy --server 192.0.2.1 x", "--server is not an option here (mailwhy --help)"},
        {"mailwhy -f json dns needs", "dns needs: --format is not an option here (mailwhy dns needs --help)"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct options o;
        struct captured captured;
        g_auto(GStrv) words = NULL;
        int status = read_line(&o, rows[i].line, &words, &captured);
        g_autofree char *expected =
            rows[i].message ? g_strdup_printf("mailwhy: %s\n", rows[i].message) : g_strdup("");
        expect_number(rows[i].line, status, rows[i].message ? STATUS_USAGE : STATUS_OK);
        expect_text(rows[i].line, slice_of(captured.text), expected);
        options_clear(&o);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_values_of_an_audit),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_show),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
