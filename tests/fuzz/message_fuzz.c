/* Any bytes as a message, in every format of report. */
#include "analyze/mailwhy.h"
#include "tests/fuzz/drop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const trusted[] = {".example.com", "192.0.2.0/24"};
    static const struct mailwhy_options options = {.trusted = trusted, .trusted_count = 2, .verbose = true};
    static struct mailwhy_worker *worker;
    char last;
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(&options, stderr));
    struct mailwhy_input input = {.name = "fuzz", .bytes = (const char *)data, .length = size};
    const struct mailwhy_format *format;
    for (size_t i = 0; (format = mailwhy_format_at(i)) != NULL; i++)
        mailwhy_explain(worker, &input, format, drop, &last);
    return 0;
}
