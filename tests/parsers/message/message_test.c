/* The parts of messages: what GMime finds, and what is made of what is none. */
#include "parsers/message/message.h"
#include "tests/table.h"

#include <glib.h>
#include <gmime/gmime.h>

static struct arena arena;

static void parts(void **state) {
    static const struct {
        const char *name, *input, *expected; /* "type:depth:line:text|" for each */
    } rows[] = {
        {"plain", "A: b\n\ntext\n", "text/plain:0:3:text\n|"},
        {"nothing", "", "text/plain:0:0:|"},
        {"no header", "\ntext\n", "text/plain:0:2:text\n|"},
        {"quoted-printable",
         "Content-Type: Text/HTML; charset=iso-8859-1\nContent-Transfer-Encoding: "
         "quoted-printable\n\n=E4=\n=20b",
         "text/html:0:0:\xc3\xa4 b|"},
        {"base64", "Content-Transfer-Encoding: base64\n\naGVsbG8=\n", "text/plain:0:0:hello|"},
        {"multipart",
         "Content-Type: multipart/mixed; boundary=x\n\npreamble\n--x\n\none\n--x\nContent-Type: "
         "text/html\n\ntwo\n--x--\n",
         "multipart/mixed:0:0:|text/plain:1:6:one|text/html:1:10:two|"},
        {"a boundary that never comes", "Content-Type: multipart/mixed; boundary=x\n\nall of it\n",
         "text/plain:0:2:\nall of it\n|"},
        {"no boundary, and a parameter's name as long as a line, which GMime would write for ever",
         "Content-Type: multipart/mixed;\n "
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=caf\xe9\n\nx\n",
         "text/plain:0:3:\nx\n|"},
        {"a message inside",
         "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nContent-Type: "
         "message/rfc822\n\nSubject: in\n\nbody\n--x--\n",
         "multipart/report:0:0:|message/rfc822:1:6:Subject: in\n|text/plain:2:8:body|"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message m;
        g_autoptr(GString) out = g_string_new(NULL);
        message_parse(&m, slice_of(rows[i].input), 1, &arena);
        for (const struct part *p = m.parts; p; p = p->next) {
            struct slice text = part_text(&m, p);
            g_string_append_printf(out, "%s:%u:%u:%.*s|", p->type, p->depth, part_first_line(&m, p), S(text));
        }
        expect_text(rows[i].name, slice_of(out->str), rows[i].expected);
    }
}

static void whole_messages(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nA: "
         "b\n\nbody\n--x--\n",
         "A: b\n\nbody"},
        {"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nA: "
         "b\r\n\r\nbody\r\n--x--\r\n",
         "A: b\r\n\r\nbody"},
        {"Content-Type: message/rfc822\n\nA: b\n\nbody\n", "A: b\n\nbody\n"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message m;
        message_parse(&m, slice_of(rows[i].input), 1, &arena);
        const struct part *p = m.parts;
        while (strcmp(p->type, "message/rfc822") != 0)
            p = p->next;
        expect_text(rows[i].input, part_whole_message(&m, p), rows[i].expected);
    }
}

static void lines(void **state) {
    struct message m;
    static const char input[] = "A: b\n\none\ntwo\n";
    (void)state;
    message_parse(&m, slice_of(input), 10, &arena);
    expect_number("two", message_line(&m, strstr(m.bytes.ptr, "two")), 13);
    expect_number("back to one", message_line(&m, strstr(m.bytes.ptr, "one")), 12);
    expect_number("elsewhere", message_line(&m, "x"), 0);
    expect_number("nowhere", message_line(&m, NULL), 0);
}

int main(void) {
    g_mime_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts), cmocka_unit_test(whole_messages),
                                       cmocka_unit_test(lines)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
