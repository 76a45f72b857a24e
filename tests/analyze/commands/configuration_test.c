/* What the files of the configuration set for which command: precedence, and what is wrong with them. */
#define _GNU_SOURCE
#include "analyze/commands/config_values.h"
#include "analyze/commands/configuration.h"

#include "analyze/commands/command_table.h"
#include "analyze/commands/option_table.h"
#include "analyze/commands/options_read.h"
#include "tests/analyze/commands/capture_stderr.h"
#include "tests/table.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SYSTEM, USER, LEVELS };

/* The folders of both levels below a temporary one, with the files that a row has. */
struct world {
    char root[32];
    char *folders[LEVELS], *paths[LEVELS];
};

static void world_make(struct world *w, const char *const *texts, mode_t mode) {
    strcpy(w->root, "/tmp/configuration-XXXXXX");
    assert_non_null(mkdtemp(w->root));
    for (int i = 0; i < LEVELS; i++) {
        w->folders[i] = g_build_filename(w->root, i == SYSTEM ? "system" : "user", NULL);
        w->paths[i] = g_build_filename(w->folders[i], "mailwhy.conf", NULL);
        assert_int_equal(mkdir(w->folders[i], 0755), 0);
        if (!texts[i])
            continue;
        assert_true(g_file_set_contents(w->paths[i], texts[i], -1, NULL));
        assert_int_equal(chmod(w->paths[i], mode), 0);
    }
}

static void world_remove(struct world *w) {
    for (int i = 0; i < LEVELS; i++) {
        unlink(w->paths[i]);
        rmdir(w->folders[i]);
        g_free(w->paths[i]);
        g_free(w->folders[i]);
    }
    rmdir(w->root);
}

/* Read a command line, then the files. */
static int read_all(struct options *o, const char *line, const struct world *w, char ***words,
                    struct captured *captured) {
    *words = g_strsplit(line, " ", -1);
    options_init(o);
    capture_begin(captured);
    int status = options_read(o, (int)g_strv_length(*words), *words, &mailwhy_program);
    const char *folders[] = {w->folders[USER], w->folders[SYSTEM]};
    if (status == STATUS_OK)
        status = configuration_read(o, folders, G_N_ELEMENTS(folders));
    capture_end(captured);
    return status;
}

/* "name=value@level" of each value that counts, with folders shown as their level. */
static char *shown(const struct options *o, const struct world *w) {
    GString *out = g_string_new(NULL);
    const GArray *values = o->configuration->values;
    for (guint i = 0; i < values->len; i++) {
        const struct config_value *v = &g_array_index(values, struct config_value, i);
        const char *level = !v->file ? "line" : strcmp(v->file, w->paths[USER]) == 0 ? "user" : "system";
        g_string_append_printf(out, "%s%s=%s@%s", out->len ? " " : "", v->row->name,
                               v->text ? v->text : "yes", level);
    }
    g_string_replace(out, w->root, "ROOT", 0);
    return g_string_free(out, FALSE);
}

