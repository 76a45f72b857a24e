/* SMTP conversations: lines of them, and what they tell of each recipient. */
#include "analyze/deliveries/conversation.h"
#include "tests/table.h"

#define MAIL  ">MAIL FROM:<a@example.com> SIZE=5\n"
#define RCPTS ">RCPT TO:<b@example.org>\n>RCPT TO:<c@example.org>\n"

static const struct {
    const char *lines, *told; /* a line begins with who speaks; the end is the end of the session */
} rows[] = {
    {">EHLO x\n<250 x\n" MAIL
     "<250 ok\n>RCPT TO:<b@example.org>\n<250 ok\n>DATA\n<354 go on\n<250 queued\n>QUIT\n<221 bye\n",
     "b@example.org 0 250 queued\n"},
    /* pipelining: each its own; a message is refused to those that were accepted */
    {"<220 x\n" MAIL RCPTS ">DATA\n<250 ok\n<550 5.1.1 no\n<250 ok\n<354 go on\n<550 5.7.1 spam\n",
     "b@example.org 2 550 5.1.1 no\nc@example.org 2 550 5.7.1 spam\n"},
    {MAIL RCPTS "<250 ok\n<450 later\n<250 ok\n>BDAT 5\n<250 ok\n>BDAT 5 LAST\n<250 queued\n",
     "b@example.org 1 450 later\nc@example.org 0 250 queued\n"},
    /* the sender is refused: all of its recipients are, however their own commands are answered */
    {MAIL ">RCPT TO:<b@example.org>\n<550 5.7.1 not you\n<503 5.5.1 MAIL first\n",
     "b@example.org 2 550 5.7.1 not you\n"},
    {MAIL ">RCPT TO:<b@example.org>\n<550 5.1.1 b@example.org\n",
     "b@example.org 2 550 5.1.1 b@example.org\n"},
    /* an answer of several lines */
    {MAIL "<250 ok\n>RCPT TO:<b@example.org>\n<550-5.1.1 no such\n<550 5.1.1 user\n",
     "b@example.org 2 550-5.1.1 no such\n550 5.1.1 user\n"},
    /* two messages; the second is not answered */
    {MAIL "<250 ok\n>RCPT TO:<b@example.org>\n<250 ok\n>DATA\n<354 x\n<250 q\n" MAIL
          "<250 ok\n>RCPT TO:<b@example.org>\n<250 ok\n",
     "b@example.org 0 250 q\nb@example.org 1 \n"},
    /* the other side commands: what is refused */
    {">220 x\n<EHLO y\n>250-x\n>250 SIZE\n<MAIL FROM:<a@example.net>\n>250 ok\n<RCPT "
     "TO:<b@example.com>\n>550 5.1.1 no\n"
     "<RCPT TO:<c@example.com>\n>250 ok\n<DATA\n>354 x\n>250 queued\n",
     "b@example.com refused 550 5.1.1 no\n"},
    {"<MAIL FROM:<a@example.net>\n>550 5.7.1 not you\n", " refused 550 5.7.1 not you\n"},
    /* answers to nothing, a login's lines */
    {"<220 x\n<250 y\n>AUTH LOGIN\n<334 z\n>secret\n<235 ok\n" MAIL "<250 ok\n>RSET\n<250 ok\n", ""},
    /* a session that has a name is one, whatever it says */
    {"<220 x\n" MAIL "<250 ok\n>RCPT TO:<b@example.org>\n<220 y\n", "b@example.org 1 \n"},
};

