/* What is filled in without printf reads as with it; what is not, says so. */
#include "parsers/base/plain_format.h"
#include "tests/table.h"

#include <limits.h>
#include <stdio.h>

#define ROOM 64

static void compare(const char *what, bool is_plain, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void compare(const char *what, bool is_plain, const char *format, ...) {
    char expected[ROOM * 2];
    char out[ROOM + 1];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(expected, sizeof expected, format, args);
    va_end(args);
    va_start(args, format);
    size_t len = plain_format(out, ROOM, format, args);
    va_end(args);
    expect_number(what, (long long)len, is_plain ? length : ROOM + 1);
    if (is_plain)
        assert_string_equal(out, expected);
}

static void reads_as_printf(void **state) {
    (void)state;
    compare("nothing", true, "%s", "");
    compare("words alone", true, "no value");
    compare("texts", true, "%s, %.*s; %.*s.", "one", 3, "two and more", 9, "three");
    compare("a length below zero", true, "%.*s|", -1, "all");
    compare("an empty text", true, "<%.*s>", 0, "");
    compare("numbers", true, "%u %d %d %zu", UINT_MAX, INT_MIN, INT_MAX, SIZE_MAX);
    compare("long numbers", true, "%lld %lld %lu", LLONG_MIN, LLONG_MAX, ULONG_MAX);
    compare("zero", true, "%u%d%zu", 0U, 0, (size_t)0);
    compare("as much as there is room for", true, "%.*s%.*s", 60,
            "0123456789012345678901234567890123456789012345678901234567890", 4, "abcdef");
    compare("one byte more", false, "%.*s%.*s", 60,
            "0123456789012345678901234567890123456789012345678901234567890", 5, "abcdef");
    compare("a number beyond the room", false, "%.*s%u", 60,
            "0123456789012345678901234567890123456789012345678901234567890", 12345U);
    compare("a width", false, "%5u", 7U);
    compare("a character", false, "%c", 'x');
    compare("a percent sign", false, "100 %%");
    compare("a letter of hexadecimal", false, "%x", 255U);
    compare("a precision of numbers", false, "%.2f", 0.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_as_printf)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