static void test_precedence(void **state) {
    (void)state;
    static const struct {
        const char *line, *system, *user, *values;
    } rows[] = {
        {"mailwhy x", NULL, NULL, ""},
        {"mailwhy x", "# nothing\n", "", ""},
        {"mailwhy x", "format: json\n", NULL, "format=json@system"},
        {"mailwhy x", "format: json\n", "format: html\n", "format=html@user"},
        {"mailwhy -f text x", "format: json\n", "format: html\n", "format=text@line"},
        {"mailwhy x", "redact: yes\n", "redact: no\n", "redact=no@user"},
        {"mailwhy --trust a.example x", "trust: [c.example, 192.0.2.0/24]\n", "trust: .b.example\n",
         "trust=a.example@line trust=.b.example@user trust=c.example@system trust=192.0.2.0/24@system"},
        {"mailwhy --rules a x", "rules: c.yaml\n", "rules: /b.yaml\n",
         "rules=a@line rules=/b.yaml@user rules=ROOT/system/c.yaml@system"},
        {"mailwhy x", "dns: [a.zone, b.zone]\n", NULL,
         "dns=ROOT/system/a.zone@system dns=ROOT/system/b.zone@system"},
        {"mailwhy --dns now.zone x", "dns: old.zone\n", NULL, "dns=now.zone@line"},
        {"mailwhy verify x", "dns: old.zone\n", NULL, ""},
        {"mailwhy reply x", "tz: UTC\ntrust: a.example\ntop: 5\n", NULL, ""},
        {"mailwhy log x", "tz: UTC\ntrust: a.example\ntop: 5\n", NULL, "tz=UTC@system top=5@system"},
        {"mailwhy audit", "ip: 192.0.2.1\n", "helo: mx.example\n",
         "helo=mx.example@user ip=192.0.2.1@system"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct world w;
        struct options o;
        struct captured captured;
        g_auto(GStrv) words = NULL;
        world_make(&w, (const char *[]){rows[i].system, rows[i].user}, 0644);
        int status = read_all(&o, rows[i].line, &w, &words, &captured);
        g_autofree char *values = shown(&o, &w);
        expect_text(rows[i].line, slice_of(captured.text), "");
        expect_number(rows[i].line, status, STATUS_OK);
        expect_text(rows[i].line, slice_of(values), rows[i].values);
        options_clear(&o);
        world_remove(&w);
    }
}

/* The members are set, not only noted: a sample of each sort. */
static void test_members(void **state) {
    (void)state;
    struct world w;
    struct options o;
    struct captured captured;
    g_auto(GStrv) words = NULL;
    world_make(&w,
               (const char *[]){"format: json\ntop: 7\nredact-key: k\ncolor: never\nisolate: yes\n"
                                "trust: a.example\nwidth: 100\n",
                                NULL},
               0644);
    expect_number("status", read_all(&o, "mailwhy x", &w, &words, &captured), STATUS_OK);
    expect_text("format", slice_of(mailwhy_format_name(o.format)), "json");
    expect_number("top", o.top, 7);
    expect_number("color", o.color, COLOR_NEVER);
    expect_number("isolate", o.isolate, true);
    expect_text("trust", slice_of(o.trusted->pdata[0]), "a.example");
    expect_number("a key alone redacts nothing", o.library.redact_key_file == NULL, true);
    options_clear(&o);
    g_strfreev(g_steal_pointer(&words));
    expect_number("status", read_all(&o, "mailwhy --redact x", &w, &words, &captured), STATUS_OK);
    expect_number("it is used where redacting was asked for", o.library.redact_key_file != NULL, true);
    options_clear(&o);
    world_remove(&w);
}

static void test_errors(void **state) {
    (void)state;
    static const struct {
        const char *text;
        mode_t mode;
        const char *says; /* with %s for the file */
    } rows[] = {
        {"trsut: a\n", 0644, "%s:1:1: unknown key `trsut`; did you mean `trust`?\n    trsut: a\n    ^\n"},
        {"tz: Mars\n", 0644,
         "%s:1:5: `tz` takes a zone such as Europe/Berlin, UTC or +01:00, not `Mars`\n    tz: Mars\n        "
         "^\n"},
        {"# c\ntop: [1, 2]\n", 0644,
         "%s:2:1: `top` takes a number from 1 to 100000, not a list\n    top: [1, 2]\n    ^\n"},
        {"trust:\n- a\n- b c\n", 0644,
         "%s:3:3: `trust` takes a host, an address or a CIDR range, not `b c`\n    - b c\n      ^\n"},
        {"redact: perhaps\n", 0644,
         "%s:1:9: `redact` takes yes or no, not `perhaps`\n    redact: perhaps\n            ^\n"},
        {"top: 1\ntop: 2\n", 0644, "%s:2:1: `top` stands already on line 1\n    top: 2\n    ^\n"},
        {"tz:\n", 0644, "%s:1:4: `tz` has no value here\n    tz:\n       ^\n"},
        {"tz: {a: b}\n", 0644, "%s:1:5: expected a text here\n    tz: {a: b}\n        ^\n"},
        {"- tz\u202e\n", 0644, "%s:1:1: expected `name: value` lines here\n    - tz<U+202E>\n    ^\n"},
        {"- tz\n", 0644, "%s:1:1: expected `name: value` lines here\n    - tz\n    ^\n"},
        {"tz: UTC\n", 0664, "mailwhy: %s: not read: others than its owner may write it (chmod go-w)\n"},
        {"tz: UTC\n", 0606, "mailwhy: %s: not read: others than its owner may write it (chmod go-w)\n"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct world w;
        struct options o;
        struct captured captured;
        g_auto(GStrv) words = NULL;
        world_make(&w, (const char *[]){rows[i].text, NULL}, rows[i].mode);
        /* whatever the command: here one for which most of these keys do not count */
        expect_number(rows[i].text, read_all(&o, "mailwhy reply x", &w, &words, &captured), STATUS_CONFIG);
        g_autoptr(GString) says = g_string_new(rows[i].says);
        g_string_replace(says, "%s", w.paths[SYSTEM], 0);
        expect_text(rows[i].text, slice_of(captured.text), says->str);
        options_clear(&o);
        world_remove(&w);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_precedence),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_errors),
    };
    setenv("MAILWHY_CONFIG", "", 1); /* no other than these */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
