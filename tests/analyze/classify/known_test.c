/* What people hold is found by id, by zone, by host and by other names; what is near is offered. */
#define _GNU_SOURCE
#include "analyze/classify/known.h"

#include "analyze/classify/known_name.h"
#include "analyze/classify/known_near.h"
#include "tests/analyze/rules.h"

#include <glib.h>

static const char *id_of(struct known k) {
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
        {"quota", KNOWN_CAUSE, "recipient.full"},
        {"over quota", KNOWN_CAUSE, "recipient.full"},
        {"certificate expired", KNOWN_CAUSE, "tls.certificate"},
        {"spamhaus", KNOWN_CAUSE, "blocklist.spamhaus"},
        {"over-quota", KNOWN_CAUSE, "recipient.full"},
        {"rule over-quota", KNOWN_RULE, "over-quota"},
        {"list barracuda", KNOWN_BLOCKLIST, "barracuda"},
        {"dane", KNOWN_TOPIC, "tls"},
        {"Newsletters", KNOWN_TOPIC, "bulk-mail"},
        {"SCL", KNOWN_TOPIC, "microsoft-headers"},
        {"X-Forefront-Antispam-Report", KNOWN_TOPIC, "microsoft-headers"},
        {"x-spam-status", KNOWN_FIELD, "spamassassin-spam"},
        {"App Password", KNOWN_TOPIC, "mail-programs"},
        {"white list", KNOWN_TOPIC, "allow-lists"},
        {"winmail.dat", KNOWN_TOPIC, "winmail-dat"},
        {"The mailbox is full", KNOWN_CAUSE, "recipient.full"},
        {"5.7.26", KNOWN_NOTHING, ""},
        {"no-such-thing.example", KNOWN_NOTHING, ""},
        {"", KNOWN_NOTHING, ""},
        {".", KNOWN_NOTHING, ""},
    };
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    for (size_t i = 0; i < ROWS(table); i++) {
        struct known_pages found = known_find(rules.matcher, slice_of(table[i].word));
        expect_number(table[i].word, (long long)found.count, table[i].kind != KNOWN_NOTHING);
        expect_number(table[i].word, found.count ? found.pages[0].kind : KNOWN_NOTHING, table[i].kind);
        expect_text(table[i].word, slice_of(found.count ? id_of(found.pages[0]) : ""), table[i].id);
    }
    rules_close(&rules);
}

/* The ids of pages, with blanks between. */
static void expect_pages(const char *word, struct known_pages found, const char *wanted) {
    GString *ids = g_string_new(NULL);
    for (size_t i = 0; i < found.count; i++)
        g_string_append_printf(ids, "%s%s", i ? " " : "", id_of(found.pages[i]));
    expect_text(word, slice_of(ids->str), wanted);
    g_string_free(ids, TRUE);
}

static void test_several(void **state) {
    static const struct {
        const char *word, *pages;
    } table[] = {{"password", "access.login-required mail-programs"},
                 {"queue", "delivery mail-log queue.expired"},
                 {"exchange", "mail-log microsoft365"},
                 {"srs", "return-path forwarding"},
                 {"barracuda", "barracuda barracuda"}};
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    for (size_t i = 0; i < ROWS(table); i++)
        expect_pages(table[i].word, known_find(rules.matcher, slice_of(table[i].word)), table[i].pages);
    rules_close(&rules);
}

static void test_within(void **state) {
    static const struct {
        const char *text, *pages;
    } table[] = {{"SFV:SPM", "microsoft-headers"},
                 {"root@localhost", "local-mail"},
                 {"why does the newsletter fail", "bulk-mail"},
                 {"the mailbox full problem", "recipient.full"},
                 {"nothing of the sort", ""},
                 {"", ""}};
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    for (size_t i = 0; i < ROWS(table); i++)
        expect_pages(table[i].text, known_within(&rules.base, slice_of(table[i].text)), table[i].pages);
    rules_close(&rules);
}

