/* Any bytes as a date of mail, or a time stamp of a log: a date that was read is written, and read again the
 * same. */
#include "parsers/base/date.h"

#include "parsers/log/stamp.h"
#include "tests/fuzz/hold.h"

static void check_written(int64_t time) {
    char text[24];
    struct stamps stamps = {.now = INT64_MAX / 2};
    date_format(time, text);
    struct slice rest = slice_of(text);
    int64_t again;
    if (rest.len == sizeof "2026-11-24T15:00:00Z" - 1 && text[0] != '-')
        HOLDS(stamp_take(&stamps, &rest, &again) && again == time);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice text = {(const char *)data, size}, rest = text;
    struct stamps stamps = {.now = 1795000000};
    int64_t time = date_parse(text);
    if (time >= 0)
        check_written(time);
    while (rest.len) {
        size_t before = rest.len;
        if (stamp_take(&stamps, &rest, &time))
            HOLDS(rest.len < before);
        else
            rest = slice_from(rest, 1);
        hold_within(rest, text);
    }
    return 0;
}
