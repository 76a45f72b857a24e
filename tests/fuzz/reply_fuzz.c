/* Any bytes as an SMTP reply. */
#include "analyze/mailwhy.h"
#include "tests/fuzz/drop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct mailwhy_worker *worker;
    char last;
    if (!worker)
        worker = mailwhy_worker_new(mailwhy_new(NULL, stderr));
    mailwhy_explain_reply(worker, (const char *)data, size, mailwhy_format_find("text"), drop, &last);
    mailwhy_explain_reply(worker, (const char *)data, size, mailwhy_format_find("ndjson"), drop, &last);
    return 0;
}
