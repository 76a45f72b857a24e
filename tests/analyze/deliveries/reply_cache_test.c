/* Judging replies of a log: what is alike is judged once, what is not is kept apart. */
#include "analyze/deliveries/reply_cache.h"
#include "tests/table.h"

static struct ruleset *rules;
static struct judged_replies *judged;

static int load(void **state) {
    (void)state;
    rules = ruleset_new(&builtin_rules);
    judged = judged_replies_new();
    return rules ? 0 : -1;
}

static int unload(void **state) {
    (void)state;
    judged_replies_free(judged);
    ruleset_free(rules);
    return 0;
}

static struct log_event refusal(const char *text) {
    return (struct log_event){.kind = LOG_ATTEMPT,
                              .status = LOG_BOUNCED,
                              .recipient = SLICE("bob@example.org"),
                              .relay = SLICE("mx.example.org"),
                              .text = slice_of(text)};
}

/* In one cache, one after the other: what an earlier reply left there must not decide about a later one. */
static void judges(void **state) {
    static const struct {
        const char *text, *cause;
    } rows[] = {
        {"550 5.1.1 <bob@example.org>: Recipient address rejected: User unknown", "recipient.unknown"},
        {"550 5.1.1 <carl@example.net>: Recipient address rejected: User unknown", "recipient.unknown"},
        {"550 5.1.1 <bob@example.org>: Recipient address rejected: Mailbox full", "recipient.full"},
        {"552 5.2.2 <bob@example.org>: user is over quota", "recipient.full"},
        {"450 4.2.0 <bob@example.org>: Recipient address rejected: Greylisted", "rate.greylisted"},
        {"450 4.2.0 <bob@example.org>: Recipient address rejected: Greylisted", "rate.greylisted"},
        {"554 5.7.1 Service unavailable; Client host [198.51.100.9] blocked using zen.spamhaus.org",
         "blocklist.spamhaus"},
        {"554 5.7.1 Service unavailable; Client host [198.51.100.77] blocked using zen.spamhaus.org",
         "blocklist.spamhaus"},
        {"554 5.7.1 Service unavailable; Client host [198.51.100.9] blocked using bl.spamcop.net",
         "blocklist.spamcop"},
        {"554 5.7.1 <bob@example.org>: Relay access denied", "relay.denied"},
    };
    struct reply_cache *cache = reply_cache_new(rules, judged);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_event e = refusal(rows[i].text);
        const struct reply_class *class = reply_cache_judge(cache, &e);
        expect_text(rows[i].text, slice_of(class->cause->id), rows[i].cause);
        assert_ptr_equal(reply_cache_judge(cache, &e), class);
    }
    reply_cache_free(cache);
}

static void gives_one_class_to_what_is_judged_alike(void **state) {
    struct reply_cache *cache = reply_cache_new(rules, judged);
    struct log_event one = refusal("550 5.1.1 <bob@example.org>: Recipient address rejected: User unknown");
    struct log_event two =
        refusal("550 5.1.1 <x@example.net>: Recipient address rejected: User unknown (4711)");
    (void)state;
    assert_ptr_equal(reply_cache_judge(cache, &one), reply_cache_judge(cache, &two));
    reply_cache_free(cache);
}

/* The code beside the text counts, and the text that is empty. */
static void looks_at_the_code_of_the_line(void **state) {
    struct reply_cache *cache = reply_cache_new(rules, judged);
    struct log_event none = refusal("");
    struct log_event full = refusal("");
    (void)state;
    full.status_code = SLICE("5.2.2");
    assert_string_equal(reply_cache_judge(cache, &full)->cause->id, "recipient.full");
    assert_string_not_equal(reply_cache_judge(cache, &none)->cause->id, "recipient.full");
    assert_string_equal(reply_cache_judge(cache, &full)->cause->id, "recipient.full");
    reply_cache_free(cache);
}

/* A reply that is too long to be kept is judged each time. */
static void judges_long_replies(void **state) {
    static char text[20000] = "550 5.1.1 <bob@example.org>: User unknown ";
    struct reply_cache *cache = reply_cache_new(rules, judged);
    (void)state;
    memset(text + strlen(text), 'x', sizeof text - 1 - strlen(text));
    struct log_event e = refusal(text);
    for (int i = 0; i < 2; i++)
        assert_string_equal(reply_cache_judge(cache, &e)->cause->id, "recipient.unknown");
    reply_cache_free(cache);
}

/* What others were refused was answered by this host: the client's name, which stands where a relay's
 * address does, must not be taken for who answered. */
