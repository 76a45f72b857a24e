/* Any bytes as a header: all trace fields, the rules for other fields, and the chain made of them. */
#include "analyze/chain/chain_build.h"
#include "analyze/worker.h"
#include "parsers/message/trace.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const trusted[] = {".example.org", "10.0.0.0/8"};
    static struct trust_list trust = {trusted, 2};
    static struct mailwhy *why;
    static struct mailwhy_worker *worker;
    if (!worker)
        worker = mailwhy_worker_new(why = mailwhy_new(NULL));
    arena_reset(&worker->arena);
    struct slice header = {(const char *)data, size};
    struct message message = {.bytes = header, .arena = &worker->arena, .first_line = 1};
    struct trace trace;
    struct chain chain;
    trace_read(&trace, &message, (struct field_list){.rest = header}, worker->matcher);
    for (int source = CHAIN_RECEIVED; source <= CHAIN_RETURNED; source++)
        for (int named = 0; named < 2; named++)
            chain_build(&chain, &trace, 0, (enum chain_source)source, named ? &trust : NULL, worker->matcher,
                        &worker->arena);
    return 0;
}
