/* From what is told of one try to a judgement: which words count, and what the outcome itself decides. */
#define _GNU_SOURCE
#include "analyze/classify/judge.h"
#include "tests/analyze/rules.h"

static const char rules[] =
    "replies:\n"
    "- {id: full, cause: recipient.full, text: garlic, examples: [x]}\n"
    "- {id: unknown, cause: recipient.unknown, text: wolf, examples: [x]}\n"
    "- {id: refused, cause: access.denied, text: refused, level: bare, examples: [x]}\n"
    "- {id: expired, cause: queue.expired, text: given up, examples: [x]}\n"
    "- {id: waits, cause: notice.delayed, text: still waits, examples: [x]}\n"
    "- {id: code, cause: recipient.disabled, enhanced: ['5.2.1'], examples: [x]}\n";

static const struct {
    const char *diagnostic, *sentence, *human;
    enum action action;
    int status[3];
    bool is_only;
    const char *expected; /* cause, underlying, confidence, permanence; code and text of the reply */
} rows[] = {
    {"550 5.1.1 a wolf",
     "",
     "",
     ACTION_FAILED,
     {0},
     false,
     "recipient.unknown - certain permanent; 550 5.1.1 a wolf"},
    {"450 4.1.1 a wolf",
     "",
     "",
     ACTION_DELAYED,
     {0},
     false,
     "recipient.unknown - certain passing; 450 4.1.1 a wolf"},
    {"550 refused",
     "no garlic here",
     "",
     ACTION_FAILED,
     {0},
     false,
     "recipient.full - certain permanent; 550 0.0.0 refused"}, /* the sentence knows more */
    /* what stands beside the reply is not certain where its code, or the Status field, says something else */
    {"550 5.2.1 moon",
     "no garlic here",
     "",
     ACTION_FAILED,
     {0},
     false,
     "recipient.full - likely permanent; 550 5.2.1 moon"},
    {"550 5.7.1 refused",
     "no garlic here",
     "",
     ACTION_FAILED,
     {5, 2, 1},
     false,
     "recipient.full - likely permanent; 550 5.7.1 refused"},
    {"550 refused",
     "nothing",
     "a wolf",
     ACTION_FAILED,
     {0},
     true,
     "recipient.unknown - certain permanent; 550 0.0.0 refused"}, /* the whole report knows more */
    {"550 refused",
     "nothing",
     "a wolf",
     ACTION_FAILED,
     {0},
     false,
     "access.denied - guess permanent; 550 0.0.0 refused"}, /* it is about several recipients */
    {"",
     "a wolf",
     "",
     ACTION_FAILED,
     {5, 1, 1},
     false,
     "recipient.unknown - certain permanent; 0 5.1.1 a wolf"},
    {"550 moon",
     "",
     "",
     ACTION_FAILED,
     {5, 2, 1},
     false,
     "recipient.disabled - likely permanent; 550 5.2.1 moon"}, /* by the report's status */
    {"550 moon", "", "", ACTION_FAILED, {0}, false, "unknown.unclassified - guess permanent; 550 0.0.0 moon"},
    {"450 garlic",
     "it was given up",
     "",
     ACTION_FAILED,
     {0},
     false,
     "queue.expired recipient.full certain permanent; 450 0.0.0 garlic"},
    {"it was given up",
     "because of garlic",
     "",
     ACTION_FAILED,
     {0},
     false,
     "queue.expired recipient.full certain permanent; 0 0.0.0 it was given up"},
    {"it was given up, for it still waits",
     "",
     "",
     ACTION_FAILED,
     {0},
     false,
     "queue.expired - certain permanent; 0 0.0.0 it was given up, for it still waits"}, /* no reason */
    {"550 garlic",
     "it was given up",
     "",
     ACTION_FAILED,
     {0},
     false,
     "recipient.full - certain permanent; 550 0.0.0 garlic"}, /* a refusal for good is no expiry */
    {"it was given up",
     "",
     "",
     ACTION_DELAYED,
     {0},
     false,
     "notice.delayed - certain passing; 0 0.0.0 it was given up"},
    {"moon", "", "", ACTION_DELAYED, {0}, false, "notice.delayed - certain passing; 0 0.0.0 moon"},
    {"450 garlic", "", "", ACTION_DELAYED, {0}, false, "recipient.full - certain passing; 450 0.0.0 garlic"},
    {"250 taken",
     "",
     "",
     ACTION_DELIVERED,
     {0},
     false,
     "notice.delivered - certain passing; 250 0.0.0 taken"},
    {"250 taken", "", "", ACTION_RELAYED, {0}, false, "notice.relayed - certain passing; 250 0.0.0 taken"},
    {"250 taken", "", "", ACTION_EXPANDED, {0}, false, "notice.expanded - certain passing; 250 0.0.0 taken"},
    /* what stands around a reply is the program's; the reply decides */
    {"garlic (\"server said: 550 5.2.1 moon\")",
     "garlic (\"server said: 550 5.2.1 moon\")",
     "",
     ACTION_FAILED,
     {0},
     false,
     "recipient.disabled - likely permanent; 550 5.2.1 moon\")"},
    {"garlic 550 5.2.1",
     "",
     "",
     ACTION_FAILED,
     {0},
     false,
     "recipient.full - certain permanent; 0 5.2.1 garlic 550 5.2.1"},
    {"250 refused", "", "", ACTION_FAILED, {0}, false, "access.denied - guess permanent; 0 0.0.0 refused"},
};

