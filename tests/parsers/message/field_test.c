#include "parsers/message/field.h"
#include "parsers/message/identity.h"
#include "parsers/message/message.h"
#include "tests/table.h"

static struct arena arena;

static void walks(void **state) {
    static const struct {
        const char *input, *names, *second_value;
    } rows[] = {
        {"A: 1\nB: 2\nC: 3\n", "A B C ", "2"},
        {"A: 1\r\nB: folded\r\n over lines\r\n\r\nBody: no\r\n", "A B ", "folded over lines"},
        {"A: 1\nnot a field\nB: 2\n", "A B ", "2"},
        {"A: 1\nB : blank before the colon\n", "A B ", "blank before the colon"},
        {"A: 1\nB: x\n \n\t\n y\nC: 3\n", "A B C ", "x y"},
        {"A: 1\nB: x\n \nC: 3\n", "A B ", "x"},
        {"A: 1\nB: x\n \n\n y\nC: 3\n", "A B ", "x"},
        {"A: 1\nB: x\n \n \n \n \n \n \n \n y\nC: 3\n", "A B ", "x"},
        {"A: 1\nB:\n", "A B ", ""},
        {"\nA: 1\n", "", ""},
        {"A: 1\nB: ctrl \033[1m\n", "A B ", "ctrl \033[1m"},
        {"", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice rest = slice_of(rows[i].input);
        struct field f;
        char names[64] = "";
        struct slice second = SLICE_EMPTY;
        for (int n = 1; field_next(&rest, &f); n++) {
            strncat(names, f.name.ptr, f.name.len);
            strcat(names, " ");
            if (n == 2)
                second = field_value(&arena, f);
        }
        expect_text(rows[i].input, slice_of(names), rows[i].names);
        expect_text(rows[i].input, second, rows[i].second_value);
    }
}

static void identifies(void **state) {
    struct identity id;
    (void)state;
    identity_read(
        &id,
        slice_of("Return-Path: <tom@example.net>\nFrom: Tom <tom@example.net>\nTo: bob@example.org\n"
                 "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\nDate: Tue, 24 Nov 2026 15:00:00 +0000\n"
                 "Message-ID: <1@example.net>\nFrom: second <x@example.net>\n\nFrom: body\n"),
        &arena);
    expect_text("from", id.from, "Tom <tom@example.net>");
    expect_text("sender", id.sender, "tom@example.net");
    expect_text("subject", id.subject,
                "Gr\xc3\xbc\xc3\x9f"
                "e");
    expect_text("id", id.message_id, "<1@example.net>");
    expect_number("date", id.date, 1795532400);
    identity_read(&id, SLICE_EMPTY, &arena);
    expect_number("nothing", id.is_present, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(walks), cmocka_unit_test(identifies)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
