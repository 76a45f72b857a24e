/* For tests that are tables of {input, expected}: a row that fails prints its input and the difference. */
#ifndef MAILWHY_TESTS_TABLE_H
#define MAILWHY_TESTS_TABLE_H

#include "parsers/base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
/* cmocka wants those before it */
#include <cmocka.h>

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

static inline void expect_text(const char *input, struct slice actual, const char *expected) {
    if (slice_equal(actual, slice_of(expected)))
        return;
    print_error("input:    %s\nexpected: %s\nactual:   %.*s\n", input, expected, (int)actual.len,
                actual.ptr ? actual.ptr : "");
    fail();
}

static inline void expect_number(const char *input, long long actual, long long expected) {
    if (actual == expected)
        return;
    print_error("input:    %s\nexpected: %lld\nactual:   %lld\n", input, expected, actual);
    fail();
}

#endif
