/* Any bytes as a snapshot; what was read is written, and must be read again without an error. */
#include "parsers/base/file_errors.h"
#include "parsers/dns/read.h"
#include "parsers/dns/snapshot.h"
#include "parsers/dns/write.h"
#include "tests/fuzz/hold.h"

#include <stdlib.h>

/* Of a CERT record whose algorithm is 0 ldns 1.8.3 keeps two bytes that it hands to nobody ("x. CERT 0 0 0").
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:ldns_rdf_new_frm_data\n";
}

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
