/* How long does mailwhy take to explain messages, measured in GMime's bare parsing of the same ones?
 *     explain_bench ROUNDS FILE...
 * Both run over the same bytes in memory, in turn, on one core, in the sandbox of a process that reads
 * several inputs (all patterns are compiled before it is entered, as there); the medians of the rounds are
 * compared. Prints: microseconds a message for GMime, for mailwhy to NDJSON, and the ratio. */
#include "analyze/worker.h"
#include "parsers/base/mime_text.h"
#include "parsers/sandbox/sandbox.h"
#include "tests/bench/bench.h"

struct run {
    struct mailwhy_worker *worker;
    size_t written;
};

static void count(void *context, const char *bytes, size_t length) {
    (void)bytes;
    *(size_t *)context += length;
}

static void explain(void *context, const struct bench_mail *mail) {
    struct run *run = context;
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                  .name = mail->name,
                                  .bytes = mail->bytes,
                                  .length = mail->length,
                                  .first_line = 1};
    mailwhy_explain(run->worker, &input, mailwhy_format_find("ndjson"), count, &run->written);
}

int main(int argc, char **argv) {
    int rounds = argc > 2 ? atoi(argv[1]) : 0;
    if (rounds < 1) {
        fputs("usage: explain_bench ROUNDS FILE...\n", stderr);
        return 64;
    }
    mime_begin();
    struct mailwhy *why = mailwhy_new(NULL);
    struct run run = {mailwhy_worker_new(why), 0};
    const struct bench_mail *mails = bench_read(argv + 2, argc - 2);
    matcher_compile_all(run.worker->matcher, 1);
    const char *missing = sandbox_enter(SANDBOX_WORKER, NULL).missing;
    if (missing)
        fprintf(stderr, "explain_bench: %s\n", missing);
    bench_beside_gmime(mails, argc - 2, rounds, explain, &run);
    mailwhy_worker_free(run.worker);
    mailwhy_free(why);
    return run.written ? 0 : 70;
}
