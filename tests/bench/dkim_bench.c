/* How many signed messages are verified in a second: by bare libopendkim with its key at hand; by mailwhy's
 * verifying alone; and by all of mailwhy, which also parses MIME, classifies, rebuilds the chain, checks
 * DMARC, ARC, block lists and the rest, and writes the report; and by that with the second opinion.
 * dkim_bench SECONDS MESSAGE SNAPSHOT Prints
 * messages a second of each. They run in turn, in slices of time. */
#include "analyze/auth/engine.h"
#include "analyze/worker.h"
#include "tests/bench/bench.h"

#include <opendkim/dkim.h>

static char key[4096];

static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer, size_t size) {
    (void)dkim;
    (void)signature;
    g_strlcpy((char *)buffer, key, size);
    return DKIM_CBSTAT_CONTINUE;
}

/* The message with CRLF, as it comes over the wire. */
static unsigned verify_bare(DKIM_LIB *library, const char *bytes, size_t length) {
    DKIM_STAT status;
    DKIM *dkim = dkim_verify(library, (const unsigned char *)"bench", NULL, &status);
    dkim_chunk(dkim, (unsigned char *)bytes, length);
    dkim_chunk(dkim, NULL, 0);
    status = dkim_eom(dkim, NULL);
    dkim_free(dkim);
    return status == DKIM_STAT_OK;
}

static unsigned verify_alone(struct mailwhy_worker *worker, const char *bytes, size_t length) {
    struct slice whole = {bytes, length};
    size_t header = slice_find(whole, SLICE("\r\n\r\n"));
    struct mail_bytes mail = {slice_upto(whole, header + 2), slice_from(whole, header + 4), NULL};
    struct resolver resolver;
    arena_reset(&worker->arena);
    resolver_init(&resolver, worker->why->snapshot, &worker->arena);
    const struct dkim_verdict *v = engine()->verify_dkim(worker->dkim, &mail, -1, &resolver);
    resolver_close(&resolver);
    return v && v->result == DKIM_PASS;
}

static void count_bytes(void *context, const char *bytes, size_t length) {
    (void)bytes;
    *(size_t *)context += length;
}

static unsigned verify_whole(struct mailwhy_worker *worker, const char *bytes, size_t length) {
    size_t out = 0;
    struct mailwhy_input input = {
        .size = sizeof(struct mailwhy_input), .name = "bench", .bytes = bytes, .length = length};
    return mailwhy_explain(worker, &input, mailwhy_format_find("ndjson"), count_bytes, &out) == 0 && out > 0;
}

/* The key of the message, from the snapshot. */
static void find_key(const struct mailwhy *why) {
    GHashTableIter iter;
    gpointer entry;
    const struct dns_file *file = why->snapshot->files->pdata[0];
    g_hash_table_iter_init(&iter, file->answers);
    while (g_hash_table_iter_next(&iter, &entry, NULL)) {
        const struct dns_entry *e = entry;
        if (e->question.type == DNS_TXT &&
            slice_find(e->question.name, SLICE("_domainkey")) < e->question.name.len)
            g_snprintf(key, sizeof key, "%.*s", S(e->records->text));
    }
}

int main(int argc, char **argv) {
    char *bytes;
    gsize length;
    if (argc != 4 || !g_file_get_contents(argv[2], &bytes, &length, NULL)) {
        fputs("usage: dkim_bench SECONDS MESSAGE SNAPSHOT\n", stderr);
        return 64;
    }
    const char *snapshots[] = {argv[3]};
    struct mailwhy_options options = {
        .size = sizeof(struct mailwhy_options), .dns_files = snapshots, .dns_file_count = 1};
    struct mailwhy *why = mailwhy_new(&options);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    options.second_opinion = true;
    struct mailwhy *why_asking = mailwhy_new(&options);
    struct mailwhy_worker *asking = mailwhy_worker_new(why_asking);
    DKIM_LIB *library = dkim_init(NULL, NULL);
    dkim_set_key_lookup(library, give_key);
    find_key(why);
    double spent[4] = {0};
    unsigned done[4] = {0};
    while (spent[0] + spent[1] + spent[2] + spent[3] < atof(argv[1]))
        for (int which = 0; which < 4; which++) {
            gint64 start = g_get_monotonic_time();
            for (int i = 0; i < 100; i++)
                done[which] += which == 0   ? verify_bare(library, bytes, length)
                               : which == 1 ? verify_alone(worker, bytes, length)
                                            : verify_whole(which == 2 ? worker : asking, bytes, length);
            spent[which] += (double)(g_get_monotonic_time() - start) / 1e6;
        }
    printf("%.0f %.0f %.0f %.0f\n", done[0] / spent[0], done[1] / spent[1], done[2] / spent[2],
           done[3] / spent[3]);
    dkim_close(library);
    mailwhy_worker_free(worker);
    mailwhy_worker_free(asking);
    mailwhy_free(why);
    mailwhy_free(why_asking);
    g_free(bytes);
    return done[0] && done[1] && done[2] && done[3] ? 0 : 70;
}
