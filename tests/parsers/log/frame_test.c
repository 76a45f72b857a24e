/* What frames take off a line. */
#include "parsers/log/frame.h"
#include "tests/table.h"

#define NOW  1796083200 /* 2026-12-01T00:00:00Z */
#define TIME 1795511647 /* 2026-11-24T09:14:07Z */

struct row {
    const char *line;
    int64_t time;
    const char *host, *program, *message;
};

static void expect_line(const char *input, const struct log_line *line, const struct row *row) {
    expect_number(input, line->time, row->time);
    expect_text(input, line->host, row->host);
    expect_text(input, line->program, row->program);
    expect_text(input, line->message, row->message);
}

static void takes(void **state) {
    static const struct row rows[] = {
        {"Nov 24 09:14:07 mail postfix/smtp[12]: text", TIME, "mail", "postfix/smtp", "text"},
        {"Nov 24 09:14:07 mail postfix/smtp: text", TIME, "mail", "postfix/smtp", "text"},
        {"Nov 24 09:14:07 mail qmail:text", TIME, "mail", "qmail", "text"},
        {"<22>Nov 24 09:14:07 mail sm-mta[12]: text", TIME, "mail", "sm-mta", "text"},
        {"2026-11-24T10:14:07.5+01:00 mail exim[1]: text", TIME, "mail", "exim", "text"},
        {"<22>1 2026-11-24T09:14:07Z mail postfix/smtp 12 - - text", TIME, "mail", "postfix/smtp", "text"},
        {"<22>1 2026-11-24T09:14:07Z mail smtpd 12 ID [a@1 b=\"c\"] text", TIME, "mail", "smtpd", "text"},
        {"@400000006a255669094d1d3c status: local 0/10", 1780831839, "", "", "status: local 0/10"},
        {"2026-11-24 09:14:07 1pXYZa-0001Ab-2C Completed", TIME, "", "", "1pXYZa-0001Ab-2C Completed"},
        {"Nov 24 09:14:07 postfix/smtp[12]: text without a host", TIME, "", "postfix/smtp",
         "text without a host"},
        {"Nov 24 09:14:07 Warning: text of no program", TIME, "", "", "Warning: text of no program"},
        {"{\"MESSAGE\":\"text\",\"SYSLOG_IDENTIFIER\":\"postfix/smtp\",\"_HOSTNAME\":\"mail\","
         "\"__REALTIME_TIMESTAMP\":\"1795511647123456\"}",
         TIME, "mail", "postfix/smtp", "text"},
        {"{\"MESSAGE\":\"text\",\"SYSLOG_IDENTIFIER\":\"x\",\"__REALTIME_TIMESTAMP\":\"17\"}", -1, "", "x",
         "text"},
        {"{\"type\":\"Delivery\"}", -1, "", "", "{\"type\":\"Delivery\"}"},
        {"{no json", -1, "", "", "{no json"},
        {"a line without a stamp", -1, "", "", "a line without a stamp"},
        {"<9999 text", -1, "", "", "<9999 text"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct frames frames = {.prefix_len = 0};
        struct stamps stamps = {.now = NOW};
        struct arena arena = {0};
        struct log_line line;
        frame_take(&frames, &stamps, slice_of(rows[i].line), &arena, &line);
        expect_line(rows[i].line, &line, &rows[i]);
        bool is_inside = line.text.len < strlen(rows[i].line); /* of what has no time of its own */
        expect_text(rows[i].line, line.text, is_inside ? rows[i].message : rows[i].line);
        frames_free(&frames);
        arena_free(&arena);
    }
}

/* Lines that begin alike are read by what the last one began with; the result must be the same. */
static void takes_the_next_line_of_a_second(void **state) {
    static const struct row rows[] = {
        {"Nov 24 09:14:07 mail postfix/smtp[12]: one", TIME, "mail", "postfix/smtp", "one"},
        {"Nov 24 09:14:07 mail postfix/qmgr[3]: two", TIME, "mail", "postfix/qmgr", "two"},
        {"Nov 24 09:14:07 mail no program", TIME, "", "", "mail no program"},
        {"Nov 24 09:14:07 mail2 postfix/qmgr[3]: three", TIME, "mail2", "postfix/qmgr", "three"},
        {"Nov 24 09:14:08 mail2 postfix/qmgr[3]: four", TIME + 1, "mail2", "postfix/qmgr", "four"},
        {"Nov 24 09:14:08 "
         "a-host-with-a-name-so-long-that-it-does-not-fit-into-what-is-kept-of-the-beginning-of-a-line."
         "example "
         "x: y",
         TIME + 1,
         "a-host-with-a-name-so-long-that-it-does-not-fit-into-what-is-kept-of-the-beginning-of-a-line."
         "example",
         "x", "y"},
    };
    struct frames frames = {.prefix_len = 0};
    struct stamps stamps = {.now = NOW};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_line line;
        frame_take(&frames, &stamps, slice_of(rows[i].line), &arena, &line);
        expect_line(rows[i].line, &line, &rows[i]);
    }
    frames_free(&frames);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(takes),
                                       cmocka_unit_test(takes_the_next_line_of_a_second)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
