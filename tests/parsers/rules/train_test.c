/* Training: few lessons are learned, what is left out is not, and either of two right causes will do. */
#include "parsers/rules/train.h"

#include "tests/table.h"

#include <glib.h>

static struct lesson lesson(const char *text, const char *cause, const char *other, struct arena *arena) {
    uint16_t *features = arena_alloc(arena, FEATURES_MOST * sizeof *features);
    const int status[3] = {0};
    size_t count = features_of(0, status, slice_of(text), features, NULL);
    return (struct lesson){.text = text,
                           .causes = {cause, other},
                           .cause_count = other ? 2 : 1,
                           .step = 8, /* few lessons, each of weight */
                           .source = "test",
                           .words = features_identity(slice_of(text)),
                           .feature_count = count,
                           .features = features};
}

static const char *answer(const struct opinion_model *model, const char *text) {
    const int status[3] = {0};
    return opinion_of(model, 0, status, slice_of(text), NULL).cause;
}

static void learns(void **state) {
    struct arena arena = {0};
    struct lesson list[] = {
        lesson("the mailbox is full", "recipient.full", NULL, &arena),
        lesson("no such user here", "recipient.unknown", NULL, &arena),
        lesson("listed as spam", "content.spam", "reputation.ip", &arena),
        lesson("the moon is full", "network.lost", NULL, &arena),
    };
    struct lessons lessons = {.list = list, .count = ROWS(list)};
    const bool leave_out[] = {false, false, false, true};
    (void)state;
    struct opinion_model *model = train(&lessons, leave_out);
    expect_text("known", slice_of(answer(model, "user: no such user")), "recipient.unknown");
    expect_text("known", slice_of(answer(model, "sorry, the mailbox is full")), "recipient.full");
    const int status[3] = {0};
    expect_text("heard before",
                slice_of(opinion_of(model, 0, status, SLICE("the mailbox is full"), NULL).heard),
                "recipient.full");
    assert_null(opinion_of(model, 0, status, SLICE("the moon is full"), NULL).heard);
    assert_null(opinion_of(model, 0, status, SLICE("listed as spam"), NULL).heard);
    expect_text("left out", slice_of(answer(model, "the moon is full")), "recipient.full");
    assert_int_equal(opinion_cause(model, "network.lost"), model->cause_count);
    const char *either = answer(model, "listed as spam");
    assert_true(strcmp(either, "content.spam") == 0 || strcmp(either, "reputation.ip") == 0);
    trained_free(model);
    arena_free(&arena);
}

static void is_the_same_each_time(void **state) {
    struct arena arena = {0};
    struct lesson list[] = {lesson("the mailbox is full", "recipient.full", NULL, &arena),
                            lesson("no such user here", "recipient.unknown", NULL, &arena)};
    struct lessons lessons = {.list = list, .count = ROWS(list)};
    (void)state;
    struct opinion_model *one = train(&lessons, NULL);
    struct opinion_model *other = train(&lessons, NULL);
    uint32_t count = one->first[FEATURE_BUCKETS];
    assert_int_equal(count, other->first[FEATURE_BUCKETS]);
    assert_memory_equal(one->weights, other->weights, 2 * (size_t)count);
    trained_free(one);
    trained_free(other);
    arena_free(&arena);
}

static void takes_nothing(void **state) {
    struct lessons none = {0};
    (void)state;
    struct opinion_model *model = train(&none, NULL);
    assert_null(answer(model, "the mailbox is full"));
    trained_free(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns),
        cmocka_unit_test(is_the_same_each_time),
        cmocka_unit_test(takes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
