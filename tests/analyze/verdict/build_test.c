/* From the facts of a message to verdicts, by the built-in rules. */
#define _GNU_SOURCE
#include "analyze/verdict/build.h"
#include "analyze/verdict/build_pasted.h"

#include "parsers/bounce/bounce.h"
#include "tests/analyze/built_in_rules.h"

static struct slice words(const struct report *report, struct arena *arena) {
    struct slice text = SLICE_EMPTY;
    for (const struct verdict *v = report->verdicts; v; v = v->next)
        text = arena_printf(arena, "%.*s%s%.*s %s %s %s", S(text), text.len ? "; " : "", S(v->recipient),
                            v->outcome ? action_name(v->outcome) : "-", v->cause->id,
                            confidence_name(v->confidence));
    return text;
}

static const struct {
    enum input_kind kind;
    const char *diagnostics[2]; /* of a@r.example, b@r.example */
    enum action action;
    const char *expected;
} rows[] = {
    {KIND_BOUNCE, {"550 5.1.1 user unknown"}, ACTION_FAILED, "a@r.example failed recipient.unknown certain"},
    {KIND_BOUNCE,
     {"550 5.1.1 user unknown", "552 5.2.2 mailbox full"},
     ACTION_FAILED,
     "a@r.example failed recipient.unknown certain; b@r.example failed recipient.full certain"},
    {KIND_BOUNCE, {"250 ok"}, ACTION_DELIVERED, "a@r.example delivered notice.delivered certain"},
    /* an Action that its own reply belies */
    {KIND_BOUNCE,
     {"550 5.1.1 user unknown"},
     ACTION_DELIVERED,
     "a@r.example failed recipient.unknown likely"},
    {KIND_BOUNCE, {"450 4.2.2 mailbox full"}, ACTION_RELAYED, "a@r.example delayed recipient.full likely"},
    {KIND_BOUNCE, {"who knows"}, ACTION_DELAYED, "a@r.example delayed notice.delayed certain"},
    {KIND_BOUNCE, {NULL}, ACTION_FAILED, ""},
    {KIND_AUTO_REPLY, {NULL}, ACTION_UNKNOWN, " - notice.auto-reply certain"},
    {KIND_AUTO_REPLY, {"x"}, ACTION_UNKNOWN, "a@r.example - notice.auto-reply certain"},
    {KIND_COMPLAINT, {NULL}, ACTION_UNKNOWN, " - notice.complaint certain"},
    {KIND_CHALLENGE, {NULL}, ACTION_UNKNOWN, " - notice.challenge certain"},
    {KIND_MESSAGE, {NULL}, ACTION_UNKNOWN, ""},
    {KIND_NONE, {NULL}, ACTION_UNKNOWN, ""},
};

static void verdicts(void **state) {
    static const char *const addresses[] = {"a@r.example", "b@r.example"};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct recipient recipients[2] = {{0}};
        struct bounce bounce = {.kind = rows[i].kind ? rows[i].kind : KIND_MESSAGE, /* one without a header */
                                .format = "dsn",
                                .human = SLICE("in words"),
                                .returned.is_present = rows[i].kind != KIND_NONE};
        for (size_t k = 0; k < 2 && rows[i].diagnostics[k]; k++) {
            recipients[k] = (struct recipient){.address = slice_of(addresses[k]),
                                               .diagnostic = slice_of(rows[i].diagnostics[k]),
                                               .action = rows[i].action,
                                               .last_attempt = -1,
                                               .retry_until = -1};
            *(k ? &recipients[0].next : &bounce.recipients) = &recipients[k];
            bounce.count++;
        }
        struct report report = {0};
        report.problems.end = &report.problems.first;
        report_build(&report, &bounce, loaded.matcher, NULL, &arena);
        expect_text(rows[i].diagnostics[0] ? rows[i].diagnostics[0] : "no recipient", words(&report, &arena),
                    rows[i].expected);
        expect_number("kind", report.kind, rows[i].kind == KIND_CHALLENGE ? KIND_AUTO_REPLY : rows[i].kind);
        assert_false(report.has_error);
        arena_free(&arena);
    }
}

