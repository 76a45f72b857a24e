/* Whatever the process of libopendkim answers, which strangers' bytes may have taken over, becomes words. */
#include "analyze/auth/dkim_second.h"

#include "tests/table.h"

#include <stdlib.h>

#define HEADER "DKIM-Signature: v=1; d=example.org; s=a\nFrom: bob@example.org\n\n"

/* The body is the answer. */
static size_t repeat_body(void *context, struct slice question, unsigned char *answer) {
    struct slice body = slice_from(question, slice_find(question, SLICE("\n\n")) + 2);
    (void)context;
    memcpy(answer, body.ptr, body.len);
    return body.len;
}

static struct dkim_verdict hear(struct opinion_process *process, struct slice answer, struct arena *arena) {
    struct mail_bytes mail = {.header = SLICE(HEADER), .body = answer};
    struct dkim_verdict verdict = {.result = DKIM_PASS};
    assert_true(dkim_second_ask(process, 0, &mail, -1));
    dkim_second_hear(process, arena, &verdict);
    return verdict;
}

static void test_answers(void **unused) {
    static const struct {
        const char *answer;
        size_t size;
        const char *second, *contains;
    } rows[] = {
        {"\1\1\0", 3, "pass", ""},
        {"\1\0\0", 3, "fail", "libopendkim says fail where RFC 6376"},
        {"\1\0\5", 3, "permerror", "libopendkim says permerror where RFC 6376"}, /* it has no words for all */
        {"\1\0\377", 3, "permerror", "libopendkim says permerror where RFC 6376"},
        {"\1\377\0", 3, "fail", "libopendkim says fail where RFC 6376"},
        {"\1\1", 2, "crashed", "libopendkim did not answer"},
        {"\2\1\0", 3, "crashed", "libopendkim did not answer"},
        {"\0\0\0", 3, "crashed", "libopendkim did not answer"},
    };
    static opinion_answerer *const answerers[] = {repeat_body};
    struct opinion_process *process = opinion_process_new(answerers, 1, NULL, NULL, 3000);
    struct arena arena = {0};
    (void)unused;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct dkim_verdict v = hear(process, (struct slice){rows[i].answer, rows[i].size}, &arena);
        expect_text(rows[i].contains, v.second, rows[i].second);
        expect_number(rows[i].contains,
                      slice_find(v.second_reason, slice_of(rows[i].contains)) < v.second_reason.len,
                      rows[i].contains[0] != '\0');
    }
    for (int error = 0; error < 256; error++) {
        char answer[] = {1, 0, (char)error};
        assert_true(hear(process, (struct slice){answer, sizeof answer}, &arena).second.len > 0);
    }
    arena_free(&arena);
    opinion_process_free(process);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
