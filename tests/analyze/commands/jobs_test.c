/* Whatever the order in which jobs end, what they write comes out in the order of their numbers. */
#include "analyze/commands/jobs.h"

#include "analyze/commands/status.h"
#include "tests/table.h"

#include <glib.h>
#include <string.h>

#define COUNT 5000 /* more than may wait for an earlier one */
#define LARGE ((size_t)700 << 10)

static void append(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

/* Job 0 is the slowest; each third job writes nothing, each fifth two reports, and job 8 a large one. */
static int count(void *context, struct mailwhy_worker *worker, size_t number, struct job *job) {
    (void)context, (void)worker;
    if (number == 0)
        g_usleep(20000);
    for (size_t i = 0; number % 3 != 1 && i < (number % 5 == 0 ? 2 : 1); i++) {
        g_autofree char *text = g_strdup_printf("%zu%c", number, (char)('a' + i));
        job_begin_report(job);
        job_write(job, text, strlen(text));
    }
    for (size_t i = 0; number == 8 && i < LARGE; i++)
        job_write(job, "x", 1);
    return number == 4000 ? STATUS_NO_INPUT : number == 4001 ? STATUS_DATA : STATUS_OK;
}

static void test_order(void **state) {
    (void)state;
    static const unsigned threads[] = {1, 2, 8};
    struct mailwhy *why = mailwhy_new(NULL, stderr);
    g_autoptr(GString) first = g_string_new(NULL);
    for (size_t i = 0; i < ROWS(threads); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        struct job_plan plan = {.count = COUNT,
                                .threads = threads[i],
                                .format = mailwhy_format_find("json"),
                                .sink = append,
                                .sink_context = out,
                                .why = why,
                                .run = count};
        assert_int_equal(jobs_run(&plan), STATUS_NO_INPUT);
        assert_true(g_str_has_prefix(out->str, "0a,\n0b,\n2a,\n3a,\n5a,\n5b,\n6a,\n8axxx"));
        assert_true(g_str_has_suffix(out->str, ",\n4998a,\n4999a") || g_str_has_suffix(out->str, ",\n4998a"));
        if (i == 0)
            g_string_append(first, out->str);
        assert_true(g_string_equal(first, out));
    }
    mailwhy_free(why);
}

static void test_none(void **state) {
    (void)state;
    g_autoptr(GString) out = g_string_new(NULL);
    struct mailwhy *why = mailwhy_new(NULL, stderr);
    struct job_plan plan = {.threads = 4,
                            .format = mailwhy_format_at(0),
                            .sink = append,
                            .sink_context = out,
                            .why = why,
                            .run = count};
    assert_int_equal(jobs_run(&plan), STATUS_OK);
    assert_int_equal(out->len, 0);
    mailwhy_free(why);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
