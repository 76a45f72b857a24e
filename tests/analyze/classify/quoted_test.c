/* What a reply quotes of the mail is no reason. */
#include "analyze/classify/quoted.h"

#include "tests/table.h"

static void leaves_out(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"no such user (subject: \"is spam\")", "no such user (subject: \"       \")"},
        {"Subject='is spam' from x", "Subject='       ' from x"},
        {"with subject \"a \\\"b\\\" c\" was refused", "with subject \"         \" was refused"},
        {"<\"is spam\"@x.example>: unknown", "<\"       \"@x.example>: unknown"},
        {"\"is spam\" <kim@x.example>: unknown", "\"       \" <kim@x.example>: unknown"},
        {"the reason is \"is spam\", sorry", "the reason is \"is spam\", sorry"},
        {"\"is spam\" <see our page>", "\"is spam\" <see our page>"},
        {"the subject is \"is spam\"", "the subject is \"is spam\""},
        {"it's the subject's fault: is spam", "it's the subject's fault: is spam"},
        {"subject: \"is spam", "subject: \"is spam"},
        {"the resubject \"is spam\"", "the resubject \"is spam\""},
        {"\"a\" \"is spam\"@x.example", "\"a\" \"       \"@x.example"},
        {"banned phrase \"is full\" found", "banned phrase \"       \" found"},
        {"body contained \"is full\"", "body contained \"       \""},
        {"bad word in From name: 'is spam'", "bad word in From name: '       '"},
        {"out of step in \"RCPT TO:<a>\"", "out of step in \"           \""},
        {"unknown command \"RCPT\"", "unknown command \"RCPT\""},
        {"the reason contain \"is full\"", "the reason contain \"is full\""},
        {"reject: header Subject: is spam from b from x.example[192.0.2.5]; from=<a@b>: 5.7.1 no",
         "reject: header                         from x.example[192.0.2.5]; from=<a@b>: 5.7.1 no"},
        {"no header field from x.example; is spam", "no header field from x.example; is spam"},
        {"no such user, quoted mail follows: > Subject: is full > is spam",
         "no such user, quoted mail follows: "},
        {"while talking to mx.example: >>> RCPT TO:<a@b> <<< 550",
         "while talking to mx.example: >>> RCPT TO:<a@b> <<< 550"},
        {"<a@b.example> is full", "<a@b.example> is full"},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, without_quoted(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(leaves_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
