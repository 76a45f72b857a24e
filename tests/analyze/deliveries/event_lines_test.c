/* Events come back from their lines as they were; what makes no sense is refused. */
#include "analyze/deliveries/event_lines.h"
#include "tests/table.h"

#define STRANGE "a\\b\tc\nd\r\"\x1f\xff\xfe ="

static void come_back(void **state) {
    const struct {
        const char *columns; /* key and links */
        struct log_event e;
    } rows[] = {
        {"9C1D02|",
         {.kind = LOG_QUEUED,
          .host = SLICE("mx"),
          .queue_id = SLICE("9C1D02"),
          .sender = SLICE("a@b"),
          .recipients = -1,
          .size = 12,
          .time = 77,
          .delay = LOG_NO_DELAY}},
        {"9C1D02|^9C1D03",
         {.kind = LOG_ATTEMPT,
          .host = SLICE("mx"),
          .queue_id = SLICE("9C1D02"),
          .recipient = SLICE("c@d"),
          .text = SLICE(STRANGE),
          .relay = SLICE("r"),
          .relay_ip = SLICE("::1"),
          .next_queue_id = SLICE("9C1D03"),
          .status = LOG_BOUNCED,
          .status_code = SLICE("5.1.1"),
          .delay = 7,
          .connecting = UINT32_MAX,
          .sending = 3,
          .is_remote = true,
          .is_last = true,
          .is_for_open = true,
          .time = 80}},
        {"=mx=7|",
         {.kind = LOG_ATTEMPT,
          .host = SLICE("mx"),
          .try_id = SLICE("7"),
          .original = SLICE("x"),
          .local_ip = SLICE("192.0.2.1"),
          .is_forwarded = true,
          .is_retold = true,
          .time = -1}},
        {"12|^=mx=7",
         {.kind = LOG_TRY_BEGINS,
          .host = SLICE("mx"),
          .queue_id = SLICE("12"),
          .try_id = SLICE("7"),
          .recipient = SLICE("c@d"),
          .time = 5}},
        {"AB|", {.kind = LOG_DONE, .queue_id = SLICE("AB\tc@d"), .time = 5}},
        {"\\t0.5|", {.kind = LOG_DONE, .queue_id = SLICE("\t0.5"), .time = 5}},
        {"=|",
         {.kind = LOG_REJECT,
          .client = SLICE("x"),
          .client_ip = SLICE("192.0.2.9"),
          .user = SLICE("u"),
          .message_id = SLICE("m"),
          .script = SLICE("s"),
          .is_client_later = true,
          .times = 3,
          .size = -1,
          .time = 9}},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct event_writer w = {.out = g_string_new(NULL), .place = 3};
        struct event_line read;
        const struct judged_event judged = {.event = &rows[i].e, .line = 42};
        event_line_write(&w, &judged, SLICE("a log\t"));
        struct slice line = {w.out->str, w.out->len - 1};
        g_auto(GStrv) columns = g_strsplit(w.out->str, "\t", 5);
        g_strdelimit(columns[3], "\x1f", '^');
        g_autofree char *got = g_strconcat(columns[0], "|", columns[3], NULL);
        expect_text(rows[i].columns, slice_of(got), rows[i].columns);
        expect_number(rows[i].columns, slice_find_char(line, '\n') == line.len, true);
        expect_number(rows[i].columns, event_line_read(&read, line, &arena), true);
        expect_number(rows[i].columns, (long long)read.line, 42);
        expect_text(rows[i].columns, read.file, "a log\t");
        struct event_writer again = {.out = g_string_new(NULL), .place = 3};
        const struct judged_event same = {.event = &read.event, .line = 42};
        event_line_write(&again, &same, read.file);
        expect_text(rows[i].columns, slice_of(again.out->str), w.out->str);
        expect_number(rows[i].columns, slice_equal(read.event.text, rows[i].e.text), true);
        expect_number(rows[i].columns,
                      read.event.delay == rows[i].e.delay && read.event.size == rows[i].e.size, true);
        g_string_free(w.out, TRUE);
        g_string_free(again.out, TRUE);
    }
    arena_free(&arena);
}

static void refuses(void **state) {
    static const char *const rows[] = {"",
                                       "x",
                                       "k\t1\t1\t\t",
                                       "k\t1\t1\t\t0 0 0 0 0 9000000000000000 0 0 0 ",
                                       "k\t1\t1\t\t99 0 0 0 0 0 0 0 0 ",
                                       "k\t1\t1\t\t0 9 0 0 0 0 0 0 0 ",
                                       "k\t1\t1\t\t0 0 64 0 0 0 0 0 0 ",
                                       "k\t1\t1\t\t0 0 0 x 0 0 0 0 0 ",
                                       "k\t1\t1\t\t0 0 0 0 0 1111111111111111111 0 0 0 ",
                                       "\t1\t1\t\t"};
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct event_line read;
        expect_number(rows[i], event_line_read(&read, slice_of(rows[i]), &arena), false);
    }
    arena_free(&arena);
}

/* The order is that of the lines, though a clock goes back; who hands a message in goes with it. */
static void keeps_the_order(void **state) {
    struct event_writer w = {.out = g_string_new(NULL)};
    const struct log_event events[] = {
        {.kind = LOG_SCRIPT, .script = SLICE("/srv/x.php"), .time = 100},
        {.kind = LOG_CLIENT, .queue_id = SLICE("a"), .user = SLICE("www"), .time = 101},
        {.kind = LOG_DONE, .queue_id = SLICE("a"), .time = 99}};
    (void)state;
    for (size_t i = 0; i < ROWS(events); i++) {
        struct log_event heard = events[i];
        bool is_left = event_writer_hear(&w, &heard);
        expect_number("all but the script is left to be written", is_left, i > 0);
        if (is_left)
            event_line_write(&w, &(struct judged_event){.event = &heard}, SLICE_EMPTY);
    }
    g_auto(GStrv) lines = g_strsplit(w.out->str, "\n", 3);
    expect_text("a line for each but the script", slice_upto(slice_of(lines[0]), 38),
                "a\t000000000101\t00000000000000000000\t\t0");
    expect_text("the latest time so far", slice_upto(slice_of(lines[1]), 38),
                "a\t000000000101\t00000000000000000001\t\t6");
    expect_number("the script", strstr(lines[0], "/srv/x.php") != NULL, true);
    g_string_free(w.out, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(come_back), cmocka_unit_test(refuses),
                                       cmocka_unit_test(keeps_the_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
