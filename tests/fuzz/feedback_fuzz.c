/* Any bytes as a report of a receiver: what is kept is clean, and within its limits. */
#include "parsers/feedback/feedback.h"

#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena arena;
    struct slice bytes = {(const char *)data, size};
    struct message message;
    struct feedback f;
    size_t rows = 0;
    message_parse(&message, bytes, 1, &arena);
    if (feedback_read(&f, bytes, &message)) {
        hold_utf8(f.organisation);
        hold_utf8(f.policy.domain);
        for (const struct feedback_row *row = f.rows; row; row = row->next, rows++)
            hold_utf8(row->ip);
        for (const struct tls_policy *policy = f.policies; policy; policy = policy->next)
            hold_utf8(policy->mx);
        HOLDS(rows <= LIMIT_FEEDBACK_ROWS);
    }
    arena_reset(&arena);
    return 0;
}
