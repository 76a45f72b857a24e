/* Any bytes as a snapshot; what was read is written, and must be read again without an error. */
#include "parsers/base/file_errors.h"
#include "parsers/dns/read.h"
#include "parsers/dns/snapshot.h"
#include "parsers/dns/write.h"
#include "tests/fuzz/hold.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct file_errors errors = {0};
    struct snapshot *snapshot = snapshot_new();
    GString *out = g_string_new(NULL);
    dns_file_read(snapshot_add(snapshot, "fuzz"), (struct slice){(const char *)data, size}, &errors);
    snapshot_write(snapshot, out);
    struct file_errors again = {0};
    struct snapshot *second = snapshot_new();
    dns_file_read(snapshot_add(second, "again"), (struct slice){out->str, out->len}, &again);
    if (!errors.count && again.count)
        abort();
    snapshot_free(second);
    snapshot_free(snapshot);
    g_string_free(out, TRUE);
    return 0;
}
