/* Who asks the DNS, as a process of its own: what it says, its end, and a deadline for it. */
#define _GNU_SOURCE
#include "analyze/commands/reading_apart.h"
#include "analyze/status.h"
#include "tests/table.h"

#include <signal.h>
#include <unistd.h>

struct saying {
    struct output output;
    const char *ends; /* how */
};

static int say(void *context) {
    struct saying *s = context;
    output_write(&s->output, "x. A\n", 5);
    for (int i = 0; strcmp(s->ends, "goes on") == 0; i++)
        output_write(&s->output, "y. A\n", 5);
    if (strcmp(s->ends, "dies") == 0)
        raise(SIGKILL);
    while (strcmp(s->ends, "hangs") == 0)
        pause();
    return strcmp(s->ends, "nothing") == 0 ? STATUS_NO_INPUT : STATUS_OK;
}

static void collects(void **state) {
    static const struct {
        const char *ends;
        int status;
        gint64 seconds;
        const char *text;
    } rows[] = {{"well", STATUS_OK, 60, "before\nx. A\n"},
                {"nothing", STATUS_NO_INPUT, 60, "before\nx. A\n"},
                {"dies", STATUS_BUG, 60, "before\n"},
                {"goes on", STATUS_BUG, 60, "before\n"},
                {"hangs", STATUS_BUG, 0, "before\n"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct saying s = {OUTPUT_CLOSED, rows[i].ends};
        g_autoptr(GString) text = g_string_new("before\n");
        gint64 deadline = g_get_monotonic_time() + MAX(rows[i].seconds * G_USEC_PER_SEC, G_USEC_PER_SEC / 10);
        expect_number(rows[i].ends, asking_collect(&s.output, say, &s, deadline, 1000, text), rows[i].status);
        expect_text(rows[i].ends, (struct slice){text->str, text->len}, rows[i].text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(collects)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