/* A name by which its own page is not found is of no use, and misleads who reads the rules. */
static void expect_found(struct matcher *matcher, const void *entry, const char *const *names) {
    for (; names && *names; names++) {
        struct known_pages found = known_find(matcher, slice_of(*names));
        bool is_there = false;
        for (size_t i = 0; i < found.count; i++)
            is_there |= found.pages[i].entry == entry;
        expect_text(*names, slice_of(is_there ? "found" : "hidden by another page"), "found");
    }
}

static void test_no_name_is_hidden(void **state) {
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    const struct rule_list *causes = &rules.base.lists[RULES_CAUSES];
    const struct rule_list *topics = &rules.base.lists[RULES_TOPICS];
    for (size_t i = 0; i < causes->count; i++)
        expect_found(rules.matcher, causes->items[i], ((const struct cause *)causes->items[i])->names);
    for (size_t i = 0; i < topics->count; i++)
        expect_found(rules.matcher, topics->items[i], ((const struct topic *)topics->items[i])->names);
    rules_close(&rules);
}

static void test_names_agree(void **state) {
    static const struct {
        const char *one, *other;
        bool agrees;
    } table[] = {{"Auto Reply", "autoreply", true},
                 {"auto-replys", "auto reply", true},
                 {"newsletter", "newsletters", true},
                 {"winmail.dat", "winmail-dat", true},
                 {"certificate expired", "expired-certificates", true},
                 {"not found not", "found-not-found", true},
                 {"dns", "dn", false},
                 {"spam", "spa", false},
                 {"", "", false},
                 {"-", "-", false},
                 {"boîte pleine", "boîte-pleine", true}};
    (void)state;
    for (size_t i = 0; i < ROWS(table); i++) {
        struct slice one = slice_of(table[i].one);
        struct slice other = slice_of(table[i].other);
        expect_number(table[i].one, name_agrees(one, other), table[i].agrees);
        expect_number(table[i].other, name_agrees(other, one), table[i].agrees);
    }
    expect_number("within", (long long)name_within(SLICE("is it a size limit?"), SLICE("size-limit")), 2);
    expect_number("parted", (long long)name_within(SLICE("size, no limit"), SLICE("size-limit")), 0);
    expect_number("shares", (long long)name_shares(SLICE("the port of mail"), SLICE("port-25")), 1);
}

static void test_nearest(void **state) {
    static const struct {
        const char *word, *first;
    } table[] = {
        {"gmale", "gmail"},
        {"blocklist.spamhuas", "blocklist.spamhaus"},
        {"greylistin", "rate.greylisted"},
        {"newslettre", "bulk-mail"},
        {"wrong limit of size", "limits.message-size"},
        {"compqrt", NULL},
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

/* A word that no page bears is looked for in what the pages say. */
static void test_speaking(void **state) {
    static const struct {
        const char *word, *first;
    } table[] = {{"imprint", "t-online"},
                 {"JMRP", "blocklist.microsoft"},
                 {"rua", "spoofing"},
                 {"server", NULL},
                 {"of", NULL},
                 {"qqqqqqqqqqqqqqqqqq", NULL},
                 {"", NULL}};
    struct loaded_rules rules;
    (void)state;
    rules_open(&rules, NULL);
    for (size_t i = 0; i < ROWS(table); i++) {
        struct known_pages found = known_speaking(&rules.base, slice_of(table[i].word));
        const char *id = found.count ? ((const struct rule_head *)found.pages[0].entry)->id : NULL;
        expect_text(table[i].word, slice_of(id), table[i].first ? table[i].first : "");
    }
    rules_close(&rules);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_speaking),
                                       cmocka_unit_test(test_found),
                                       cmocka_unit_test(test_several),
                                       cmocka_unit_test(test_within),
                                       cmocka_unit_test(test_no_name_is_hidden),
                                       cmocka_unit_test(test_names_agree),
                                       cmocka_unit_test(test_nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
