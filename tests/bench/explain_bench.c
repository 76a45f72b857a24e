/* How long does mailwhy take to explain messages, measured in GMime's bare parsing of the same ones?
 *     explain_bench ROUNDS FILE...
 * Both run over the same bytes in memory, in turn, on one core, in the sandbox of a process that reads
 * several inputs (all patterns are compiled before it is entered, as there); the medians of the rounds are
 * compared. Prints: microseconds a message for GMime, for mailwhy to NDJSON, and the ratio. */
#include "analyze/worker.h"
#include "parsers/base/mime_text.h"
#include "parsers/sandbox/sandbox.h"
#include "tests/bench/bench.h"

struct sample {
    char *bytes;
    gsize length;
    const char *name;
};

static void count(void *context, const char *bytes, size_t length) {
    (void)bytes;
    *(size_t *)context += length;
}

int main(int argc, char **argv) {
    int rounds = argc > 2 ? atoi(argv[1]) : 0;
    int files = argc - 2;
    if (rounds < 1) {
        fputs("usage: explain_bench ROUNDS FILE...\n", stderr);
        return 64;
    }
    mime_begin();
    struct mailwhy *why = mailwhy_new(NULL);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    struct sample *samples = g_new0(struct sample, files);
    double *bare = g_new0(double, rounds);
    double *explained = g_new0(double, rounds);
    size_t written = 0;
    for (int i = 0; i < files; i++) {
        samples[i].name = argv[i + 2];
        if (!g_file_get_contents(samples[i].name, &samples[i].bytes, &samples[i].length, NULL))
            return 66;
    }
    matcher_compile_all(worker->matcher, 1);
    const char *missing = sandbox_enter(SANDBOX_WORKER, NULL).missing;
    if (missing)
        fprintf(stderr, "explain_bench: %s\n", missing);
    for (int round = -2; round < rounds; round++) { /* the first two warm both up */
        gint64 start = g_get_monotonic_time();
        for (int i = 0; i < files; i++)
            parse_bare(samples[i].bytes, samples[i].length);
        gint64 middle = g_get_monotonic_time();
        for (int i = 0; i < files; i++) {
            struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                          .name = samples[i].name,
                                          .bytes = samples[i].bytes,
                                          .length = samples[i].length,
                                          .first_line = 1};
            mailwhy_explain(worker, &input, mailwhy_format_find("ndjson"), count, &written);
        }
        gint64 end = g_get_monotonic_time();
        if (round >= 0) {
            bare[round] = (double)(middle - start) / files;
            explained[round] = (double)(end - middle) / files;
        }
    }
    double gmime = median(bare, rounds);
    double mailwhy = median(explained, rounds);
    printf("%.1f %.1f %.3f\n", gmime, mailwhy, mailwhy / gmime);
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return written ? 0 : 70;
}
