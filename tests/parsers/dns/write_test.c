/* What is written can be read again, and says the same: hostile names in owners, fields and directives. */
#include "parsers/dns/write.h"

#include "parsers/base/file_errors.h"
#include "parsers/dns/read.h"
#include "tests/table.h"

static const char *const lines[] = {
    "x.example. 300 IN A 192.0.2.1",
    ". 300 IN NS a.example.",
    "\\$ORIGIN.example. 300 IN A 192.0.2.1",
    "\\$TTL 300 IN A 192.0.2.1",
    "a\\\"b.example. 300 IN A 192.0.2.1",
    "\\@.example. 300 IN A 192.0.2.1",
    "\\;x.example. 300 IN A 192.0.2.1",
    "\\(x.example. 300 IN A 192.0.2.1",
    "\\032\\009\\027\\255.example. 300 IN A 192.0.2.1",
    "a\\\\.b.example. 300 IN A 192.0.2.1",
    "a\\.b.example. 300 IN A 192.0.2.1",
    "x.example. 300 IN TXT \"a\\\"b;c\" \"\\027[2J\" \"\\\\\" \"\xc3\xa4\"",
    "x.example. 300 IN MX 10 q\\\"x.example.",
    "x.example. 300 IN CNAME \\\"\\;\\).example.",
    "x.example. 300 IN PTR \\\".",
    "x.example. 300 IN SRV 1 2 3 \\\"\\\"z.example.",
    "x.example. 300 IN CAA 0 issue \"ca.example\"",
    ";! NXDOMAIN \\045\\\"\\\\a\\032b\\255.",
    ";! NODATA \\;\\@\\$. TXT",
    ";! SERVFAIL . MX",
    ";! TIMEOUT \\#\\(. ANY",
    ";! NODATA t.example. TYPE65280",
};

/* Read a snapshot and write it; returns how many errors it has. */
static unsigned rewrite(struct slice text, GString *out) {
    struct file_errors errors = {.out = NULL};
    struct snapshot *snapshot = snapshot_new();
    dns_file_read(snapshot_add(snapshot, "test"), text, &errors);
    g_string_truncate(out, 0);
    snapshot_write(snapshot, out);
    snapshot_free(snapshot);
    return errors.count;
}

static void test_lines(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(lines); i++) {
        GString *once = g_string_new(NULL);
        GString *twice = g_string_new(NULL);
        expect_number(lines[i], rewrite(slice_of(lines[i]), once), 0);
        assert_true(once->len > 0);
        expect_number(once->str, rewrite((struct slice){once->str, once->len}, twice), 0);
        expect_text(lines[i], (struct slice){twice->str, twice->len}, once->str);
        for (size_t k = 0; k < once->len; k++)
            assert_true(once->str[k] == '\n' || once->str[k] == '\t' ||
                        (once->str[k] >= ' ' && once->str[k] < 0x7f));
        g_string_free(once, TRUE);
        g_string_free(twice, TRUE);
    }
}

/* A text that is longer than ldns reads is escaped here. */
static void test_long_text(void **state) {
    (void)state;
    GString *line = g_string_new("x.example. 300 IN TXT \"\x1b[2J");
    GString *once = g_string_new(NULL);
    GString *twice = g_string_new(NULL);
    while (line->len < 70000)
        g_string_append(line, "abc\xff");
    g_string_append(line, "\"");
    expect_number("long", rewrite((struct slice){line->str, line->len}, once), 0);
    assert_null(memchr(once->str, '\x1b', once->len));
    expect_number("again", rewrite((struct slice){once->str, once->len}, twice), 0);
    assert_string_equal(once->str, twice->str);
    g_string_free(line, TRUE);
    g_string_free(once, TRUE);
    g_string_free(twice, TRUE);
}

/* A name that is too long to be read again once its bytes are escaped is an error, and is not written. */
static void test_too_long(void **state) {
    g_autofree char *label = g_strnfill(63, '\xa8');
    g_autofree char *line = g_strdup_printf("%s.%s.example. 300 IN A 192.0.2.1", label, label);
    g_autoptr(GString) out = g_string_new(NULL);
    (void)state;
    expect_number("errors", rewrite(slice_of(line), out), 1);
    expect_text("written", (struct slice){out->str, out->len}, "");
}

/* Names that are long as text: either they are refused at once, or what is written of them can be read. */
static void test_long_names(void **state) {
    (void)state;
    static const struct {
        const char *before, *after;
    } forms[] = {{"", ". 300 IN A 192.0.2.1"}, {"x.example. 300 IN CNAME ", "."}, {";! NXDOMAIN ", "."}};
    for (size_t f = 0; f < ROWS(forms); f++)
        for (unsigned escaped = 50; escaped < 63; escaped++)
            for (unsigned plain = 1; plain < 12; plain++) {
                GString *name = g_string_new(NULL);
                GString *out = g_string_new(NULL);
                for (unsigned i = 0; i < escaped; i++)
                    g_string_append(name, "\\142");
                for (unsigned i = 0; i < plain; i++)
                    g_string_append(name, i ? "a" : ".");
                g_autofree char *text = g_strconcat(forms[f].before, name->str, forms[f].after, NULL);
                if (rewrite(slice_of(text), out) == 0) {
                    g_autofree char *again = g_strdup(out->str);
                    expect_number(again, rewrite(slice_of(again), out), 0);
                }
                g_string_free(name, TRUE);
                g_string_free(out, TRUE);
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines), cmocka_unit_test(test_long_names),
                                       cmocka_unit_test(test_too_long), cmocka_unit_test(test_long_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
