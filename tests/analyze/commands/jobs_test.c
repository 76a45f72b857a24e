/* Whatever the order in which jobs end, their reports come out in the order of their numbers; and whatever
 * becomes of the process that does one, the others are done. */
#include "analyze/commands/jobs.h"

#include "analyze/crew/crew_frame.h"
#include "analyze/crew/crew_process.h"
#include "analyze/status.h"
#include "parsers/base/arena.h"
#include "tests/table.h"

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define COUNT          5000 /* more than may wait for an earlier one */
#define LARGE          ((size_t)700 << 10)
#define PATIENT        60000 /* milliseconds: nothing is late, however slow this machine is */
#define IMPATIENT      400 /* for what is to be late; where the machine made others late too, again with more */
#define LESS_IMPATIENT 8   /* times as much */

static void append(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

static struct crew_opened open_nothing(const void *context, size_t number, enum crew_reach reach,
                                       int *status) {
    (void)reach;
    *status = STATUS_NO_INPUT;
    return (struct crew_opened){context && number == 3 ? -1 : open("tests/table.h", O_RDONLY), -1};
}

static void write_failure(const void *context, size_t number, const struct crew_loss *loss,
                          mailwhy_sink *sink, void *sink_context, GString *facts) {
    g_string_append_printf(facts, "%zu!", number);
    (void)context;
    g_autofree char *place = loss->place ? g_strdup_printf(" %u", (unsigned)loss->place) : g_strdup("");
    g_autofree char *text = g_strdup_printf("%zu%s: %.19s", number, place, loss->why);
    sink(sink_context, text, strlen(text));
}

static void *begin(const void *context) {
    return (void *)context;
}

static void report(struct crew_desk *desk, size_t number, char letter) {
    g_autofree char *text = g_strdup_printf("%zu%c", number, letter);
    crew_begin_report(desk);
    crew_write(desk, text, strlen(text));
}

/* Job 0 is the slowest; each third job writes nothing, each fifth two reports, and job 8 a large one. */
static int count(void *self, const struct crew_order *order, struct crew_desk *desk) {
    size_t number = order->number;
    (void)self;
    crew_close(order);
    if (number == 0)
        g_usleep(20000);
    for (size_t i = 0; number % 3 != 1 && i < (number % 5 == 0 ? 2 : 1); i++)
        report(desk, number, (char)('a' + i));
    for (size_t i = 0; number == 8 && i < LARGE; i++)
        crew_write(desk, "x", 1);
    return number == 4000 ? STATUS_NO_INPUT : number == 4001 ? STATUS_DATA : STATUS_OK;
}

typedef int runner(void *self, const struct crew_order *order, struct crew_desk *desk);

static struct job_plan plan_for(unsigned size, size_t jobs, GString *out, runner *run) {
    return (struct job_plan){.count = jobs,
                             .crew = {.size = size, .milliseconds = PATIENT, .begin = begin, .run = run},
                             .format = mailwhy_format_find("json"),
                             .sink = append,
                             .sink_context = out,
                             .open = open_nothing,
                             .fail = write_failure};
}

static void test_order(void **state) {
    (void)state;
    static const unsigned sizes[] = {1, 2, 8};
    g_autoptr(GString) first = g_string_new(NULL);
    for (size_t i = 0; i < ROWS(sizes); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        struct job_plan plan = plan_for(sizes[i], COUNT, out, count);
        assert_int_equal(jobs_run(&plan, NULL), STATUS_NO_INPUT);
        assert_true(g_str_has_prefix(out->str, "0a,\n0b,\n2a,\n3a,\n5a,\n5b,\n6a,\n8axxx"));
        assert_true(g_str_has_suffix(out->str, ",\n4998a,\n4999a") || g_str_has_suffix(out->str, ",\n4998a"));
        if (i == 0)
            g_string_append(first, out->str);
        assert_true(g_string_equal(first, out));
    }
}

/* The first reports, in their order, up to the bound; the first of all is never left out. */
static void test_bound(void **state) {
    static const struct {
        size_t most;
        const char *written;
        size_t left_out;
    } rows[] = {{1, "0a", 6},
                {8, "0a,\n0b,\n2a", 4},
                {9, "0a,\n0b,\n2a", 4},
                {1000, "0a,\n0b,\n2a,\n3a,\n5a,\n5b,\n6a", 0}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        for (unsigned size = 1; size < 4; size++) {
            g_autoptr(GString) out = g_string_new(NULL);
            struct job_plan plan = plan_for(size, 8, out, count);
            struct job_counts counts;
            plan.most_bytes = rows[i].most;
            jobs_run(&plan, &counts);
            expect_text("bound", (struct slice){out->str, out->len}, rows[i].written);
            expect_number("left out", (long long)counts.left_out, (long long)rows[i].left_out);
        }
}

static void test_none(void **state) {
    (void)state;
    g_autoptr(GString) out = g_string_new(NULL);
    struct job_plan plan = plan_for(4, 0, out, count);
    assert_int_equal(jobs_run(&plan, NULL), STATUS_OK);
    assert_int_equal(out->len, 0);
}

/* --- what may become of a process --- */

static void crash(struct crew_desk *desk) {
    (void)desk;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static void hang(struct crew_desk *desk) {
    crew_has_read(desk, 0);
    for (;;)
        g_usleep(1000000);
}

/* More than an input of its size may take; jobs before and after it stay below. */
static void take_memory(struct crew_desk *desk) {
    struct arena arena = {0};
    crew_has_read(desk, 1000);
    arena_alloc(&arena, crew_memory_for(1000) - 1000000);
    arena_reset(&arena);
    arena_alloc(&arena, crew_memory_for(1000) + 1000000);
}

static void end(struct crew_desk *desk) {
    (void)desk;
    _exit(0);
}

static void crash_late(struct crew_desk *desk) {
    report(desk, 7, 'z'); /* of this report some is known by then */
    for (size_t i = 0; i < LARGE; i++)
        crew_write(desk, "z", 1);
    crash(desk);
}

static void lie(struct crew_desk *desk) {
    crew_write(desk, "bytes of no report", 18);
}

/* The parent never has to wait for it. */
static void flood(struct crew_desk *desk) {
    crew_begin_report(desk);
    for (;;)
        crew_write(desk, "z", 1);
}

/* What it shares with the parent, of which a process that was taken over says what it likes. */
static struct crew_place *place_of(struct crew_desk *desk) {
    return *(struct crew_place **)(void *)desk; /* its first member */
}

static void rise(struct crew_desk *desk) {
    report(desk, 7, 'z');
    for (size_t i = 0; i < LARGE; i++)
        crew_write(desk, "z", 1);
    for (uint64_t n = 9;; n++)
        atomic_store(&place_of(desk)->number, n);
}

static void read_again_and_again(struct crew_desk *desk) {
    for (uint64_t n = 8;; n ^= 8)
        atomic_store(&place_of(desk)->read, n);
}

static void (*poison)(struct crew_desk *desk);

static int be_poisoned(void *self, const struct crew_order *order, struct crew_desk *desk) {
    (void)self;
    crew_close(order);
    if (order->number == 7)
        poison(desk);
    report(desk, order->number, 'a');
    return STATUS_OK;
}

static int lie_about_end(void *self, const struct crew_order *order, struct crew_desk *desk) {
    (void)self;
    crew_close(order);
    report(desk, order->number, 'a');
    return order->number == 7 ? STATUS_OUTPUT : STATUS_OK;
}

static const char *first_difference(const char *one, const char *other) {
    while (*one && *one == *other) {
        one++;
        other++;
    }
    return one;
}

/* Whether a limit of that many milliseconds is so long that no more is to be tried. */
static bool is_last(unsigned milliseconds) {
    return milliseconds * LESS_IMPATIENT > PATIENT;
}

struct poison_row {
    const char *name;
    void (*poison)(struct crew_desk *desk);
    runner *run;
    const char *said;
};

/* Whether 200 jobs, of which number 7 is poison, end as they should. */
static bool try_poison(const struct poison_row *row, unsigned variant, unsigned milliseconds) {
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) expected = g_string_new(NULL);
    struct job_plan plan = plan_for(variant % 3 + 1, 200, out, row->run);
    plan.crew.is_isolated = variant > 2;
    plan.crew.milliseconds = milliseconds;
    poison = row->poison;
    for (unsigned n = 0; n < 200; n++)
        g_string_append_printf(expected, n == 7 ? "%s%u: %s" : "%s%ua", n ? ",\n" : "", n, row->said);
    int status = jobs_run(&plan, NULL);
    bool holds = status == STATUS_BUG && g_string_equal(out, expected);
    if (!holds && is_last(milliseconds))
        fail_msg("%s, variant %u: status %d\n%.300s", row->name, variant, status,
                 first_difference(out->str, expected->str));
    return holds;
}

static void test_poison(void **state) {
    (void)state;
    static const struct poison_row rows[] = {
        {"crashes", crash, be_poisoned, "the process that re"},
        {"ends", end, be_poisoned, "the process that re"},
        {"hangs", hang, be_poisoned, "this input took too"},
        {"crashes within its report", crash_late, be_poisoned, "the process that re"},
        {"takes too much memory", take_memory, be_poisoned, "reading this input "},
        {"writes without an end", flood, be_poisoned, "this input took too"},
        {"says that it is ever further on", rise, be_poisoned, "this input took too"},
        {"says that it has read, again and again", read_again_and_again, be_poisoned, "this input took too"},
        {"writes what belongs to no report", lie, be_poisoned, "the process that re"},
        {"ends with another status", NULL, lie_about_end, "the process that re"},
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        for (unsigned variant = 0; variant < 6; variant++) {
            bool is_late = g_str_has_prefix(rows[i].said, "this input took");
            unsigned limit = is_late ? IMPATIENT : PATIENT;
            while (!try_poison(&rows[i], variant, limit))
                limit *= LESS_IMPATIENT;
        }
}

/* --- a mailbox, of which a message is poison --- */

#define MESSAGES 1000

static bool is_poison(uint64_t message) {
    if (poison == hang) /* each takes its time */
        return message == 500;
    return message == 1 || message == 500 || message == 501 || message == MESSAGES;
}

/* Each job is a mailbox; job 1 has the poison. */
static int read_mailbox(void *self, const struct crew_order *order, struct crew_desk *desk) {
    (void)self;
    crew_close(order);
    for (uint64_t n = order->done + 1; n <= MESSAGES; n++) {
        g_autofree char *text = g_strdup_printf("%zu.%u", order->number, (unsigned)n);
        crew_begin_message(desk, n * 10, 100, n == 3 ? STATUS_DATA : STATUS_OK);
        if (order->number == 1 && is_poison(n))
            poison(desk);
        crew_write(desk, text, strlen(text));
    }
    return STATUS_OK;
}

static void write_part(struct crew_desk *desk) {
    for (size_t i = 0; i < LARGE; i++)
        crew_write(desk, "z", 1);
    crash(desk);
}

struct mailbox_row {
    const char *name;
    void (*poison)(struct crew_desk *desk);
    const char *said;
};

/* Whether three mailboxes, of which the second has the poison, end as they should. */
static bool try_mailbox(const struct mailbox_row *row, unsigned variant, unsigned milliseconds) {
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) expected = g_string_new(NULL);
    struct job_plan plan = plan_for(variant % 2 + 1, 3, out, read_mailbox);
    struct job_counts counts;
    plan.crew.is_isolated = variant > 1;
    plan.crew.milliseconds = milliseconds;
    poison = row->poison;
    for (unsigned job = 0; job < 3; job++)
        for (unsigned n = 1; n <= MESSAGES; n++)
            if (job == 1 && is_poison(n))
                g_string_append_printf(expected, ",\n1 %u: %s", n, row->said);
            else
                g_string_append_printf(expected, "%s%u.%u", expected->len ? ",\n" : "", job, n);
    int status = jobs_run(&plan, &counts);
    bool holds =
        status == STATUS_BUG && counts.reports == (size_t)3 * MESSAGES && g_string_equal(out, expected);
    if (!holds && is_last(milliseconds))
        fail_msg("%s, variant %u: status %d, %zu reports\n%.300s", row->name, variant, status, counts.reports,
                 first_difference(out->str, expected->str));
    return holds;
}

static void test_mailbox(void **state) {
    (void)state;
    static const struct mailbox_row rows[] = {
        {"crashes", crash, "the process that re"},
        {"crashes within its report", write_part, "the process that re"},
        {"takes too much memory", take_memory, "reading this input "},
        {"hangs", hang, "this input took too"},
    };
    for (size_t i = 0; i < ROWS(rows); i++)
        for (unsigned variant = 0; variant < 4; variant++) {
            unsigned limit = rows[i].poison == hang ? IMPATIENT : PATIENT;
            while (!try_mailbox(&rows[i], variant, limit))
                limit *= LESS_IMPATIENT;
        }
}

/* Each message is poison: there is an end to it. */
static int read_poison_alone(void *self, const struct crew_order *order, struct crew_desk *desk) {
    (void)self;
    crew_close(order);
    crew_begin_message(desk, order->done + 1, 100, STATUS_OK);
    crash(desk);
    return STATUS_OK;
}

/* After its first messages it is read no further, though no message is at fault. */
static int end_between(void *self, const struct crew_order *order, struct crew_desk *desk) {
    (void)self;
    crew_close(order);
    if (order->done)
        crash(desk);
    crew_begin_message(desk, 1, 100, STATUS_OK);
    crew_begin_message(desk, 2, 100, STATUS_DATA);
    crash(desk);
    return STATUS_OK;
}

static unsigned slow_limit; /* milliseconds, of which be_slow takes more */

/* The second message takes its time, but is done where it is read alone: so what came before was counted. */
static int be_slow(void *self, const struct crew_order *order, struct crew_desk *desk) {
    (void)self;
    crew_close(order);
    for (uint64_t n = order->done + 1; n <= 3; n++) {
        crew_begin_message(desk, n, 100, n == 2 ? STATUS_DATA : STATUS_OK);
        crew_write(desk, "m", 1);
        if (n < 3)
            g_usleep((gulong)slow_limit * 1000 * 5 / 8);
    }
    return STATUS_OK;
}

struct end_row {
    const char *name;
    runner *run;
    int status;
    size_t reports;
    const char *end;
};

static bool try_end(const struct end_row *row, unsigned milliseconds) {
    g_autoptr(GString) out = g_string_new(NULL);
    struct job_plan plan = plan_for(1, 1, out, row->run);
    struct job_counts counts;
    plan.crew.milliseconds = slow_limit = milliseconds;
    int status = jobs_run(&plan, &counts);
    bool holds =
        status == row->status && counts.reports == row->reports && g_str_has_suffix(out->str, row->end);
    if (!holds && is_last(milliseconds))
        fail_msg("%s: status %d, %zu reports, %s", row->name, status, counts.reports, out->str);
    return holds;
}

static void test_mailbox_ends(void **state) {
    (void)state;
    static const struct end_row rows[] = {
        {"each message is poison", read_poison_alone, STATUS_BUG, CREW_MOST_AGAIN + 2,
         "0 102: the messages behind"},
        {"it dies between messages", end_between, STATUS_BUG, 3,
         "0 2: the process that re,\n0 3: the process that re"},
        {"it is slow as a whole", be_slow, STATUS_DATA, 3, "m,\nm,\nm"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        unsigned limit = rows[i].run == be_slow ? IMPATIENT : PATIENT;
        while (!try_end(&rows[i], limit))
            limit *= LESS_IMPATIENT;
    }
}

/* An input that cannot be opened has no report. */
static void test_not_open(void **state) {
    (void)state;
    g_autoptr(GString) out = g_string_new(NULL);
    struct job_plan plan = plan_for(2, 6, out, be_poisoned);
    plan.context = "yes";
    assert_int_equal(jobs_run(&plan, NULL), STATUS_NO_INPUT);
    assert_string_equal(out->str, "0a,\n1a,\n2a,\n4a,\n5a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),    cmocka_unit_test(test_bound),   cmocka_unit_test(test_none),
        cmocka_unit_test(test_poison),   cmocka_unit_test(test_mailbox), cmocka_unit_test(test_mailbox_ends),
        cmocka_unit_test(test_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
