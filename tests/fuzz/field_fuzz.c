/* Any bytes as a header: its fields, the identities in it, and what the MIME parser may read of it. */
#include "parsers/message/field.h"

#include "parsers/message/field_limits.h"
#include "parsers/message/identity.h"
#include "parsers/message/limits.h"
#include "tests/fuzz/hold.h"

static void check_limits(struct slice bytes, struct arena *arena) {
    struct problem_list problems = {.end = &problems.first};
    struct bounded_message bounded = message_within_limits(bytes, arena, &problems);
    HOLDS(bounded.for_mime.len == bounded.bytes.len);
    for (size_t i = 0; i < bounded.bytes.len; i++)
        HOLDS((bounded.bytes.ptr[i] == '\n') == (bounded.for_mime.ptr[i] == '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice header = {(const char *)data, size}, rest = header;
    struct identity identity;
    struct field field;
    while (field_next(&rest, &field)) {
        size_t end;
        hold_within(field.name, header);
        hold_within(field.raw, header);
        hold_within(rest, header);
        hold_utf8(field_value(&arena, field));
        if (field_limit(field.raw, &end))
            HOLDS(end <= field.raw.len);
    }
    identity_read(&identity, header, &arena);
    hold_utf8(identity.from);
    hold_utf8(identity.to);
    hold_utf8(identity.subject);
    hold_utf8(identity.message_id);
    check_limits(header, &arena);
    arena_free(&arena);
    return 0;
}
