/* Marks around what is filled into a sentence. */
#include "parsers/base/filled.h"

#include "tests/table.h"

static const struct {
    enum filled kind;
    const char *text, *marked;
} marked[] = {
    {FILLED_USER, "kim", "\x02ukim\x03"},
    {FILLED_SCRIPT, "33:mail.php", "\x02s33:mail.php\x03"},
    {FILLED_STRANGER, "a\x03\x02ub", "\x02 aub\x03"}, /* a stranger's marks are none */
    {FILLED_USER, "", ""},
};

static const struct {
    const char *text, *pieces; /* the kind before each piece; - none */
} sentences[] = {{"", ""},
                 {"no mark", "[-no mark]"},
                 {"as \x02ukim\x03 by \x02 mx\x03", "[-as ][ukim][- by ][ mx]"},
                 {"\x02ukim", "[ukim]"}, /* cut */
                 {"\x02?kim\x03", "[-\x02?kim\x03]"},
                 {"\x02", "[-\x02]"},
                 {"\x02u\x03.", "[u][-.]"}};

static void test_marked(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(marked); i++)
        expect_text(marked[i].text, filled_mark(&arena, marked[i].kind, slice_of(marked[i].text)),
                    marked[i].marked);
    expect_text("plain", filled_plain(&arena, SLICE("as \x02ukim\x03 by mx")), "as kim by mx");
    arena_free(&arena);
}

static void test_pieces(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(sentences); i++) {
        struct slice rest = slice_of(sentences[i].text);
        struct slice pieces = SLICE_EMPTY;
        struct slice piece;
        enum filled kind;
        while (filled_next(&rest, &piece, &kind))
            pieces = arena_printf(&arena, "%.*s[%c%.*s]", S(pieces), kind ? (char)kind : '-', S(piece));
        expect_text(sentences[i].text, pieces, sentences[i].pieces);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_marked), cmocka_unit_test(test_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