static struct slice words(const struct judgement *j, const struct reply *r, struct arena *arena) {
    static const char *const confidences[] = {"guess", "guess", "likely", "certain"};
    return arena_printf(arena, "%s %s %s %s; %d %d.%d.%d %.*s", j->cause->id,
                        j->underlying ? j->underlying->id : "-", confidences[j->confidence],
                        j->is_permanent ? "permanent" : "passing", r->code, r->enhanced[0], r->enhanced[1],
                        r->enhanced[2], S(r->text));
}

static void tries(void **state) {
    struct loaded_rules loaded;
    (void)state;
    rules_open(&loaded, rules);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct reply reply;
        struct recipient told = {.diagnostic = slice_of(rows[i].diagnostic),
                                 .sentence = slice_of(rows[i].sentence),
                                 .action = rows[i].action};
        struct attempt attempt = {
            .told = &told, .human = slice_of(rows[i].human), .is_only_recipient = rows[i].is_only};
        memcpy(told.status, rows[i].status, sizeof told.status);
        struct judgement j = attempt_judge(&attempt, &reply, loaded.matcher, &arena);
        expect_text(arena_printf(&arena, "%s|%s|%s", rows[i].diagnostic, rows[i].sentence, rows[i].human).ptr,
                    words(&j, &reply, &arena), rows[i].expected);
        arena_free(&arena);
    }
    rules_close(&loaded);
}

/* The whole report is no reply. */
static void whole_report(void **state) {
    struct loaded_rules loaded;
    struct arena arena = {0};
    struct reply reply;
    struct slice human = SLICE("garlic and much more");
    struct recipient told = {.sentence = human, .action = ACTION_FAILED};
    struct attempt attempt = {.told = &told, .human = human, .is_only_recipient = true};
    (void)state;
    rules_open(&loaded, rules);
    struct judgement j = attempt_judge(&attempt, &reply, loaded.matcher, &arena);
    expect_text("human", words(&j, &reply, &arena), "recipient.full - certain permanent; 0 0.0.0 ");
    rules_close(&loaded);
    arena_free(&arena);
}

/* A bare text, as logs and people give it: what it quotes is the reply. */
static void texts(void **state) {
    static const struct {
        const char *text, *diagnostic, *host;
    } bare[] = {
        {"550 5.1.1 a wolf", "550 5.1.1 a wolf", ""},
        {"host mx.example.net[192.0.2.1] said: 550 5.1.1 a wolf (in reply to RCPT TO command)",
         "550 5.1.1 a wolf", "mx.example.net"},
        {"550 host mx.example.net[192.0.2.1] said: 551 no", "550 host mx.example.net[192.0.2.1] said: 551 no",
         "mx.example.net"},
        {"  nothing\tquoted ", "nothing quoted", ""},
    };
    struct loaded_rules loaded;
    int status[3] = {5, 7, 1};
    (void)state;
    rules_open(&loaded, NULL);
    for (size_t i = 0; i < ROWS(bare); i++) {
        struct arena arena = {0};
        struct recipient told;
        attempt_read_text(&told, slice_of(bare[i].text), SLICE_EMPTY, NULL, loaded.matcher, &arena);
        expect_text(bare[i].text, told.diagnostic, bare[i].diagnostic);
        expect_text(bare[i].text, told.host, bare[i].host);
        attempt_read_text(&told, slice_of(bare[i].text), SLICE("given.example"), status, loaded.matcher,
                          &arena);
        expect_text(bare[i].text, told.host, "given.example");
        expect_number(bare[i].text, told.status[1], 7);
        arena_free(&arena);
    }
    rules_close(&loaded);
}

static void notices(void **state) {
    struct judgement j = {.is_permanent = true};
    (void)state;
    judgement_set_notice(&j, "notice.auto-reply", &builtin_rules);
    expect_text("notice", slice_of(j.cause->id), "notice.auto-reply");
    assert_false(j.is_permanent);
    expect_number("certain", j.confidence, CONFIDENCE_CERTAIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tries), cmocka_unit_test(whole_report),
                                       cmocka_unit_test(texts), cmocka_unit_test(notices)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