static void knows_who_answered(void **state) {
    struct reply_cache *cache = reply_cache_new(rules, judged);
    struct log_event reject = {.kind = LOG_REJECT,
                               .recipient = SLICE("bob@example.com"),
                               .text = SLICE("554 5.7.1 <bob@example.com>: Relay access denied"),
                               .client = SLICE("mail.example.net"),
                               .message_id = SLICE("gmail-smtp-in.l.google.com")};
    (void)state;
    assert_string_equal(reply_cache_judge(cache, &reject)->cause->id, "relay.denied");
    reply_cache_free(cache);
}

static void remembers_many_relays(void **state) {
    static const char *const relays[] = {
        "gmail-smtp-in.l.google.com", "mx.example.org", "", "GMAIL-smtp-in.l.google.com",
        "a-name-of-a-host-that-is-longer-than-what-is-kept-of-a-relay.example.org"};
    struct reply_cache *cache = reply_cache_new(rules, judged);
    (void)state;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < ROWS(relays); i++) {
            struct log_event e = refusal("550 5.1.1 User unknown");
            e.relay = slice_of(relays[i]);
            assert_string_equal(reply_cache_judge(cache, &e)->cause->id, "recipient.unknown");
        }
    reply_cache_free(cache);
}

static void knows_what_was_taken_and_not_delivered(void **state) {
    static const struct {
        const char *text;
        enum log_status status;
    } rows[] = {{"250 2.7.0 Ok, discarded, id=03491-01 - spam", LOG_DISCARDED},
                {"250 2.7.0 Ok, discarded, id=03491-02 - spam", LOG_DISCARDED},
                {"250 2.5.0 Ok, id=03491-01, BOUNCE", LOG_BOUNCED},
                {"250 2.5.0 Ok, id=03491-01, DISCARD(bounce.suppressed)", LOG_DISCARDED},
                {"250 2.0.0 Message quarantined as spam", LOG_HELD},
                {"250 2.6.0 Ok, id=03491-01, from MTA: 250 Ok", LOG_SENT},
                {"delivered via spam service", LOG_SENT},
                {"250 Ok", LOG_SENT},
                {"250 Ok", LOG_SENT}};
    struct reply_cache *cache = reply_cache_new(rules, judged);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_event e = {.kind = LOG_ATTEMPT, .status = LOG_SENT, .text = slice_of(rows[i].text)};
        reply_cache_take(cache, &e);
        expect_number(rows[i].text, e.status, rows[i].status);
        expect_number(rows[i].text, e.is_forwarded, strncmp(rows[i].text, "delivered", 9) == 0);
    }
    reply_cache_free(cache);
}

/* What one thread judged, another finds, which here has no rules to judge by. */
static void shares_what_was_judged(void **state) {
    static const struct rulebase none;
    struct ruleset *no_rules = ruleset_new(&none);
    struct reply_cache *one = reply_cache_new(rules, judged);
    struct reply_cache *other = reply_cache_new(no_rules, judged);
    struct log_event e =
        refusal("550 5.1.1 <bob@example.org>: Recipient address rejected: User unknown here");
    (void)state;
    const struct reply_class *class = reply_cache_judge(one, &e);
    assert_ptr_equal(reply_cache_judge(other, &e), class);
    reply_cache_free(one);
    assert_ptr_equal(reply_cache_judge(other, &e), class);
    reply_cache_free(other);
    ruleset_free(no_rules);
}

static void is_a_judge(void **state) {
    struct reply_judging judging = {rules, judged};
    struct reply_judge judge = reply_cache_as_judge(&judging);
    struct log_event e = refusal("450 4.2.0 Greylisted");
    (void)state;
    void *thread = judge.begin(judge.context);
    assert_string_equal(judge.judge(thread, &e)->cause->id, "rate.greylisted");
    e.text = SLICE("250 Ok, message held for moderation");
    judge.take(thread, &e);
    assert_int_equal(e.status, LOG_HELD);
    judge.end(thread);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(judges),
                                       cmocka_unit_test(gives_one_class_to_what_is_judged_alike),
                                       cmocka_unit_test(looks_at_the_code_of_the_line),
                                       cmocka_unit_test(judges_long_replies),
                                       cmocka_unit_test(knows_who_answered),
                                       cmocka_unit_test(remembers_many_relays),
                                       cmocka_unit_test(knows_what_was_taken_and_not_delivered),
                                       cmocka_unit_test(shares_what_was_judged),
                                       cmocka_unit_test(is_a_judge)};
    return cmocka_run_group_tests(tests, load, unload);
}
