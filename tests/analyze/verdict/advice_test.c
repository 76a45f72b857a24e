/* Remedies and links: what is filled in, and whose they are. */
#include "analyze/verdict/advice.h"

#include "tests/table.h"

#include <glib.h>

static const struct {
    const char *text, *expected;
} rows[] = {
    {"nothing to fill", "nothing to fill"},
    {"from {ip}.", "from \x02"
                   " 192.0.2.1\x03."},
    {"of {domain}", "of the sending domain"},
    {"{list}, {url}, {limit}, {host}", "the block list, the page named in the reply, the limit, the host"},
    {"{moon}!", "!"},
    {"{open", "{open"},
    {"{ip}{ip}", "\x02"
                 " 192.0.2.1\x03\x02"
                 " 192.0.2.1\x03"},
};

static void fills(void **state) {
    struct arena arena = {0};
    struct entity ip = {.name = "ip", .value = SLICE("192.0.2.1")};
    struct verdict v = {.entities = &ip};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, advice_fill(&v, &arena, rows[i].text), rows[i].expected);
    expect_text("no verdict", advice_fill(NULL, &arena, "{ip}"), "the sending address");
    arena_free(&arena);
}

static void add(void *context, struct slice text) {
    GString *out = context;
    g_string_append_printf(out, "%s%.*s", out->len ? " | " : "", S(text));
}

static const struct cause cause = {.id = "c",
                                   .fixer = "author",
                                   .remedy = (const char *const[]){"cause", NULL},
                                   .links = (const char *const[]){"https://cause", NULL}};
static const struct cause other = {
    .id = "o", .fixer = "nobody", .remedy = (const char *const[]){"other", NULL}};
static const struct reply_rule rule = {.remedy = (const char *const[]){"rule of {ip}", NULL},
                                       .links = (const char *const[]){"https://rule", NULL}};
static const struct reply_rule plain = {.id = "p"};
static const struct blocklist list = {
    .name = "Moon", .who = "anybody", .removal = "https://removal/{ip}", .lookup = "https://lookup"};
static const struct blocklist same = {
    .name = "Sun", .who = "nobody", .removal = "https://both", .lookup = "https://both"};

static const struct provider_advice there = {.cause = (const char *const[]){"c", NULL},
                                             .remedy = (const char *const[]){"there {contact}", NULL}};
static const struct provider venus = {.advice = (const struct provider_advice *const[]){&there, NULL},
                                      .form = "https://form",
                                      .page = "https://page"};
static const struct provider mars = {.asks = (const char *const[]){"a red flag", NULL},
                                     .asks_in = (const char *const[]){"c", NULL},
                                     .form = "help@mars.example",
                                     .page = "https://rule",
                                     .tool = "https://tool",
                                     .seen = "2026-12-01"};
static const struct provider_advice at_dione = {
    .cause = (const char *const[]){"c", NULL},
    .remedy = (const char *const[]){"enter it at form.dione.example", NULL},
    .links = (const char *const[]){"https://form.dione.example", NULL}};
static const struct provider dione = {.advice = (const struct provider_advice *const[]){&at_dione, NULL}};
static const struct blocklist of_dione = {.name = "Dione's",
                                          .who = "anybody",
                                          .removal = "https://form.dione.example/",
                                          .lookup = "https://form.dione.example/"};
static struct entity page = {.name = "url", .value = SLICE("https://named.example")};
static struct entity contact = {.next = &page, .name = "contact", .value = SLICE("help@example.org")};

static struct entity fitting = {.name = "url", .value = SLICE("https://a.page/x")};
static struct entity misleading = {.name = "url", .value = SLICE("https://page@evil.example/x")};

