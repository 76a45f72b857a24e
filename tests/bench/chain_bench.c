/* How long does it take to rebuild the chain (all trace fields of the header, order, boundary, oddities),
 * measured in GMime's own parsing of the same messages?
 *     chain_bench ROUNDS FILE...
 * Prints: microseconds a message for GMime, for the chain, and the ratio of the medians. */
#include "analyze/chain/chain_build.h"
#include "analyze/worker.h"
#include "parsers/base/mime_text.h"
#include "parsers/message/trace.h"
#include "tests/bench/bench.h"

struct sample {
    char *bytes;
    gsize length;
    struct slice header;
};

static size_t rebuild(const struct sample *s, struct mailwhy_worker *worker) {
    struct message message = {.bytes = {s->bytes, s->length}, .arena = &worker->arena, .first_line = 1};
    struct trace trace;
    struct chain chain;
    message.lines = (struct line_counter){s->bytes, 1};
    arena_reset(&worker->arena);
    trace_read(&trace, &message, s->header, worker->matcher);
    chain_build(&chain, &trace, -1, CHAIN_RECEIVED, NULL, worker->matcher, &worker->arena);
    return chain.count;
}

int main(int argc, char **argv) {
    int rounds = argc > 2 ? atoi(argv[1]) : 0;
    int files = argc - 2;
    if (rounds < 1) {
        fputs("usage: chain_bench ROUNDS FILE...\n", stderr);
        return 64;
    }
    mime_begin();
    struct mailwhy *why = mailwhy_new(NULL);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    struct sample *samples = g_new0(struct sample, files);
    double *bare = g_new0(double, rounds);
    double *chains = g_new0(double, rounds);
    size_t hops = 0;
    for (int i = 0; i < files; i++) {
        if (!g_file_get_contents(argv[i + 2], &samples[i].bytes, &samples[i].length, NULL))
            return 66;
        struct slice bytes = {samples[i].bytes, samples[i].length};
        if (slice_starts_nocase(bytes, SLICE("From ")))
            bytes = slice_from(bytes, slice_find_char(bytes, '\n') + 1);
        samples[i].header = bytes; /* trace_read stops at the blank line */
    }
    for (int round = -2; round < rounds; round++) { /* the first two warm both up */
        gint64 start = g_get_monotonic_time();
        for (int i = 0; i < files; i++)
            parse_bare(samples[i].bytes, samples[i].length);
        gint64 middle = g_get_monotonic_time();
        for (int i = 0; i < files; i++)
            hops += rebuild(&samples[i], worker);
        gint64 end = g_get_monotonic_time();
        if (round >= 0) {
            bare[round] = (double)(middle - start) / files;
            chains[round] = (double)(end - middle) / files;
        }
    }
    double gmime = median(bare, rounds);
    double chain = median(chains, rounds);
    printf("%.1f %.1f %.3f\n", gmime, chain, chain / gmime);
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return hops ? 0 : 70;
}
