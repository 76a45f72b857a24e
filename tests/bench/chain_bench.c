/* How long does it take to rebuild the chain (all trace fields of the header, order, boundary, oddities),
 * measured in GMime's own parsing of the same messages?
 *     chain_bench ROUNDS FILE...
 * Prints: microseconds a message for GMime, for the chain, and the ratio of the medians. */
#include "analyze/chain/chain_build.h"
#include "analyze/worker.h"
#include "parsers/base/mime_text.h"
#include "parsers/message/trace.h"
#include "tests/bench/bench.h"

struct run {
    struct mailwhy_worker *worker;
    size_t hops;
};

static void rebuild(void *context, const struct bench_mail *mail) {
    struct run *run = context;
    struct mailwhy_worker *worker = run->worker;
    struct message message = {.bytes = {mail->bytes, mail->length}, .arena = &worker->arena, .first_line = 1};
    struct slice header = message.bytes; /* trace_read stops at the blank line */
    struct trace trace;
    struct chain chain;
    if (slice_starts_nocase(header, SLICE("From ")))
        header = slice_from(header, slice_find_char(header, '\n') + 1);
    message.lines = (struct line_counter){mail->bytes, 1};
    arena_reset(&worker->arena);
    trace_read(&trace, &message, (struct field_list){.rest = header}, worker->matcher);
    chain_build(&chain, &trace, -1, CHAIN_RECEIVED, NULL, worker->matcher, &worker->arena);
    run->hops += chain.count;
}

int main(int argc, char **argv) {
    int rounds = argc > 2 ? atoi(argv[1]) : 0;
    if (rounds < 1) {
        fputs("usage: chain_bench ROUNDS FILE...\n", stderr);
        return 64;
    }
    mime_begin();
    struct mailwhy *why = mailwhy_new(NULL);
    struct run run = {mailwhy_worker_new(why), 0};
    bench_beside_gmime(bench_read(argv + 2, argc - 2), argc - 2, rounds, rebuild, &run);
    mailwhy_worker_free(run.worker);
    mailwhy_free(why);
    return run.hops ? 0 : 70;
}
