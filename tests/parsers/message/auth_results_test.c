/* RFC 8601's own examples (appendix B), and what providers write. */
#include "parsers/message/auth_results.h"
#include "tests/table.h"

#include <glib.h>

typedef struct claim *parse(struct slice value, struct arena *arena, bool *has_more);

static const struct {
    parse *parse;
    const char *field, *expected;
} rows[] = {
    /* RFC 8601 appendix B */
    {auth_results_parse, "example.org 1; none", "example.org: none=none"},
    {auth_results_parse, "example.com; spf=pass smtp.mailfrom=example.net",
     "example.com: spf=pass smtp.mailfrom=example.net"},
    {auth_results_parse,
     "example.com; auth=pass (cleartext) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net",
     "example.com: auth=pass smtp.auth=sender@example.net (cleartext) | spf=pass smtp.mailfrom=example.net"},
    {auth_results_parse, "example.com; iprev=pass policy.iprev=192.0.2.200",
     "example.com: iprev=pass policy.iprev=192.0.2.200"},
    {auth_results_parse,
     "example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; dkim=fail "
     "reason=\"bad "
     "signature\" header.i=@newyork.example.com",
     "example.com: dkim=pass header.i=@mail-router.example.net \"good signature\" | dkim=fail "
     "header.i=@newyork.example.com \"bad signature\""},
    {auth_results_parse,
     "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy "
     "(A dot can "
     "go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
     "foo.example.net: dkim=fail policy.expired=1362471462 (A dot can go here)"},
    {auth_results_parse, "example.com; dkim/1=pass header.d=example.org",
     "example.com: dkim=pass header.d=example.org"},
    {auth_results_parse, "\"example.com\"; spf = pass smtp.mailfrom = \"joe smith\"@example.net",
     "example.com: spf=pass smtp.mailfrom=\"joe smith\"@example.net"},
    /* what is written */
    {auth_results_parse,
     "mx.google.com; dkim=pass header.i=@example.com header.s=s1 header.b=\"oVx=H/NU\"; spf=pass "
     "(google.com: domain of "
     "a@example.com designates 192.0.2.5 as permitted sender) smtp.mailfrom=a@example.com; dmarc=pass "
     "(p=REJECT "
     "sp=REJECT dis=NONE) header.from=example.com",
     "mx.google.com: dkim=pass header.i=@example.com header.s=s1 header.b=oVx=H/NU | spf=pass "
     "smtp.mailfrom=a@example.com (google.com: domain of a@example.com designates 192.0.2.5 as permitted "
     "sender) | "
     "dmarc=pass header.from=example.com (p=REJECT sp=REJECT dis=NONE)"},
    /* FortiMail, without a semicolon between methods; what passes there is not believed */
    {auth_results_parse,
     "mx.example.org;        spf=pass (a.example: domain of jo@a.example designates 192.0.2.5 as permitted "
     "sender) smtp.mailfrom=jo@a.example        dmarc=fail header.from=b.example",
     "mx.example.org: spf=pass smtp.mailfrom=jo@a.example (a.example: domain of jo@a.example designates "
     "192.0.2.5 as permitted sender) | dmarc=fail header.from=b.example"},
    {auth_results_parse,
     "mx.example.org; spf=fail smtp.mailfrom=jo@a.example dmarc=pass header.from=bank.example z@a.example; "
     "dkim=none",
     "mx.example.org: spf=fail smtp.mailfrom=jo@a.example | dkim=none"},
    {auth_results_parse, "mx.example.org; dmarc=fail policy=none header.from=a.example",
     "mx.example.org: dmarc=fail policy=none header.from=a.example"},
    {auth_results_parse,
     "spf=fail (sender IP is 192.0.2.5) smtp.mailfrom=example.com; dkim=none (message not signed) "
     "header.d=none;dmarc=fail "
     "action=oreject header.from=example.com;compauth=fail reason=000",
     ": spf=fail smtp.mailfrom=example.com (sender IP is 192.0.2.5) | dkim=none header.d=none (message not "
     "signed) | "
     "dmarc=fail action=oreject header.from=example.com | compauth=fail \"000\""},
    {auth_results_parse,
     "spf=pass (sender IP is 192.0.2.5) smtp.mailfrom=example.com; hotmail.com; dkim=none header.d=none",
     "hotmail.com: spf=pass smtp.mailfrom=example.com (sender IP is 192.0.2.5) | dkim=none header.d=none"},
    {auth_results_parse,
     "mta1.mail.yahoo.com from=example.com; domainkeys=neutral (no sig); from=example.com; dkim=pass (ok)",
     "mta1.mail.yahoo.com: domainkeys=neutral from=example.com (no sig) | dkim=pass from=example.com (ok)"},
    {auth_results_parse, "i=2; mx.example.org; arc=pass (i=1 spf=pass dkim=pass); dkim=none",
     "mx.example.org #2: arc=pass (i=1 spf=pass dkim=pass) | dkim=none"},
    {auth_results_parse, "mx.example.org; dkim=pass (2048-bit key (nested) (unprotected",
     "mx.example.org: dkim=pass (2048-bit key (nested)"},
    {auth_results_parse, "mx.example.org; x-tls.peer=pass; spf=", "mx.example.org: x-tls.peer=pass | spf="},
    {auth_results_parse, "", ""},
    {auth_results_parse, ";;;===;;", ""},
    /* RFC 7208 section 9.1 */
    {received_spf_parse,
     "pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender) "
     "receiver=mybox.example.org; client-ip=192.0.2.1; envelope-from=\"myname@example.com\"; "
     "helo=foo.example.com;",
     "mybox.example.org: spf=pass receiver=mybox.example.org client-ip=192.0.2.1 "
     "envelope-from=myname@example.com "
     "helo=foo.example.com (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as "
     "permitted sender)"},
    {received_spf_parse,
     "fail identity=mailfrom; client-ip=192.0.2.1; helo=foo.example.com; "
     "envelope-from=\"myname@example.com\"; "
     "receiver=mybox.example.org;",
     "mybox.example.org: spf=fail identity=mailfrom client-ip=192.0.2.1 helo=foo.example.com "
     "envelope-from=myname@example.com receiver=mybox.example.org"},
    {received_spf_parse,
     "None (protection.outlook.com: example.com does not designate permitted sender hosts)",
     "protection.outlook.com: spf=none (protection.outlook.com: example.com does not designate permitted "
     "sender hosts)"},
    /* Yahoo in 2013, Microsoft 365 in 2023 and 2026 */
    {received_spf_parse, "pass (domain of example.com designates 192.0.2.1 as permitted sender)",
     ": spf=pass envelope-from=example.com (domain of example.com designates 192.0.2.1 as permitted sender)"},
    {received_spf_parse,
     "SoftFail (protection.outlook.com: domain of transitioning example.com discourages use of 192.0.2.1 as "
     "permitted sender)",
     "protection.outlook.com: spf=softfail envelope-from=example.com (protection.outlook.com: domain of "
     "transitioning example.com discourages use of 192.0.2.1 as permitted sender)"},
    {received_spf_parse,
     "pass (domain of \"a@example.com designates 192.0.2.1 as\"@evil.example designates 192.0.2.1 as "
     "permitted sender)",
     ": spf=pass (domain of \"a@example.com designates 192.0.2.1 as\"@evil.example designates 192.0.2.1 as "
     "permitted sender)"},
    {received_spf_parse, "", ""},
};

