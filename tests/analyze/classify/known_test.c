/* What people hold is found by id, by zone, by host and by other names; what is near is offered. */
#define _GNU_SOURCE
#include "analyze/classify/known.h"

#include "tests/analyze/rules.h"

static const char *name_of(struct known k) {
    return k.entry ? ((const struct rule_head *)k.entry)->id : "";
}

static void test_found(void **state) {
    static const struct {
        const char *word;
        enum known_kind kind;
        const char *id;
    } table[] = {
        {"auth.spf", KNOWN_CAUSE, "auth.spf"},
        {"AUTH.SPF", KNOWN_CAUSE, "auth.spf"},
        {"auth", KNOWN_CATEGORY, ""},
        {"reverse-dns", KNOWN_TOPIC, "reverse-dns"},
        {"PTR", KNOWN_TOPIC, "reverse-dns"},
        {"tls", KNOWN_TOPIC, "tls"},
        {"spf", KNOWN_TOPIC, "spf"},
        {"rbl", KNOWN_TOPIC, "block-lists"},
        {"honeypot", KNOWN_TOPIC, "spam-traps"},
        {"junk", KNOWN_TOPIC, "spam-folder"},
        {"linode", KNOWN_TOPIC, "linode"},
        {"gmail", KNOWN_PROVIDER, "gmail"},
        {"hotmail", KNOWN_PROVIDER, "outlook.com"},
        {"gmail-smtp-in.l.google.com", KNOWN_PROVIDER, "gmail"},
        {"zen.spamhaus.org", KNOWN_BLOCKLIST, "spamhaus-zen"},
        {"Spamhaus ZEN", KNOWN_BLOCKLIST, "spamhaus-zen"},
        {"spamhaus-css", KNOWN_BLOCKLIST, "spamhaus-css"},
        {"auth-required-gmail", KNOWN_RULE, "auth-required-gmail"},
        {"zen", KNOWN_BLOCKLIST, "spamhaus-zen"},
        {"dbl", KNOWN_BLOCKLIST, "spamhaus-dbl"},
        {"ionos", KNOWN_PROVIDER, "gmx"},
        {"Outlook", KNOWN_PROVIDER, "outlook.com"},
        {"aws", KNOWN_PROVIDER, "amazon-ses"},
        {"mail", KNOWN_NOTHING, ""},
        {"reverse dns", KNOWN_TOPIC, "reverse-dns"},
        {"spam_folder", KNOWN_TOPIC, "spam-folder"},
        {"phpmailer", KNOWN_TOPIC, "web-application"},
        {"forwarding", KNOWN_TOPIC, "forwarding"},
        {"hacked", KNOWN_TOPIC, "hacked"},
        {"cPanel", KNOWN_TOPIC, "cpanel"},
        {"hetzner", KNOWN_TOPIC, "cloud-hosts"},
        {"topics", KNOWN_KIND, ""},
        {"providers", KNOWN_KIND, ""},
        {"lists", KNOWN_KIND, ""},
        {"causes", KNOWN_KIND, ""},
        {"5.7.26", KNOWN_NOTHING, ""},
        {"no-such-thing.example", KNOWN_NOTHING, ""},
        {"", KNOWN_NOTHING, ""},
        {".", KNOWN_NOTHING, ""},
    };
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    for (size_t i = 0; i < ROWS(table); i++) {
        struct known k = known_find(rules.matcher, slice_of(table[i].word));
        expect_number(table[i].word, k.kind, table[i].kind);
        expect_text(table[i].word, slice_of(name_of(k)), table[i].id);
    }
    rules_close(&rules);
}

static void test_nearest(void **state) {
    static const struct {
        const char *word, *first;
    } table[] = {
        {"gmale", "gmail"},
        {"blocklist.spamhuas", "blocklist.spamhaus"},
        {"greylisting", "rate.greylisted"},
        {"greylisted", "rate.greylisted"},
        {"qqqqqqqqqqqqqqqqqq", NULL},
        {"", NULL},
    };
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    for (size_t i = 0; i < ROWS(table); i++) {
        const char *names[3] = {NULL};
        size_t count = known_nearest(&rules.base, slice_of(table[i].word), false, names, ROWS(names));
        expect_text(table[i].word, slice_of(count ? names[0] : NULL), table[i].first ? table[i].first : "");
    }
    rules_close(&rules);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_found), cmocka_unit_test(test_nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
