/* Trees that are read without GMime: those that GMime finds, and nothing where there may be a doubt. */
#include "parsers/message/plain_tree.h"

#include "parsers/message/mime_tree.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

static void add_slice(GString *out, const struct message *m, const char *name, struct slice s) {
    if (s.ptr)
        g_string_append_printf(out, " %s %td+%zu", name, s.ptr - m->bytes.ptr, s.len);
}

/* Everything about the parts. */
static char *tree(const struct message *m, struct slice header) {
    GString *out = g_string_new(NULL);
    add_slice(out, m, "message", header);
    for (const struct part *p = m->parts; p; p = p->next) {
        g_string_append_printf(out, "\n%s %u %s %s %d", p->type, p->depth, p->charset ? p->charset : "-",
                               p->boundary ? p->boundary : "-", p->encoding);
        if (p->parent)
            g_string_append_printf(out, " in %s", p->parent->type);
        add_slice(out, m, "header", p->header);
        add_slice(out, m, "body", p->body);
    }
    return g_string_free(out, FALSE);
}

#define MIXED(x) "Subject: s\nContent-Type: multipart/mixed; boundary=" x "\n"
#define TWO      "\npre\n--x\nA: b\n\none\n--x\nContent-Type: text/html; charset=\"utf-8\"\n\ntwo\n--x--\npost\n"

