/* Any bytes as what the process of libspf2 and libopendkim answers, which may have been taken over: it is
 * held against our own results, and becomes clean words. */
#include "analyze/auth/dkim_second.h"
#include "analyze/auth/spf_second.h"
#include "tests/fuzz/hold.h"

static struct slice answer_given;

/* In the place of the process. */
bool opinion_ask(struct opinion_process *process, unsigned kind, struct slice question) {
    (void)process;
    (void)kind;
    return question.len > 0;
}

size_t opinion_hear(struct opinion_process *process, unsigned char *answer) {
    (void)process;
    size_t length = MIN(answer_given.len, OPINION_MOST_ANSWER);
    if (length)
        memcpy(answer, answer_given.ptr, length);
    return length;
}

bool opinion_has_failed(const struct opinion_process *process) {
    (void)process;
    return false;
}

static void check_spf(struct arena *arena) {
    for (int result = 0; result < SPF_VERDICT_UNCHECKED; result++) {
        struct spf_verdict verdict = {.result = (enum spf_result)result, .record = SLICE("v=spf1 -all")};
        struct spf_query query = {.helo = SLICE("a.example"), .sender = SLICE("b@a.example")};
        spf_second_ask(NULL, 0, &query, arena, &verdict);
        hold_utf8(verdict.second);
        hold_utf8(verdict.second_reason);
        HOLDS(verdict.second.len);
    }
}

static void check_dkim(struct arena *arena) {
    for (int result = 0; result < DKIM_RESULTS; result++) {
        struct dkim_verdict v[3] = {{.next = &v[1], .algorithm = SLICE("rsa-sha1")},
                                    {.next = &v[2], .algorithm = SLICE("ed25519-sha256")},
                                    {.algorithm = SLICE("rsa-sha256")}};
        v[0].result = v[1].result = v[2].result = (enum dkim_result)result;
        dkim_second_hear(NULL, arena, v);
        for (size_t i = 0; i < G_N_ELEMENTS(v); i++) {
            hold_utf8(v[i].second);
            hold_utf8(v[i].second_reason);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    answer_given = (struct slice){(const char *)data, size};
    check_spf(&arena);
    check_dkim(&arena);
    arena_free(&arena);
    return 0;
}