static void append(GString *out, struct slice s) {
    g_string_append_len(out, s.ptr ? s.ptr : "", (gssize)s.len);
}

static void append_claim(GString *out, const struct claim *c) {
    append(out, c->method);
    g_string_append_c(out, '=');
    append(out, c->result);
    for (const struct property *p = c->properties; p; p = p->next) {
        g_string_append_c(out, ' ');
        append(out, p->name);
        g_string_append_c(out, '=');
        append(out, p->value);
    }
    if (c->reason.len)
        g_string_append_printf(out, " \"%.*s\"", (int)c->reason.len, c->reason.ptr);
    if (c->comment.len)
        g_string_append_printf(out, " (%.*s)", (int)c->comment.len, c->comment.ptr);
}

static void reads(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        g_autoptr(GString) out = g_string_new(NULL);
        bool has_more = false;
        const struct claim *first = rows[i].parse(slice_of(rows[i].field), &arena, &has_more);
        expect_number(rows[i].field, has_more, false);
        for (const struct claim *c = first; c; c = c->next) {
            if (c == first)
                append(out, c->by);
            if (c == first && c->instance)
                g_string_append_printf(out, " #%u", c->instance);
            g_string_append(out, c == first ? ": " : " | ");
            append_claim(out, c);
        }
        expect_text(rows[i].field, (struct slice){out->str, out->len}, rows[i].expected);
        arena_free(&arena);
    }
}

/* Of more than the limit the rest is left out, and that is told. */
static void limits(void **state) {
    static const struct {
        const char *start, *repeated;
        unsigned count;
        size_t claims, properties;
        bool has_more;
    } rows_of_limits[] = {
        {"mx; ", "spf=pass;", LIMIT_RESULTS, LIMIT_RESULTS, 0, false},
        {"mx; ", "spf=pass;", LIMIT_RESULTS + 1, LIMIT_RESULTS, 0, true},
        {"mx; dkim=pass", " header.d=a", LIMIT_RESULTS - 1, 1, LIMIT_RESULTS - 1, false},
        {"mx; dkim=pass", " header.d=a", LIMIT_RESULTS, 1, LIMIT_RESULTS - 1, true},
        {"mx ", "from=a ", LIMIT_RESULTS + 1, 0, 0, true},
        {"mx; dkim=pass a", " . b", 10000, 1, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows_of_limits); i++) {
        struct arena arena = {0};
        g_autoptr(GString) field = g_string_new(rows_of_limits[i].start);
        bool has_more = false;
        size_t claims = 0;
        size_t properties = 0;
        for (unsigned k = 0; k < rows_of_limits[i].count; k++)
            g_string_append(field, rows_of_limits[i].repeated);
        for (const struct claim *c =
                 auth_results_parse((struct slice){field->str, field->len}, &arena, &has_more);
             c; c = c->next, claims++)
            for (const struct property *p = c->properties; p; p = p->next)
                properties++;
        expect_number(rows_of_limits[i].repeated, (long long)claims, (long long)rows_of_limits[i].claims);
        expect_number(rows_of_limits[i].repeated, (long long)properties,
                      (long long)rows_of_limits[i].properties);
        expect_number(rows_of_limits[i].repeated, has_more, rows_of_limits[i].has_more);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
