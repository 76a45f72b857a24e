/* Ends by deadline and by memory: see last_words.h. */
#define _GNU_SOURCE
#include "analyze/commands/last_words.h"

#include "analyze/crew/crew_plan.h"
#include "analyze/status.h"
#include "parsers/base/arena.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static const struct last_words *words;

/* Only what a signal's handler may do. */
static void __attribute__((noreturn)) end(const char *report, size_t length, const char *notes) {
    struct output *output = words->output;
    if (write(STDERR_FILENO, notes, strlen(notes)) < 0) /* nobody hears it */
        output->error = 0;
    output_end_with(output, report, length);
    _exit(output->is_for_parent ? STATUS_UNFINISHED : STATUS_BUG);
}

static void be_late(int number) {
    (void)number;
    end(words->late->str, words->late->len, words->notes);
}

static void exceed(void) {
    const char *notes = "";
    GString *report = g_string_new(NULL);
    last_words_count(0);
    arena_limit(0, NULL);
    words->excess(words->context, report, &notes);
    end(report->str, report->len, notes);
}

void last_words_begin(const struct last_words *w) {
    struct sigaction action = {.sa_handler = be_late};
    sigset_t alarm_alone;
    words = w;
    arena_leave_out();
    sigaction(SIGALRM, &action, NULL);
    sigemptyset(&alarm_alone);
    sigaddset(&alarm_alone, SIGALRM);
    sigprocmask(SIG_UNBLOCK, &alarm_alone, NULL);
}

static void set_clock(time_t seconds) {
    struct itimerval once = {.it_value.tv_sec = seconds};
    setitimer(ITIMER_REAL, &once, NULL);
}

void last_words_count(size_t bytes) {
    set_clock(CREW_INPUT_SECONDS + (time_t)(bytes >> 20));
    arena_limit(crew_memory_for(bytes), exceed);
}

void last_words_end(void) {
    set_clock(0);
    arena_limit(0, NULL);
}
