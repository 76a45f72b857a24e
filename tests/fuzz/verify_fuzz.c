/* Any message, verified on the snapshot of the samples. */
#include "analyze/internal.h"
#include "tests/fuzz/drop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct mailwhy_worker *worker;
    static const char *const files[] = {"samples/dns/two-domains.zone"};
    static const struct mailwhy_options options = {.dns_files = files, .dns_file_count = 1};
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(&options, stderr));
    char last;
    struct mailwhy_input input = {.name = "fuzz", .bytes = (const char *)data, .length = size};
    mailwhy_explain(worker, &input, mailwhy_format_find("ndjson"), drop, &last);
    mailwhy_explain(worker, &input, mailwhy_format_find("text"), drop, &last);
    return 0;
}