static void same_as_gmime(void **state) {
    static const struct {
        bool is_plain;
        const char *input;
    } rows[] = {
        {true, "A: b\n\nbody\n"},
        {true, "A: b\n\n"},
        {true, "A: b\r\nTo: c\r\n d\r\n\r\nbody\r\n"},
        {true, "From a@b Thu\nA: b\nContent-Type: text/html\n\nbody\n"},
        {true, "From a@b Thu\nContent-Type: text/html\nA: b\n\nbody\n"},
        {true, "From a@b Thu\n\nbody\n"},
        {true, "Content-Type: Text/HTML;\n\tcharset=UTF-8;\n format=flowed\nContent-Transfer-Encoding: "
               "BASE64\n\nYQ=="},
        {true, "Content-ID: x\nA: b\nContent-Type: text/plain; charset=\"x y\";\n\nbody"},
        {true, MIXED("x") TWO},
        {true, MIXED("\"x\"") "A: b\nContent-Transfer-Encoding: quoted-printable\n" TWO},
        {true, MIXED("x") "\n--x\n\n--x\n\none\n--x--\n"},
        {true, MIXED("x") "\r\n--x\r\n\r\none\r\n\r\n--x \t\r\n\r\n\r\n--x--"},
        {true, MIXED("x") "\n--x\n\none\n--x\nA: b\n\nthe end is missing\n"},
        {true,
         MIXED(
             "x") "\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n\none\n--y\n\ntwo\n--y--\n"
                  "post\n--x\nA: b\n\nthree\n--xx\n--x--\n"},
        {true,
         MIXED("x") "\n--x\nContent-Type: message/rfc822\n\nA: b\nContent-Type: text/html\nC: d\n\nin\n--x\n"
                    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nAction: "
                    "failed\n\n--x--\n"},
        {true, MIXED("x") "\n--x\nContent-Type: message/rfc822\n\n\nno header\n--x--\n"},
        {true,
         MIXED(
             "x") "\n--x\nContent-Type: message/rfc822\n\nA: b\nContent-Type: multipart/mixed; boundary=y\n\n"
                  "--y\n\nin\n--y--\n\n--x--\n"},
        {true, "Content-Type: message/rfc822\n\nA: b\n\nbody\n"},
        {true, MIXED("x") "\n--x \r\r\n\none\n--x\v\n--x\f\n--x--\n"},
        /* Lines that are no fields are passed over, whatever they say. */
        {true, "From: a\nodd line\nTo: b\n\nbody\n"},
        {true, "From: a\nodd line\n folded: c\nContent-Type: text/html\n\nbody\n"},
        {false, "A: b\nTo : c\n\nbody\n"}, /* but those that may be one */
        {false, "A: b\nContent-Description :x; y=\n\nbody\n"},
        {false, "A: b\n: c\n\nbody\n"},
        {true, "\xc3\xa4: b\n\nbody\n"},
        {true, "A: b\n1;x;27:cd/e+\nContent-Type: text/html\n\nbody\n"},
        {true, "A: b\nContent-Type: text/html\nby host (x)\nContent-Transfer-Encoding: base64\n\nYQ==\n"},
        {true, "Content-Type: multipart/mixed;\nboundary=x\n" TWO},
        {true, MIXED("x") "\n--x\nContent-Type: message/rfc822\n\nA: b\nContent-Type: multipart/report;\n"
                          "boundary=y\nC: d\n\n--y\n\nin\n--y--\n--x\n\nlast\n--x--\n"},
        /* Whether the header ends here is for GMime to say. */
        {false, " A: b\nTo: c\n\nbody\n"},
        {false, "From :a\n\nbody\n"},
        {false, "From  \t: a\nTo: b\n\nbody\n"},
        {false, MIXED("x") "\n--x\nodd line\nA: b\n\none\n--x--\n"},
        {false, "A: b\n"},
        {false, "A: b\n\r"},
        {false, MIXED("x") "\n--x\nA: b\n--x--\n"},
        {false, MIXED("x") "\n--x\nContent-Type: message/rfc822\n\nA: b\nodd\n--xy: c\nD: e\n\none\n--x--\n"},
        {false, "A: b\n-C: d\n\nbody\n"},
        /* What the field says. */
        {false, "Content-Type: text\n\nbody"},
        {false, "Content-Type: text/plain (comment)\n\nbody"},
        {false, "Content-Type: text/plain; charset*0=a\n\nbody"},
        {false, "Content-Type: text/plain; charset=\"a\\b\"\n\nbody"},
        {false, "Content-Type: text/plain; charset=\"=?utf-8?q?a?=\"\n\nbody"},
        {false, "Content-Type: text/plain; charset=a; charset=b\n\nbody"},
        {false, "Content-Type: text/plain; charset = a\n\nbody"},
        {false, "Content-Type: text/plain;\fcharset=a\n\nbody"},
        {false, "Content-Type:\vtext/plain\n\nbody"},
        {false, "Content-Type: text/plain\nContent-Type: text/html\n\nbody"},
        {false, "Content-Transfer-Encoding: 7-bit\n\nbody"},
        {false, "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\nbody"},
        /* Where the parts end. */
        {true, "Content-Type: multipart/mixed\n\n--x\n\none\n--x--\n"},
        {false, MIXED("x") "\nno part\n"},
        {false, MIXED("x") "\n--x--\n"},
        {false,
         MIXED("x") "\n--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\none\n--x\n\ntwo\n--x--\n"},
        {false, MIXED("x") "\n--x\nContent-Type: message/rfc822\n\n--x--\n"},
        {false, "Content-Type: multipart/digest; boundary=x\n\n--x\n\nA: b\n\nbody\n--x--\n"},
        {false, "Content-Type: message/partial; id=a\n\nA: b\n\nbody"},
        {false, "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nQTogYgo=\n"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message m = {.bytes = slice_of(rows[i].input), .arena = &arena};
        struct message expected = m;
        struct slice header;
        expect_number(rows[i].input, plain_tree_read(&m, &header), rows[i].is_plain);
        if (!rows[i].is_plain) {
            assert_null(m.parts);
            continue;
        }
        g_autofree char *found = tree(&m, header);
        header = mime_tree_read(&expected, expected.bytes);
        g_autofree char *by_gmime = tree(&expected, header);
        expect_text(rows[i].input, slice_of(found), by_gmime);
    }
}

static void nests_so_far(void **state) {
    static const unsigned depths[] = {20, 21};
    (void)state;
    for (size_t i = 0; i < ROWS(depths); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (unsigned n = 0; n < depths[i]; n++)
            g_string_append(text, "Content-Type: message/rfc822\n\n");
        g_string_append(text, "A: b\n\nbody\n");
        struct message m = {.bytes = {text->str, text->len}, .arena = &arena};
        struct slice header;
        expect_number("depth", plain_tree_read(&m, &header), depths[i] == 20);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_as_gmime), cmocka_unit_test(nests_so_far)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
