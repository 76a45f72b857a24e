/* What the MIME parser gets of plain headers, and that it finds the same parts in it. */
#include "parsers/message/plain_header.h"

#include "parsers/message/limits.h"
#include "parsers/message/message.h"
#include "parsers/message/mime_tree.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

static void given_to_mime(void **state) {
    static const struct {
        const char *input, *expected; /* NULL: as it is */
    } rows[] = {
        {"From: a\nTo: b\n c\nSubject: d\n\nTo: x\n", "Xrom: a\n o: b\n c\n ubject: d\n\nTo: x\n"},
        {"From: a\r\nTo: b\r\n\r\nbody", "Xrom: a\r\n o: b\r\n\r\nbody"},
        {"A: b\nContent-Type: x\n\tboundary\nC: d\ncontent-id: y\nE: f\nG: h\n\n",
         "X: b\nContent-Type: x\n\tboundary\nX: d\ncontent-id: y\nX: f\n : h\n\n"},
        {"A: b\n\ntext\n\n--x\nTo: c\nCc: d\n\n--x\n", "X: b\n\ntext\n\n--x\nXo: c\n c: d\n\n--x\n"},
        {"Content-Type: message/rfc822\n\nTo: c\nCc: d\n\nDate: e\n",
         "Content-Type: message/rfc822\n\nXo: c\n c: d\n\nDate: e\n"},
        /* Where the header ends is for the MIME parser to say: after From, an odd line ends it. */
        {"From: a\nTo: b\nodd line\nCc: d\n\n", NULL},
        {"From: a\nTo : b\n\n", NULL},
        {"From: a\n: b\n\n", NULL},
        {" From: a\nTo: b\n\n", NULL},
        {"From a@b Thu\nTo: b\n\n", NULL},
        {"From: a\nTo: b\n--x\nCc: d\n\n", "From: a\nTo: b\n--x\nXc: d\n\n"},
        {"From: a\nTo: b\n", NULL},
        {"\nFrom: a\nTo: b\n", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct problem_list problems = {0};
        struct slice bytes = slice_of(rows[i].input);
        struct bounded_message bounded = message_within_limits(bytes, &arena, &problems);
        expect_text(rows[i].input, bounded.for_mime, rows[i].expected ? rows[i].expected : rows[i].input);
        expect_number(rows[i].input, bounded.for_mime.ptr == bytes.ptr, !rows[i].expected);
    }
}

static void without_mime(void **state) {
    static const struct {
        const char *input, *header;
    } rows[] = {
        {"From: a\nTo: b\n\nbody\n", "From: a\nTo: b\n"},
        {"From: a\nContent-Length: 5\n\nbody\n", ""},
        {"From: a\nodd\n\nbody\n", ""},
        {"\nFrom: a\n\n", ""},
        {"--x\nFrom: a\n\n", ""},
        {"From: a\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct problem_list problems = {0};
        expect_text(rows[i].input, message_within_limits(slice_of(rows[i].input), &arena, &problems).header,
                    rows[i].header);
    }
}

/* The parts as GMime finds them in the bytes themselves. */
static void add_parts(GString *out, const struct message *m) {
    for (const struct part *p = m->parts; p; p = p->next)
        g_string_append_printf(out, "%s %d %u [%.*s] [%.*s]\n", p->type, p->encoding, p->depth, S(p->header),
                               S(p->body));
}

static void same_parts(void **state) {
    static const char *const rows[] = {
        "From: a\nTo: b\n\nbody\n",
        "From: a\nTo: b\n\n",
        "From: a\r\nTo: b\r\n\r\nbody\r\n",
        "A: b\nContent-Type: multipart/mixed; boundary=x\nC: d\nE: f\n\npre\n--x\nA: b\nTo: c\n\none\n--x\n"
        "Content-Type: message/rfc822\nX: y\n\nTo: c\nSubject: d\nContent-Type: text/html\nDate: "
        "e\n\ntwo\n--x--\nend\n",
        "A: b\nContent-Type: multipart/digest; boundary=x\n\n--x\n\nTo: c\nSubject: d\n\none\n--x--\n",
        "A: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nSubject: a\n--x\nTo: c\nodd "
        "line\n\none\n--x--\n",
        "A: b\n--x\nSubject: y\nTo: z\nodd line\n\nbody\n",
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message m, bare = {.bytes = slice_of(rows[i]), .arena = &arena};
        g_autoptr(GString) found = g_string_new(NULL);
        g_autoptr(GString) expected = g_string_new(NULL);
        struct slice header = mime_tree_read(&bare, bare.bytes);
        if (!bare.parts->header.len || header.ptr < bare.parts->header.ptr)
            bare.parts->header = header;
        message_parse(&m, slice_of(rows[i]), 1, &arena);
        add_parts(found, &m);
        add_parts(expected, &bare);
        expect_text(rows[i], slice_of(found->str), expected->str);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(given_to_mime), cmocka_unit_test(without_mime),
                                       cmocka_unit_test(same_parts)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
