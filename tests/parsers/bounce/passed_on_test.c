/* Reports that persons pass on as text. */
#include "parsers/bounce/passed_on.h"
#include "tests/table.h"

#define DAEMON "Mail Delivery System <MAILER-DAEMON@example.com>\n"

static void finds_the_report(void **state) {
    static const struct {
        const char *text, *report;
    } rows[] = {
        {"Why?\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Undelivered\nVon: " DAEMON "\nHi.\n",
         "\nHi.\n"},
        {"> Début du message réexpédié :\n>\n> De: " DAEMON "> Objet: Rejeté\n>\n> Hi.\n", ">\n> Hi.\n"},
        {"*Da:* " DAEMON "*Inviato:* oggi\nHi.\n", "Hi.\n"},
        {"De\xc2\xa0: " DAEMON "Date\xc2\xa0: hier\nHi.\n", "Hi.\n"},
        {"差出人： " DAEMON "件名： Undelivered\nHi.\n", "Hi.\n"},
        {"Subject: x\nFrom: Mail Delivery Subsystem\n <mailer-daemon@googlemail.com>\nTo: kim\n\nHi.\n",
         "\nHi.\n"},
        {"From: kim@example.com\nSubject: x\n\nHi.\n", ""}, /* a person */
        {"From: " DAEMON "Hi.\n", ""},                      /* one line is no block */
        {"Kim wrote: hello\nHi.\n", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, passed_on_report(slice_of(rows[i].text)), rows[i].report);
}

static void takes_the_quotation(void **state) {
    static const struct {
        const char *text, *quoted;
    } rows[] = {
        {"Hi,\n> a\n> b\nmine\n> c\n> d\n", "a\nb\nc\nd\n"},
        {">> a\n> > b\n>c\n| d\n", "a\nb\nc\nd\n"},
        {"> a\n> b\n> c\n", ""},                                         /* too few */
        {">>> RCPT TO:<a@b>\n<<< 550 no\n>>> QUIT\n>>> x\n>>> y\n", ""}, /* Sendmail's own */
        {"a\n", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, passed_on_quoted(slice_of(rows[i].text), &arena), rows[i].quoted);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_report),
                                       cmocka_unit_test(takes_the_quotation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
