/* Samples do not depend on the order in which deliveries come. */
#include "analyze/deliveries/log_sample.h"

#include "tests/table.h"

#include <glib.h>

#define OFFERED (MOST_SET_ASIDE + 30)

static struct delivery delivery_of(unsigned number, char *id) {
    g_snprintf(id, 8, "q%03u", number);
    return (struct delivery){.queue_id = slice_of(id),
                             .recipient = SLICE("kim@example.org"),
                             .last = number % 7 == 6 ? -1 : (int64_t)(number / 2),
                             .outcome = OUTCOME_HELD};
}

/* Forwards and backwards the first ones are kept, in their order; those without a time come last. */
static void keeps_the_first(void **state) {
    struct slice kept[2] = {SLICE_EMPTY, SLICE_EMPTY};
    struct arena texts = {0};
    (void)state;
    for (int way = 0; way < 2; way++) {
        struct arena arena = {0};
        struct arena scratch = {0};
        struct log_samples samples = {.count = 0};
        char id[8];
        for (unsigned i = 0; i < OFFERED; i++) {
            struct delivery d = delivery_of(way ? OFFERED - 1 - i : i, id);
            log_samples_offer(&samples, &d, &arena, &scratch);
        }
        expect_number("kept", samples.count, MOST_SET_ASIDE);
        for (unsigned i = 0; i < samples.count; i++)
            kept[way] = arena_printf(&texts, "%.*s %.*s", S(kept[way]), S(samples.list[i].queue_id));
        arena_free(&arena);
        arena_free(&scratch);
    }
    expect_text("backwards", kept[1], arena_string(&texts, kept[0]));
    assert_true(slice_starts_nocase(kept[0], SLICE(" q000 q001 q002 q003 q004 q005 q007")));
    arena_free(&texts);
}

/* A reason becomes one line; a delivery without one is a sample too. */
static void takes_texts(void **state) {
    struct arena arena = {0};
    struct arena scratch = {0};
    struct log_sample sample = {.time = -1};
    struct delivery d = {.last = 5, .reply = SLICE("spam\n\tword "), .outcome = OUTCOME_DISCARDED};
    (void)state;
    log_sample_offer(&sample, &d, &arena, &scratch);
    expect_text("reason", sample.reply, "spam word");
    expect_number("outcome", sample.outcome, OUTCOME_DISCARDED);
    assert_null(sample.class.cause);
    d = (struct delivery){.last = 4};
    log_sample_offer(&sample, &d, &arena, &scratch);
    expect_text("none", sample.reply, "");
    expect_number("time", sample.time, 4);
    arena_free(&arena);
    arena_free(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_the_first), cmocka_unit_test(takes_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