/* Sessions that have no names. */
static const struct {
    const char *lines, *told;
    uint64_t mixed; /* recipients */
} nameless[] = {
    /* one behind the other */
    {"<220-x\n<220 x\n>STARTTLS\n<220 go\n" MAIL "<250 ok\n>RCPT TO:<b@example.org>\n<550 no\n>QUIT\n<221 x\n"
     "<220 y\n" MAIL "<250 ok\n>RCPT TO:<c@example.org>\n<250 ok\n>DATA\n<354 x\n<250 q\n>QUIT\n",
     "b@example.org 2 550 no\nc@example.org 0 250 q\n", 0},
    /* one ends with 421 */
    {"<220 x\n" MAIL "<421 later\n<220 y\n" MAIL "<250 ok\n>RCPT TO:<c@example.org>\n<550 no\n",
     "c@example.org 2 550 no\n", 0},
    /* two at once: whose the answers are is not told; then one alone */
    {"<220 x\n" MAIL "<250 ok\n>RCPT TO:<b@example.org>\n<220 y\n" MAIL "<250 ok\n>RCPT TO:<c@example.org>\n"
     "<550 no\n<250 ok\n>QUIT\n>DATA\n<354 x\n<250 q\n>QUIT\n<221 x\n<220 z\n" MAIL
     "<250 ok\n>RCPT TO:<d@example.org>\n<550 no\n",
     "d@example.org 2 550 no\n", 2},
    /* the first line is not the first of its session */
    {MAIL "<250 ok\n>RCPT TO:<b@example.org>\n<220 y\n" MAIL "<550 no\n<250 ok\n>RCPT TO:<c@example.org>\n",
     "", 2},
};

static void hear(struct conversation *c, struct slice session, struct slice line, struct told *told) {
    struct log_event e = {
        .kind = LOG_SAID, .queue_id = session, .is_remote = line.ptr[0] == '<', .text = slice_from(line, 1)};
    struct judged_event judged = {.event = &e};
    conversation_hear(c, &judged, SLICE_EMPTY, told);
}

static void expect(const char *lines, struct slice session, const char *wanted, uint64_t mixed) {
    struct told told = {g_array_new(FALSE, TRUE, sizeof(struct log_event)),
                        g_array_new(FALSE, TRUE, sizeof(struct judged_event)),
                        {0},
                        0};
    struct conversation *c = conversation_new();
    g_autoptr(GString) out = g_string_new(NULL);
    struct slice line;
    for (struct slice rest = slice_of(lines); slice_next_line(&rest, &line);)
        hear(c, session, line, &told);
    conversation_end(c, &told);
    for (guint n = 0; n < told.events->len; n++) {
        const struct log_event *e = &g_array_index(told.events, struct log_event, n);
        if (e->kind == LOG_ATTEMPT)
            g_string_append_printf(out, "%.*s %d %.*s\n", S(e->recipient), e->status, S(e->text));
        if (e->kind == LOG_REJECT)
            g_string_append_printf(out, "%.*s refused %.*s\n", S(e->recipient), S(e->text));
    }
    expect_text(lines, (struct slice){out->str, out->len}, wanted);
    expect_number(lines, (long long)told.mixed, (long long)mixed);
    conversation_free(c);
    g_array_free(told.events, TRUE);
    g_array_free(told.judged, TRUE);
    arena_free(&told.texts);
}

static void tells(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect(rows[i].lines, SLICE("s"), rows[i].told, 0);
}

static void tells_of_nameless(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(nameless); i++)
        expect(nameless[i].lines, SLICE("\t192.0.2.25"), nameless[i].told, nameless[i].mixed);
}

/* Many sessions are open at once: each takes what it is counted with. */
static void takes_little(void **state) {
    struct told told = {.judged = g_array_new(FALSE, TRUE, sizeof(struct judged_event)),
                        .events = g_array_new(FALSE, TRUE, sizeof(struct log_event))};
    struct conversation *all[100];
    (void)state;
    size_t before = arena_held();
    for (size_t i = 0; i < ROWS(all); i++) {
        all[i] = conversation_new();
        hear(all[i], SLICE("s"), SLICE(">MAIL FROM:<a@example.com>"), &told);
        hear(all[i], SLICE("s"), SLICE(">RCPT TO:<b@example.org>"), &told);
    }
    assert_in_range((arena_held() - before) / ROWS(all), 1, CONVERSATION_TAKES);
    for (size_t i = 0; i < ROWS(all); i++)
        conversation_free(all[i]);
    g_array_free(told.judged, TRUE);
    g_array_free(told.events, TRUE);
    arena_free(&told.texts);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells), cmocka_unit_test(tells_of_nameless),
                                       cmocka_unit_test(takes_little)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