/* Where the end of the message is missing, words that would decide may be. */
static void cut(void **state) {
    struct arena arena = {0};
    struct recipient recipient = {
        .diagnostic = SLICE("550 5.1.1 user unknown"), .last_attempt = -1, .retry_until = -1};
    struct bounce bounce = {.kind = KIND_BOUNCE, .is_cut = true, .recipients = &recipient, .count = 1};
    struct report report = {0};
    report.problems.end = &report.problems.first;
    (void)state;
    report_build(&report, &bounce, loaded.matcher, NULL, &arena);
    expect_text("cut", words(&report, &arena), " failed recipient.unknown likely");
    arena_free(&arena);
}

/* What says yes is no refusal, and what says nothing of time is neither permanent nor temporary. */
static void not_refused(void **state) {
    static const struct {
        const char *reply, *cause;
        bool is_permanent, is_lasting_known;
    } says[] = {
        {"250 2.0.0 Ok: queued as 4F", "notice.delivered", false, true},
        {"252 maybe", "notice.delivered", false, true},
        {"354 go ahead", "unknown.unclassified", true, false},
        {"220 mail.example.com ESMTP", "unknown.unclassified", true, false},
        {"", "unknown.unclassified", true, false},
        {"the moon is in the wrong quarter", "unknown.unclassified", true, false},
        {"550 the moon is in the wrong quarter", "access.denied", true, true},
        {"2500 is no code", "unknown.unclassified", true, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++) {
        struct arena arena = {0};
        struct verdict v;
        verdict_of_reply(&v, slice_of(says[i].reply), loaded.matcher, &arena);
        expect_text(says[i].reply, slice_of(v.cause->id), says[i].cause);
        expect_number(says[i].reply, v.is_lasting_known, says[i].is_lasting_known);
        if (v.is_lasting_known)
            expect_number(says[i].reply, v.is_permanent, says[i].is_permanent);
        arena_free(&arena);
    }
}

/* Who said it, and how far that is believed. */
static void evidence(void **state) {
    static const struct {
        const char *reporter, *host;
        enum { FROM_INSIDE, FROM_OUTSIDE, WITHOUT_WAY, PASSED_ON } way;
        const char *expected, *sentence;
    } says[] = {
        {"mail.ours.example", "mx.r.example", FROM_INSIDE,
         "Diagnostic-Code mx.r.example remote; Status mail.ours.example own; text of the report "
         "mail.ours.example own",
         NULL},
        {"mail.ours.example", "", FROM_INSIDE,
         "Diagnostic-Code mail.ours.example remote; Status mail.ours.example own; text of the report "
         "mail.ours.example own",
         NULL},
        {"mail.ours.example", "", FROM_INSIDE,
         "Diagnostic-Code mail.ours.example remote; Status mail.ours.example own; text of the report "
         "mail.ours.example remote",
         "<a@r.example>: 550 5.7.1 listed by zen.spamhaus.org, 192.0.2.1: call us"},
        {"mail.ours.example", "mx.r.example", FROM_INSIDE,
         "Diagnostic-Code mx.r.example remote; Status mail.ours.example own; text of the report "
         "mail.ours.example remote",
         "host mx.r.example said: 550 other words"},
        {"mail.ours.example", "mx.r.example", FROM_OUTSIDE,
         "Diagnostic-Code mx.r.example unverified; Status mail.ours.example unverified; text of the report "
         "mail.ours.example unverified",
         NULL}, /* anybody can sign with our name */
        {"mail.ours.example", "mx.r.example", WITHOUT_WAY,
         "Diagnostic-Code mx.r.example unverified; Status mail.ours.example unverified; text of the report "
         "mail.ours.example unverified",
         NULL}, /* no host of ours wrote a Received field on it */
        {"mail.ours.example", "mx.r.example", PASSED_ON,
         "Diagnostic-Code mx.r.example unverified; Status mail.ours.example unverified; text of the report "
         "mail.ours.example unverified",
         NULL},
        {"mail.theirs.example", "mx.r.example", FROM_INSIDE,
         "Diagnostic-Code mx.r.example unverified; Status mail.theirs.example unverified; text of the report "
         "mail.theirs.example unverified",
         NULL},
    };
    static const char *const entries[] = {".ours.example"};
    struct trust_list trust = {entries, 1};
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++) {
        struct arena arena = {0};
        struct recipient r = {.address = SLICE("a@r.example"),
                              .diagnostic = SLICE("550 5.7.1 listed by zen.spamhaus.org, 192.0.2.1"),
                              .where = "Diagnostic-Code",
                              .sentence = slice_of(says[i].sentence ? says[i].sentence : "it was refused"),
                              .host = slice_of(says[i].host),
                              .status = {5, 7, 1},
                              .action = ACTION_FAILED,
                              .last_attempt = -1};
        struct bounce bounce = {
            .kind = KIND_BOUNCE, .recipients = &r, .count = 1, .reporter = slice_of(says[i].reporter)};
        struct report report = {0};
        struct slice found = SLICE_EMPTY;
        report.problems.end = &report.problems.first;
        report.carrier.chain.count = says[i].way != WITHOUT_WAY;
        report.carrier.chain.is_inside = says[i].way == FROM_INSIDE || says[i].way == PASSED_ON;
        bounce.is_forwarded = says[i].way == PASSED_ON;
        report_build(&report, &bounce, loaded.matcher, &trust, &arena);
        for (const struct evidence *e = report.verdicts->evidence; e; e = e->next)
            found = arena_printf(&arena, "%.*s%s%s %.*s %s", S(found), found.len ? "; " : "", e->where,
                                 S(e->asserted_by), trust_name(e->trust));
        expect_text(says[i].reporter, found, says[i].expected);
        expect_text("the list", slice_of(report.verdicts->blocklist->id), "spamhaus-zen");
        arena_free(&arena);
    }
}

