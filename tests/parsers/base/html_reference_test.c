#include "parsers/base/html_reference.h"
#include "tests/table.h"

static void reads(void **state) {
    static const struct {
        const char *input, *expected;
        size_t used;
    } rows[] = {
        {"&amp;x", "&", 5},
        {"&ampx", "&", 4},
        {"&AElig;", "\xc3\x86", 7},
        {"&zwnj;", "\xe2\x80\x8c", 6},
        {"&zwnjx", "", 0},
        {"&NewLine;", "\n", 9},
        {"&comma;", ",", 7},
        {"&semi;", ";", 6},
        {"&notin;", "\xe2\x88\x89", 7},
        {"&notit;", "\xc2\xac", 4},
        {"&nvlt;", "<\xe2\x83\x92", 6},
        {"&CounterClockwiseContourIntegral;", "\xe2\x88\xb3", 33},
        {"&CounterClockwiseContourIntegralxxxxxxxx;", "", 0},
        {"&#228;", "\xc3\xa4", 6},
        {"&#xE4;", "\xc3\xa4", 6},
        {"&#XE4x", "\xc3\xa4", 5},
        {"&#228", "\xc3\xa4", 5},
        {"&#128;", "\xe2\x82\xac", 6},
        {"&#0;", "\xef\xbf\xbd", 4},
        {"&#xd800;", "\xef\xbf\xbd", 8},
        {"&#99999999999999999999;", "\xef\xbf\xbd", 23},
        {"&#x;", "", 0},
        {"&#;", "", 0},
        {"&;", "", 0},
        {"&", "", 0},
        {"& amp;", "", 0},
        {"&none;", "", 0},
        {"amp;", "", 0},
        {"", "", 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char out[HTML_REFERENCE_MOST];
        size_t written = 0;
        expect_number(rows[i].input, (long long)html_reference_read(slice_of(rows[i].input), out, &written),
                      (long long)rows[i].used);
        expect_text(rows[i].input, (struct slice){out, written}, rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
