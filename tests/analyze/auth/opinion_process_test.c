/* What dies or does not end costs only its own question; what is inside has nothing but its questions. */
#include "analyze/auth/opinion_process.h"
#include "tests/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static size_t count_bytes(void *context, struct slice question, unsigned char *answer) {
    size_t sum = 0;
    (void)context;
    for (size_t i = 0; i < question.len; i++)
        sum += (unsigned char)question.ptr[i];
    memcpy(answer, &sum, sizeof sum);
    return sizeof sum;
}

static size_t crash(void *context, struct slice question, unsigned char *answer) {
    (void)question, (void)answer;
    *(volatile char *)context = 1; /* NULL */
    return 1;
}

static size_t never_end(void *context, struct slice question, unsigned char *answer) {
    (void)context, (void)question, (void)answer;
    for (volatile bool goes_on = true; goes_on;)
        ;
    return 1;
}

static size_t end(void *context, struct slice question, unsigned char *answer) {
    (void)context, (void)question, (void)answer;
    _exit(0);
}

static size_t connect_out(void *context, struct slice question, unsigned char *answer) {
    (void)context, (void)question;
    answer[0] = socket(AF_INET, SOCK_STREAM, 0) >= 0;
    return 1;
}

static size_t open_file(void *context, struct slice question, unsigned char *answer) {
    (void)context, (void)question;
    answer[0] = open("/etc/passwd", O_RDONLY) >= 0;
    return 1;
}

/* Open descriptors, and variables of the environment. */
static size_t count_belongings(void *context, struct slice question, unsigned char *answer) {
    extern char **environ;
    (void)context, (void)question;
    answer[0] = answer[1] = 0;
    for (int fd = 0; fd < 1024; fd++)
        answer[0] += (unsigned char)(read(fd, answer, 0) == 0 || errno != EBADF);
    for (char **variable = environ; variable && *variable; variable++)
        answer[1]++;
    return 2;
}

enum { COUNT, CRASH, NEVER_END, END, CONNECT_OUT, OPEN_FILE, BELONGINGS };
static opinion_answerer *const answerers[] = {count_bytes, crash,     never_end,       end,
                                              connect_out, open_file, count_belongings};

/* Time enough on a machine that is busy; one question of a test waits for all of it. */
static struct opinion_process *start(void) {
    return opinion_process_new(answerers, ROWS(answerers), NULL, NULL, 3000);
}

/* A question of `size` bytes "a"; is its answer right? */
static bool is_counted(struct opinion_process *p, size_t size) {
    unsigned char answer[OPINION_MOST_ANSWER];
    char *bytes = malloc(size + 1);
    size_t sum = 0;
    memset(bytes, 'a', size);
    size_t got = opinion_ask(p, COUNT, (struct slice){bytes, size}) ? opinion_hear(p, answer) : 0;
    free(bytes);
    if (got == sizeof sum)
        memcpy(&sum, answer, sizeof sum);
    return got == sizeof sum && sum == size * 'a';
}

static void test_sizes(void **unused) {
    static const size_t sizes[] = {1, 65535, 65536, 65537, 3000000, 0};
    struct opinion_process *p = start();
    (void)unused;
    for (size_t i = 0; i < ROWS(sizes); i++)
        assert_true(is_counted(p, sizes[i]));
    assert_false(opinion_ask(p, COUNT, (struct slice){"", OPINION_MOST_QUESTION + 1}));
    assert_true(is_counted(p, 5));
    opinion_process_free(p);
}

/* The question is lost, the next is answered. */
static void test_deaths(void **unused) {
    static const struct {
        const char *input;
        unsigned kind;
    } rows[] = {
        {"it crashes", CRASH},       {"it does not end", NEVER_END},    {"it ends", END},
        {"it crashes again", CRASH}, {"no such kind", ROWS(answerers)}, {"it opens a socket", CONNECT_OUT}};
    unsigned char answer[OPINION_MOST_ANSWER];
    struct opinion_process *p = start();
    (void)unused;
    for (size_t i = 0; i < ROWS(rows); i++) {
        opinion_ask(p, rows[i].kind, SLICE("x"));
        expect_number(rows[i].input, (long long)opinion_hear(p, answer), 0);
        expect_number(rows[i].input, is_counted(p, 100000), true);
    }
    opinion_process_free(p);
}

static void test_belongings(void **unused) {
    unsigned char answer[OPINION_MOST_ANSWER];
    struct opinion_process *p = start();
    (void)unused;
    opinion_ask(p, BELONGINGS, SLICE("x"));
    assert_int_equal(opinion_hear(p, answer), 2);
    assert_int_equal(answer[0], 1);
    assert_int_equal(answer[1], 0);
    opinion_ask(p, OPEN_FILE, SLICE("x"));
    assert_int_equal(opinion_hear(p, answer), 1);
    assert_int_equal(answer[0], 0);
    opinion_process_free(p);
}

/* Two beside each other; nobody to ask. */
static void test_independence(void **unused) {
    unsigned char answer[OPINION_MOST_ANSWER];
    struct opinion_process *one = start(), *two = start();
    (void)unused;
    assert_true(opinion_ask(one, CRASH, SLICE("x")));
    assert_true(is_counted(two, 10));
    opinion_process_free(two);
    assert_int_equal(opinion_hear(one, answer), 0);
    opinion_process_free(one);
    assert_false(opinion_ask(NULL, COUNT, SLICE("x")));
    assert_int_equal(opinion_hear(NULL, answer), 0);
    opinion_process_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sizes), cmocka_unit_test(test_deaths),
                                       cmocka_unit_test(test_belongings),
                                       cmocka_unit_test(test_independence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