static void bare_reply(void **state) {
    struct arena arena = {0};
    struct verdict v;
    (void)state;
    verdict_of_reply(&v, SLICE("550 5.1.1 user unknown"), loaded.matcher, &arena);
    expect_text("cause", slice_of(v.cause->id), "recipient.unknown");
    expect_number("outcome", v.outcome, ACTION_UNKNOWN);
    expect_text("where", slice_of(v.evidence->where), "as given");
    assert_false(verdict_is_delivered(&v));
    arena_free(&arena);
}

/* Who answers in a session is named by its greeting, or else as it was called. */
static void session_server(void **state) {
    static const struct {
        const char *text, *host;
    } sessions[] = {
        {"220 mx.moon.example ESMTP\nEHLO mail.shop.example\n250 mx2.moon.example\n"
         "MAIL FROM:<a@shop.example>\n550 5.7.1 Access denied\n",
         "mx.moon.example"},
        {"220 ESMTP\nEHLO mail.shop.example\n250 mx2.moon.example\n"
         "MAIL FROM:<a@shop.example>\n550 5.7.1 Access denied\n",
         "mx2.moon.example"},
        {"220 mx.moon.example ESMTP\nMAIL FROM:<a@shop.example>\n250 ok\nRCPT TO:<b@moon.example>\n"
         "550 5.7.1 host mx.sun.example[192.0.2.9] said: 550 5.7.1 Access denied\n",
         "mx.sun.example"},
        {"220 server ESMTP\nMAIL FROM:<a@shop.example>\n250 ok\nRCPT TO:<b@moon.example>\n"
         "550 5.7.1 Access denied\n",
         ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(sessions); i++) {
        struct report r = {0};
        assert_true(report_build_pasted(&r, slice_of(sessions[i].text), loaded.matcher, &arena));
        expect_text(sessions[i].text, r.verdicts->host, sessions[i].host);
    }
    arena_free(&arena);
}

/* Who lets somebody log in is his outgoing server: there is no recipient's administrator to be asked. */
static void session_login(void **state) {
    static const struct {
        const char *text, *fixer;
    } sessions[] = {
        {"235 2.0.0 ok\nMAIL FROM:<a@shop.example>\n250 ok\nRCPT TO:<b@moon.example>\n250 ok\nDATA\n354 go\n"
         "550 5.7.1 access denied\n",
         "sender-operator"},
        {"MAIL FROM:<a@shop.example>\n250 ok\nRCPT TO:<b@moon.example>\n250 ok\nDATA\n354 go\n"
         "550 5.7.1 access denied\n",
         "receiver-operator"},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(sessions); i++) {
        struct report r = {0};
        assert_true(report_build_pasted(&r, slice_of(sessions[i].text), loaded.matcher, &arena));
        expect_text(sessions[i].text, slice_of(r.verdicts->fixer), sessions[i].fixer);
    }
    arena_free(&arena);
}

/* A client that leaves where TLS was to begin tells of no refusal, unless it says itself what was wrong. */
static void session_tls(void **state) {
    static const char start[] =
        "SERVER -> CLIENT: 220 mx.moon.example ESMTP\nCLIENT -> SERVER: EHLO x.shop.example\n"
        "SERVER -> CLIENT: 250 mx.moon.example\nCLIENT -> SERVER: STARTTLS\n"
        "SERVER -> CLIENT: 220 2.0.0 Ready to start TLS\n";
    static const struct {
        const char *behind, *cause;
    } sessions[] = {
        {"CLIENT -> SERVER: QUIT\n", "tls.failed"},
        {"SMTP Error: Could not connect to SMTP host.\nCLIENT -> SERVER: QUIT\n", "tls.failed"},
        {"Connection failed. Error #2: stream_socket_enable_crypto(): SSL operation failed with code 1. "
         "OpenSSL Error "
         "messages:\nerror:0A000086:SSL routines::certificate verify failed\nCLIENT -> SERVER: QUIT\n",
         "tls.certificate"},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(sessions); i++) {
        struct report r = {0};
        struct slice text = arena_printf(&arena, "%s%s", start, sessions[i].behind);
        assert_true(report_build_pasted(&r, text, loaded.matcher, &arena));
        expect_text(sessions[i].behind, slice_of(r.verdicts->cause->id), sessions[i].cause);
        expect_number("who refused", (long long)r.verdicts->host.len, 0);
    }
    arena_free(&arena);
}

/* Where an alias leads to what does not work, its owner corrects it. */
static void led(void **state) {
    static const struct {
        const char *original, *diagnostic, *from, *fixer;
    } rows_led[] = {
        {"info@b.example", "550 5.1.1 user unknown", "info@b.example", "receiver-operator"},
        {"root", "550 5.1.1 user unknown", "root", "sender-operator"},
        {"A@r.example", "550 5.1.1 user unknown", "", "author"},
        {"", "550 5.1.1 user unknown", "", "author"},
        {"info@b.example", "552 5.3.4 message too big", "", "author"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows_led); i++) {
        struct arena arena = {0};
        struct recipient r = {.address = SLICE("a@r.example"),
                              .original = slice_of(rows_led[i].original),
                              .action = ACTION_FAILED,
                              .diagnostic = slice_of(rows_led[i].diagnostic)};
        struct bounce bounce = {.kind = KIND_BOUNCE, .count = 1, .recipients = &r};
        struct report report = {0};
        report.problems.end = &report.problems.first;
        report_build(&report, &bounce, loaded.matcher, NULL, &arena);
        expect_text(rows_led[i].original, report.verdicts->led_from, rows_led[i].from);
        expect_text(rows_led[i].original, slice_of(report.verdicts->fixer), rows_led[i].fixer);
        arena_free(&arena);
    }
}

/* Each type of feedback says something else (RFC 5965 section 7.3, RFC 6430). */
static void feedback(void **state) {
    static const struct {
        const char *type, *cause;
    } says[] = {
        {"abuse", "notice.complaint"}, {"Opt-Out", "notice.complaint"}, {"opt-out-list", "notice.complaint"},
        {"", "notice.complaint"},      {"not-spam", "notice.not-spam"}, {" fraud ", "notice.fraud"},
        {"virus", "notice.virus"},     {"other", "notice.feedback"},    {"x-moon", "notice.feedback"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++) {
        struct arena arena = {0};
        struct bounce bounce = {.kind = KIND_COMPLAINT, .complaint.type = slice_of(says[i].type)};
        struct report report = {0};
        report.problems.end = &report.problems.first;
        report_build(&report, &bounce, loaded.matcher, NULL, &arena);
        expect_text(says[i].type, slice_of(report.verdicts->cause->id), says[i].cause);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(verdicts),       cmocka_unit_test(cut),
                                       cmocka_unit_test(feedback),       cmocka_unit_test(not_refused),
                                       cmocka_unit_test(evidence),       cmocka_unit_test(bare_reply),
                                       cmocka_unit_test(session_server), cmocka_unit_test(session_login),
                                       cmocka_unit_test(session_tls),    cmocka_unit_test(led)};
    return cmocka_run_group_tests(tests, load, unload);
}