static const struct {
    const char *what;
    const struct cause *underlying;
    const struct reply_rule *rule;
    const struct blocklist *blocklist;
    const struct provider *provider;
    struct entity *entities;
    const char *remedies, *links;
} whose[] = {
    {"cause", NULL, NULL, NULL, NULL, NULL, "cause", "https://cause"},
    {"underlying", &other, &plain, NULL, NULL, NULL, "other", ""},
    {"rule", NULL, &rule, NULL, NULL, NULL, "rule of the sending address", "https://rule | https://cause"},
    {"list", NULL, NULL, &list, NULL, NULL, "cause | Removal from Moon: anybody.",
     "https://lookup | https://removal/the sending address"},
    {"a list that the provider's step leads to", NULL, NULL, &of_dione, &dione, NULL,
     "enter it at form.dione.example", "https://form.dione.example"},
    {"one page", NULL, NULL, &same, NULL, NULL, "cause | Removal from Sun: nobody.", "https://both"},
    {"rule and list", NULL, &rule, &list, NULL, NULL, "rule of the sending address",
     "https://rule | https://lookup | https://removal/the sending address"},
    {"provider", NULL, NULL, NULL, &venus, NULL, "there the address named in the reply",
     "https://form | https://page"},
    {"provider, another cause", &other, NULL, NULL, &venus, NULL, "other", ""},
    {"rule at a provider", NULL, &rule, NULL, &venus, NULL, "rule of the sending address",
     "https://rule | https://form | https://page"},
    {"provider that asks: its pages, and each once", NULL, &rule, NULL, &mars, NULL,
     "rule of the sending address", "https://rule | https://tool"},
    {"named in the reply", NULL, NULL, NULL, NULL, &contact,
     "Read the page that the reply names, and enter no password there (who runs it is not known here): "
     "\x02 https://named.example\x03 | Write to "
     "\x02 help@example.org\x03, which the "
     "reply names, with the whole reply, the sending address and the time. | cause",
     "https://cause"},
    {"named, and in the steps; a page of others", NULL, NULL, NULL, &venus, &contact,
     "there \x02 help@example.org\x03", "https://form | https://page"},
    {"a page of the provider", NULL, NULL, NULL, &venus, &fitting,
     "Open the page that the reply names and follow it: \x02 https://a.page/x\x03 | there the address named "
     "in the reply",
     "https://form | https://page"},
    {"a page that only looks so", NULL, NULL, NULL, &venus, &misleading,
     "there the address named in the reply", "https://form | https://page"},
};

static void sources(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(whose); i++) {
        struct arena arena = {0};
        g_autoptr(GString) out = g_string_new(NULL);
        struct verdict v = {.cause = &cause,
                            .fixer = cause.fixer,
                            .underlying = whose[i].underlying,
                            .rule = whose[i].rule,
                            .blocklist = whose[i].blocklist,
                            .provider = whose[i].provider,
                            .entities = whose[i].entities};
        verdict_remedies(&v, &arena, add, out);
        expect_text(whose[i].what, (struct slice){out->str, out->len}, whose[i].remedies);
        g_string_truncate(out, 0);
        verdict_links(&v, &arena, add, out);
        expect_text(whose[i].what, (struct slice){out->str, out->len}, whose[i].links);
        arena_free(&arena);
    }
}

