/* The judgement on one reply: how sure, how lasting, who can fix it, and what expired messages had before. */
#define _GNU_SOURCE
#include "analyze/classify/classify.h"
#include "tests/analyze/rules.h"

static const char rules[] =
    "replies:\n"
    "- {id: phrase, cause: recipient.full, text: garlic, examples: [x]}\n"
    "- {id: near, cause: rate.limited, text: owl, level: near, examples: [x]}\n"
    "- {id: bare, cause: access.denied, text: refused, level: bare, examples: [x]}\n"
    "- {id: own, cause: recipient.unknown, text: wolf, permanent: 'yes', fixer: nobody, examples: [x]}\n"
    "- {id: expired, cause: queue.expired, text: given up, examples: [x]}\n"
    "- {id: status, cause: recipient.disabled, enhanced: ['5.2.x'], examples: [x]}\n"
    "- {id: code, cause: limits.message-size, code: ['552'], examples: [x]}\n";

static const struct {
    const char *words;
    int code, enhanced[3], status[3];
    const char *expected; /* rule, cause, confidence, permanence, fixer */
} rows[] = {
    {"garlic", 550, {0}, {0}, "phrase recipient.full certain permanent recipient"},
    {"garlic", 450, {0}, {0}, "phrase recipient.full certain passing recipient"},
    {"garlic", 0, {0}, {0}, "phrase recipient.full certain permanent recipient"},
    {"garlic", 0, {0}, {4, 2, 2}, "phrase recipient.full certain passing recipient"},
    {"an owl", 550, {0}, {0}, "near rate.limited likely"},
    {"refused", 550, {0}, {0}, "bare access.denied guess"},
    {"a wolf", 450, {0}, {0}, "own recipient.unknown certain permanent author"},
    {"moon", 550, {5, 2, 9}, {0}, "status recipient.disabled likely"},
    {"moon", 550, {0}, {5, 2, 0}, "status recipient.disabled likely"},
    {"moon", 550, {5, 1, 0}, {5, 2, 0}, "- unknown.unclassified none"}, /* the reply's own code counts */
    {"moon", 552, {0}, {0}, "code limits.message-size guess"},
    {"moon", 550, {0}, {0}, "- unknown.unclassified none"},
    {"my_garlic_is_gone", 550, {0}, {0}, "phrase recipient.full certain permanent recipient"},
    {"given up: garlic", 450, {0}, {0}, "phrase queue.expired/recipient.full certain permanent recipient"},
    {"given up", 450, {0}, {0}, "expired queue.expired certain"},
    {"given up: refused", 450, {0}, {0}, "expired queue.expired certain"}, /* that says nothing of why */
};

static struct situation situation_for(size_t i, struct reply *reply) {
    *reply = (struct reply){.code = rows[i].code};
    memcpy(reply->enhanced, rows[i].enhanced, sizeof reply->enhanced);
    return (struct situation){.reply = reply, .status = rows[i].status};
}

static void judges(void **state) {
    static const char *const confidences[] = {"none", "guess", "likely", "certain"};
    struct loaded_rules loaded;
    (void)state;
    rules_open(&loaded, rules);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct reply reply;
        struct situation s = situation_for(i, &reply);
        struct judgement j = classify(loaded.matcher, &s, slice_of(rows[i].words), &arena);
        struct slice found =
            arena_printf(&arena, "%s %s%s%s %s %s %s", j.rule ? j.rule->id : "-", j.cause->id,
                         j.underlying ? "/" : "", j.underlying ? j.underlying->id : "",
                         confidences[j.confidence], j.is_permanent ? "permanent" : "passing", j.fixer);
        expect_text(rows[i].words, slice_upto(found, strlen(rows[i].expected)), rows[i].expected);
        arena_free(&arena);
    }
    rules_close(&loaded);
}

static void expiry(void **state) {
    struct loaded_rules loaded;
    struct arena arena = {0};
    struct reply reply = {0};
    struct situation s = {.reply = &reply};
    (void)state;
    rules_open(&loaded, rules);
    assert_null(classify_expiry(loaded.matcher, &s, SLICE("garlic"), &arena));
    expect_text("given up", slice_of(classify_expiry(loaded.matcher, &s, SLICE("given up"), &arena)->id),
                "queue.expired");
    expect_text("garlic", slice_of(classify_underlying(loaded.matcher, &s, SLICE("garlic"), &arena)->id),
                "recipient.full");
    assert_null(classify_underlying(loaded.matcher, &s, SLICE("refused"), &arena));
    rules_close(&loaded);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(judges), cmocka_unit_test(expiry)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
