/* Tables: their headers and their rows. */
#include "parsers/log/table.h"
#include "tests/table.h"

static const struct column_name fruit[] = {
    {"when", COLUMN_TIME}, {"who", COLUMN_RECIPIENT}, {"what", COLUMN_REPLY}, {NULL, COLUMN_NONE}};
static const struct column_name birds[] = {{"bird", COLUMN_TIME}, {NULL, COLUMN_NONE}};

static void reads_rows(void **state) {
    static const struct {
        const char *header, *line;
        const char *time, *recipient, *reply; /* NULL: it is not that table */
    } rows[] = {
        {"when,who,what\n", "1,bob,pear", "1", "bob", "pear"},
        {"WHEN,other,What,who\r\n", "1,x,pear,bob", "1", "bob", "pear"},
        {"\xef\xbb\xbfwhen,who,what\n", "1,bob,pear", "1", "bob", "pear"},
        {"#Software: x\n#Fields: when,who,what\n", "1,bob,pear", "1", "bob", "pear"},
        {"when,who,what\n", "1, bob , ", "1", "bob", ""},
        {"when,who,what\n", "1", "1", "", ""},
        {"when,who,what\n", "", "", "", ""},
        {"when,who,what\n", "1,\"bob, the \"\"first\"\"\",pear", "1", "bob, the \"first\"", "pear"},
        {"when,who,what\n", "1,\"bob\" x,pear", "1", "bob", "pear"},
        {"when,who,what\n", "1,\"not closed,pear", "1", "not closed,pear", ""},
        {"\"when\",\"who\",\"what\"\n", "1,bob,pear", "1", "bob", "pear"},
        {"when,who,who\n", "1,bob,carl", "1", "bob", ""},
        {"who,when,what\n", "bob,1,pear", NULL, NULL, NULL},
        {"1\n2\n3\n4\n5\n6\n7\n8\nwhen,who,what\n", "1,bob,pear", NULL, NULL, NULL},
        {"", "1,bob,pear", NULL, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct table table = {.header = slice_of(rows[i].header)};
        struct arena arena = {0};
        struct slice cells[COLUMNS];
        bool is_table = table_row(&table, fruit, slice_of(rows[i].line), &arena, cells);
        expect_number(rows[i].header, is_table, rows[i].time != NULL);
        if (rows[i].time) {
            expect_text(rows[i].line, cells[COLUMN_TIME], rows[i].time);
            expect_text(rows[i].line, cells[COLUMN_RECIPIENT], rows[i].recipient);
            expect_text(rows[i].line, cells[COLUMN_REPLY], rows[i].reply);
        }
        arena_free(&arena);
    }
}

static void asks_each_kind_once(void **state) {
    struct table table = {.header = SLICE("when,who,what\n")};
    struct arena arena = {0};
    struct slice cells[COLUMNS];
    (void)state;
    assert_false(table_row(&table, birds, SLICE("1"), &arena, cells));
    assert_false(table_row(&table, birds, SLICE("1"), &arena, cells));
    expect_number("asked", table.asked_count, 1);
    assert_true(table_row(&table, fruit, SLICE("1"), &arena, cells));
    assert_false(table_row(&table, birds, SLICE("1"), &arena, cells));
    table_begin(&table);
    assert_false(table_row(&table, birds, SLICE("1"), &arena, cells));
    assert_true(table_row(&table, fruit, SLICE("1"), &arena, cells));
    arena_free(&arena);
}

static void reads_many_columns(void **state) {
    char line[400] = "when";
    (void)state;
    for (int i = 0; i < 70; i++)
        memcpy(line + 4 + i * 2, ",x", 3);
    struct table table = {.header = slice_of(line)};
    struct arena arena = {0};
    struct slice cells[COLUMNS];
    assert_true(table_row(&table, fruit, slice_of(line), &arena, cells));
    expect_text(line, cells[COLUMN_TIME], "when");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_rows), cmocka_unit_test(asks_each_kind_once),
                                       cmocka_unit_test(reads_many_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
