/* Any bytes as what a client calls itself, in the forms in which programs write it, on top of a header in
 * which anything may stand: the client's address is the one that the writer saw, and what stands below is not
 * believed. */
#include "analyze/chain/chain_build.h"
#include "analyze/worker.h"
#include "parsers/message/trace.h"
#include "tests/fuzz/hold.h"

#define CLIENT "203.0.113.66"
#define DATE   "; Tue, 24 Nov 2026 09:14:03 +0000"
#define BY     " by mail.own.example "

static const char *const forms[][2] = {
    {"from ", " (unknown [" CLIENT "])" BY "(Postfix) with ESMTP id 4Fq for <kim@own.example>" DATE " (UTC)"},
    {"from evil.example ([" CLIENT "] helo=",
     ")" BY "with esmtp (Exim 4.96) id 1abc for kim@own.example" DATE},
    {"from [" CLIENT "] (helo=",
     ")" BY "with esmtp (Exim 4.96) (envelope-from <>) id 1abc for kim@own.example" DATE},
    {"from ", " (evil.example [" CLIENT "])" BY "(8.17.1/8.17.1) with ESMTP id 3AO9E7aB012345" DATE},
    {"from x (IDENT:", "@evil.example [" CLIENT "])" BY "(8.17.1/8.17.1) with ESMTP id 3AO9E7aB012345" DATE},
    {"from ", " (<unknown> [" CLIENT "])" BY "(OpenSMTPD) with ESMTP id c85a9c0a" DATE " (UTC)"},
    {"from unknown (HELO ", ") (" CLIENT ")" BY "with SMTP; 24 Nov 2026 09:14:03 -0000"},
    {"from ", " (" CLIENT ")" BY "(10.0.0.5) with Microsoft SMTP Server id 15.2.1118.7" DATE},
    {"from ", " (unknown [" CLIENT "])" BY "(Stalwart SMTP) with ESMTP id 12F" DATE},
};

static struct mailwhy_worker *worker;

static void check(const struct chain *chain) {
    const struct chain_hop *top = &chain->hops[chain->count - 1];
    const struct hop *seen = top->hop;
    struct ip client;
    ip_parse(SLICE(CLIENT), &client);
    HOLDS(!chain->is_inside);
    HOLDS(top->trust != HOP_OWN);
    HOLDS(!seen->is_authenticated && !seen->is_tls && !seen->is_handed_over);
    if (seen->address.family) {
        HOLDS(seen->address.family == client.family);
        HOLDS(memcmp(seen->address.bytes, client.bytes, sizeof client.bytes) == 0);
    }
    for (size_t i = 0; i + 1 < chain->count; i++)
        HOLDS(chain->hops[i].trust == HOP_UNVERIFIED);
    for (size_t i = 0; i < chain->claim_count; i++)
        HOLDS(chain->claims[i].trust != TRUST_OWN);
}

/* One line of words; anything behind it is the header that the mail brought along. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const own[] = {"mail.own.example", ".own.example", "10.0.0.0/8"};
    struct slice below = {(const char *)data, size}, word = SLICE_EMPTY;
    slice_next_line(&below, &word);
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        for (size_t named = 0; named < 4; named++) {
            struct trust_list trust = {own, named};
            g_autoptr(GString) text = g_string_new("Received: ");
            g_string_append(text, forms[i][0]);
            g_string_append_len(text, word.ptr, (gssize)word.len);
            g_string_append_printf(text, "%s\n", forms[i][1]);
            g_string_append_len(text, below.ptr, (gssize)below.len);
            struct message message = {.bytes = kept(text), .arena = &worker->arena, .first_line = 1};
            struct trace trace;
            struct chain chain;
            arena_reset(&worker->arena);
            trace_read(&trace, &message, (struct field_list){.rest = message.bytes}, worker->matcher);
            chain_build(&chain, &trace, -1, CHAIN_RECEIVED, &trust, worker->matcher, &worker->arena);
            check(&chain);
        }
    return 0;
}
