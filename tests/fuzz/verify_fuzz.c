/* Any message, verified on the snapshot of the samples: by our own verifiers, for the libraries asked beside
 * them run in a process of their own (opinion_fuzz.c has its answers). */
#include "analyze/internal.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct mailwhy_worker *worker;
    static const char *const files[] = {"samples/dns/two-domains.zone"};
    static const struct mailwhy_options options = {
        .size = sizeof(struct mailwhy_options), .dns_files = files, .dns_file_count = 1};
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(&options));
    struct mailwhy_input input = {
        .size = sizeof(struct mailwhy_input), .name = "fuzz", .bytes = (const char *)data, .length = size};
    g_autoptr(GString) line = g_string_new(NULL), page = g_string_new(NULL);
    mailwhy_explain(worker, &input, mailwhy_format_find("ndjson"), keep, line);
    mailwhy_explain(worker, &input, mailwhy_format_find("text"), keep, page);
    hold_json_lines(kept(line));
    hold_visible(kept(page));
    return 0;
}
