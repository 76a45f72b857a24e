/* Where the report ends and the message begins that it returns. */
#include "parsers/bounce/copied.h"
#include "tests/table.h"

static void finds_the_line(void **state) {
    static const struct {
        const char *text, *own, *copy;
    } rows[] = {
        {"Sorry.\n\nThe text of your message follows.\nHello\n", "Sorry.\n\n", "\nHello\n"},
        {"Sorry.\n\n--- Below this line is a copy of the message.\n\nHello\n", "Sorry.\n\n", "\n\nHello\n"},
        {"Sorry.\n-----\n   ----- Unsent message follows -----\nHello\n----- Original message follows "
         "-----\n",
         "Sorry.\n-----\n", "\nHello\n----- Original message follows -----\n"},
        {"Sorry.\n> \n> ORIGINAL MESSAGE FOLLOWS\n", "Sorry.\n> \n", "\n"},
        /* what a reply that is quoted could say too */
        {"550-no\n--- Below this line is a copy of the message.\n<ann@example.org>: 550 no\n",
         "550-no\n--- Below this line is a copy of the message.\n<ann@example.org>: 550 no\n", ""},
        {"Original message:\nHello", "", "\nHello"},
        {"Sorry, your message follows no rule.\n", "Sorry, your message follows no rule.\n", ""},
        {"Sorry.\n", "Sorry.\n", ""},
        /* a header without a word before it */
        {"Sorry.\n\nReturn-Path: <a@b.example>\nFrom: a@b.example\nTo: c\n\nHi\n", "Sorry.\n\n",
         "Return-Path: <a@b.example>\nFrom: a@b.example\nTo: c\n\nHi\n"},
        {"> Sorry.\n>\n> Received: by mx\n>\tid 1\n> Subject: x\n> From: a\n", "> Sorry.\n>\n",
         "> Received: by mx\n>\tid 1\n> Subject: x\n> From: a\n"},
        /* below the heading of a mail program */
        {"Sorry.\n-----Ursprüngliche Nachricht-----\nVon: a\nBetreff: x\n", "Sorry.\n",
         "Von: a\nBetreff: x\n"},
        {"Sorry.\n-----Message d'origine-----\n\nDe : a\nObjet : x\n", "Sorry.\n", "De : a\nObjet : x\n"},
        {"-----Original Message-----\nFrom: a\nTo: b\n", "-----Original Message-----\nFrom: a\nTo: b\n", ""},
        /* what a report says of the mail */
        {"About:\n\n  Received: x\n  From: a\n  To: b\n\nReason: no\n",
         "About:\n\n  Received: x\n  From: a\n  To: b\n\nReason: no\n", ""},
        {"About:\n\nFrom: a\nTo: b\nSubject: c\n\nReason: no\n",
         "About:\n\nFrom: a\nTo: b\nSubject: c\n\nReason: no\n", ""},
        {"", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice copy;
        expect_text(rows[i].text, text_before_copy(slice_of(rows[i].text), &copy), rows[i].own);
        expect_text(rows[i].text, copy, rows[i].copy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
