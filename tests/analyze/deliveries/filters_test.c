/* Which deliveries are asked for. */
#include "analyze/deliveries/filters.h"
#include "tests/table.h"

static const struct cause spamhaus = {.id = "blocklist.spamhaus"};
static const struct reply_class refused = {.cause = &spamhaus};

static struct delivery one(enum outcome outcome) {
    return (struct delivery){.queue_id = SLICE("9C1D02B4"),
                             .message_id = SLICE("x@example.com"),
                             .sender = SLICE("ann@example.com"),
                             .recipient = SLICE("bob@example.org"),
                             .original = SLICE("sales@example.net"),
                             .client = SLICE("web.example.com"),
                             .client_ip = SLICE("198.51.100.9"),
                             .relay = SLICE("mx.example.org"),
                             .relay_ip = SLICE("192.0.2.25"),
                             .first = 1000,
                             .last = 2000,
                             .outcome = outcome,
                             .class = &refused};
}

#define ANY .since = -1, .until = -1

static void pass(void **state) {
    static const struct {
        const char *what;
        struct log_filters filters;
        bool passes;
    } rows[] = {
        {"nothing asked", {ANY}, true},
        {"its sender", {ANY, .sender = "ANN@example.com"}, true},
        {"another sender", {ANY, .sender = "carl@example.com"}, false},
        {"its recipient", {ANY, .recipient = "bob@example.org"}, true},
        {"another recipient", {ANY, .recipient = "ann@example.com"}, false},
        {"the sender's domain", {ANY, .domain = "example.com"}, true},
        {"the recipient's domain", {ANY, .domain = "Example.org"}, true},
        {"another domain", {ANY, .domain = "example.net"}, false},
        {"a domain above both", {ANY, .domain = "com"}, true},
        {"the end of its name", {ANY, .domain = "ample.com"}, false},
        {"one below it", {ANY, .domain = "mail.example.com"}, false},
        {"the cause", {ANY, .cause = "blocklist.spamhaus"}, true},
        {"its category", {ANY, .cause = "blocklist"}, true},
        {"half a category", {ANY, .cause = "block"}, false},
        {"another cause", {ANY, .cause = "auth.spf"}, false},
        {"its queue id", {ANY, .queue_id = "9c1d02b4"}, true},
        {"another queue id", {ANY, .queue_id = "9C1D02B5"}, false},
        {"its message id", {ANY, .message_id = "x@example.com"}, true},
        {"another message id", {ANY, .message_id = "y@example.com"}, false},
        {"since before", {.since = 500, .until = -1}, true},
        {"since between", {.since = 1500, .until = -1}, true},
        {"since after", {.since = 2500, .until = -1}, false},
        {"until before", {.since = -1, .until = 500}, false},
        {"until between", {.since = -1, .until = 1500}, true},
        {"all of them",
         {.since = 500, .until = 2500, .sender = "ann@example.com", .domain = "example.org"},
         true},
        {"what it was before", {ANY, .recipient = "sales@example.net"}, true},
        {"its domain alone", {ANY, .recipient = "Example.ORG"}, true},
        {"with an @", {ANY, .recipient = "@example.org"}, true},
        {"who it is at any domain", {ANY, .recipient = "Bob"}, true},
        {"another one at any domain", {ANY, .recipient = "bo"}, false},
        {"as it was copied", {ANY, .recipient = " bob@example.org, "}, true},
        {"of a link", {ANY, .recipient = "mailto:Bob@example.org"}, true},
        {"half a domain", {ANY, .recipient = "ample.org"}, false},
        {"a domain above", {ANY, .recipient = "org"}, false},
        {"a pattern", {ANY, .recipient = "b*@*.org"}, true},
        {"a pattern with a character", {ANY, .sender = "an?@example.com"}, true},
        {"a pattern that does not fit", {ANY, .sender = "*@example.net"}, false},
        {"in brackets", {ANY, .recipient = "<bob@example.org>", .message_id = "<x@example.com>"}, true},
        {"with his name", {ANY, .recipient = "Bob Berg <bob@example.org>"}, true},
        {"another one's name", {ANY, .recipient = "bob@example.org <carl@example.org>"}, false},
        {"the queue id of a line", {ANY, .queue_id = "9C1D02B4:"}, true},
        {"nothing but a colon", {ANY, .queue_id = ":"}, false},
        {"hosts below its relay's domain", {ANY, .relay = "example.org"}, true},
        {"with a dot", {ANY, .relay = ".Example.org"}, true},
        {"the end of its relay's name", {ANY, .relay = "ample.org"}, false},
        {"a dot alone", {ANY, .relay = "."}, false},
        {"its outcome", {ANY, .outcome = OUTCOME_BOUNCED + 1}, true},
        {"another outcome", {ANY, .outcome = OUTCOME_SENT + 1}, false},
        {"its client", {ANY, .client = "web.example.com"}, true},
        {"its client's address", {ANY, .client = "198.51.100.9"}, true},
        {"its client's network", {ANY, .client = "198.51.100.0/24"}, true},
        {"another network", {ANY, .client = "203.0.113.0/24"}, false},
        {"its relay", {ANY, .relay = "MX.example.org"}, true},
        {"its relay's domain", {ANY, .relay = "*.example.org"}, true},
        {"another relay", {ANY, .relay = "mx.example.net"}, false},
        {"one of two", {ANY, .sender = "ann@example.com", .queue_id = "x"}, false},
    };
    (void)state;
    struct delivery d = one(OUTCOME_BOUNCED);
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].what, filters_pass(&rows[i].filters, &d), rows[i].passes);
}

static void have_no_cause(void **state) {
    struct log_filters filters = {ANY, .cause = "blocklist"};
    struct delivery sent = one(OUTCOME_SENT);
    struct delivery unjudged = one(OUTCOME_BOUNCED);
    (void)state;
    unjudged.class = NULL;
    assert_false(filters_pass(&filters, &sent)); /* it was refused first, but then taken */
    assert_false(filters_pass(&filters, &unjudged));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(pass), cmocka_unit_test(have_no_cause)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