/* Where to be taken off a list helps nobody whose mail failed for the recipient's sake. */
static void leaves_out_pages_of_lists(void **state) {
    static const struct {
        const char *cause, *text, *url;
        bool is_step;
    } listed[] = {
        {"recipient.full", "full. For delisting see https://r.example/x", "https://r.example/x", false},
        {"recipient.unknown", "unknown: https://r.example/unblock", "https://r.example/unblock", false},
        {"recipient.unknown", "unknown: https://r.example/x", "https://r.example/x", true},
        {"recipient.unknown", "", "https://r.example/x", true},
        {"recipient.refused", "see https://r.example/unblock", "https://r.example/unblock", true},
        {"content.spam", "For delisting see https://r.example/x", "https://r.example/x", true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(listed); i++) {
        struct arena arena = {0};
        g_autoptr(GString) out = g_string_new(NULL);
        struct cause of = {.id = listed[i].cause, .remedy = (const char *const[]){"step", NULL}};
        struct entity named = {.name = "url", .value = slice_of(listed[i].url)};
        struct verdict v = {.cause = &of, .reply.text = slice_of(listed[i].text), .entities = &named};
        verdict_remedies(&v, &arena, add, out);
        expect_number(listed[i].text, strstr(out->str, listed[i].url) != NULL, listed[i].is_step);
        arena_free(&arena);
    }
}

/* Links that lead elsewhere than they look, or that programs read differently. */
static void misleads(void **state) {
    static const char *const links[] = {
        "https://page@evil.example/x",       "https://page:80@evil.example/x",
        "https://page:@evil.example",        "https://a.page:x@evil.example",
        "https://a.page\\.evil.example/",    "https://page\\@evil.example/",
        "https://evil.example\\.page/",      "https://evil.example%2f.page/",
        "https://page.evil.example/",        "https://evil.example/page",
        "https://evil.example?https://page", "https:///page.evil.example",
        "https://evil.example#.page",        "https://evil.example\xef\xbc\x8f.page/",
    };
    (void)state;
    for (size_t i = 0; i < ROWS(links); i++) {
        struct arena arena = {0};
        g_autoptr(GString) out = g_string_new(NULL);
        struct entity named = {.name = "url", .value = slice_of(links[i])};
        struct verdict v = {.cause = &cause, .provider = &venus, .entities = &named};
        verdict_remedies(&v, &arena, add, out);
        if (strstr(out->str, "follow it"))
            fail_msg("%s is followed: %s", links[i], out->str);
        arena_free(&arena);
    }
}

static const struct reply_rule waits = {.remedy = (const char *const[]){"{temporary: wait}", NULL}};

/* A rule whose steps all do not hold leaves it to the cause. */
static void nothing_holds(void **state) {
    struct arena arena = {0};
    (void)state;
    for (int is_permanent = 0; is_permanent < 2; is_permanent++) {
        g_autoptr(GString) out = g_string_new(NULL);
        struct verdict v = {.cause = &cause, .rule = &waits, .is_permanent = is_permanent};
        verdict_remedies(&v, &arena, add, out);
        expect_text("steps", (struct slice){out->str, out->len}, is_permanent ? "cause" : "Wait");
    }
    arena_free(&arena);
}

static const struct cause listed = {
    .id = "blocklist.other", .fixer = "sender-operator", .remedy = (const char *const[]){"ask", NULL}};
static const struct cause counted = {
    .id = "rate.limited", .fixer = "sender-operator", .remedy = (const char *const[]){"less", NULL}};
static struct entity counted_ip = {.next = &page, .name = "ip", .value = SLICE("192.0.2.1")};
static const struct provider service = {.name = "Moon Mail"};

/* What hit the address of a service is not for its users to mend; what hit anything else is. */
static void services(void **state) {
    static const struct {
        const struct cause *cause;
        const struct provider *client_of, *provider;
        bool hits;
        struct entity *entities;
    } rows_of[] = {
        {&listed, NULL, NULL, false, &page},
        {&listed, &service, NULL, true, &page},
        {&listed, &service, &venus, true, &page},
        {&listed, &venus, &venus, false, &page},
        {&cause, &service, NULL, false, &page},
        {&counted, &service, NULL, false, &page},
        {&counted, &service, &venus, true, &counted_ip},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows_of); i++) {
        struct arena arena = {0};
        g_autoptr(GString) out = g_string_new(NULL);
        struct verdict v = {.cause = rows_of[i].cause,
                            .client_of = rows_of[i].client_of,
                            .provider = rows_of[i].provider,
                            .entities = rows_of[i].entities};
        verdict_remedies(&v, &arena, add, out);
        expect_number("hits", verdict_hits_service(&v), rows_of[i].hits);
        assert_true((strstr(out->str, "belongs to \x02 Moon Mail\x03") != NULL) == rows_of[i].hits);
        if (rows_of[i].hits) /* nobody is sent to have an address delisted that is not theirs */
            assert_null(strstr(out->str, "https://named.example"));
        arena_free(&arena);
    }
}

static const struct cause old = {.id = "c", .fixer = "author", .seen = "2026-03"};
static const struct cause ageless = {.id = "d", .fixer = "author"};
static const struct reply_rule newer = {.remedy = (const char *const[]){"x", NULL}, .seen = "2026-11-24"};
static const struct reply_rule bare = {.seen = "2027-01"};
static const struct provider_advice there_old = {
    .cause = (const char *const[]){"c", NULL}, .remedy = (const char *const[]){"y", NULL}, .seen = "2025"};
static const struct provider pluto = {.advice = (const struct provider_advice *const[]){&there_old, NULL},
                                      .seen = "2028-01"};
static const struct blocklist moon = {.name = "M", .who = "w", .removal = "r", .seen = "2026-04"};

/* The newest of what is shown, and nothing else. */
static void ages(void **state) {
    const struct {
        const char *expected;
        struct verdict verdict;
    } table[] = {
        {"2026-03", {.cause = &old}},
        {"2026-11", {.cause = &old, .rule = &newer}},
        {"2026-03", {.cause = &old, .rule = &bare}},
        {"2025", {.cause = &old, .fixer = old.fixer, .provider = &pluto}},
        {"2026-04", {.cause = &old, .blocklist = &moon}},
        {"2026-12", {.cause = &old, .fixer = old.fixer, .provider = &mars}},
        {"", {.cause = &ageless, .fixer = ageless.fixer, .provider = &mars}},
        {"2026-03", {.cause = &old, .fixer = "recipient", .provider = &mars}},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(table); i++)
        expect_text(table[i].expected, verdict_advice_month(&table[i].verdict, &arena), table[i].expected);
    assert_ptr_equal(verdict_asks(&table[5].verdict), mars.asks);
    assert_null(verdict_asks(&table[6].verdict));
    assert_null(verdict_asks(&table[7].verdict)); /* no sender can mend it */
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(fills),
                                       cmocka_unit_test(sources),
                                       cmocka_unit_test(leaves_out_pages_of_lists),
                                       cmocka_unit_test(misleads),
                                       cmocka_unit_test(nothing_holds),
                                       cmocka_unit_test(services),
                                       cmocka_unit_test(ages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
