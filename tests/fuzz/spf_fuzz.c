/* Any bytes as an SPF record, evaluated; behind a line end, as the explanation and the record that is
 * included. */
#include "analyze/auth/spf.h"
#include "parsers/dns/spf_record.h"
#include "tests/fuzz/hold.h"

static void add_text(struct dns_file *file, struct slice name, struct slice text) {
    struct dns_record *record = ARENA_NEW(&file->arena, struct dns_record);
    record->type = DNS_TXT;
    record->text = arena_copy(&file->arena, text);
    record->shown = record->text;
    dns_file_add(file, name, record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct slice text = {(const char *)data, size};
    struct slice first = slice_upto(text, slice_find_char(text, '\n'));
    struct snapshot *snapshot = snapshot_new();
    struct dns_file *file = snapshot_add(snapshot, "fuzz");
    struct resolver resolver;
    struct spf_verdict verdict;
    struct spf_record record;
    struct spf_query query = {
        .helo = SLICE("helo.example"), .sender = SLICE("local-part@a.example"), .time = 1};
    ip_parse(size % 2 ? SLICE("192.0.2.1") : SLICE("2001:db8::1"), &query.ip);
    spf_record_parse(text.len > 6 ? text : SLICE("v=spf1"), &arena, &record);
    add_text(file, SLICE("a.example"), arena_printf(&arena, "v=spf1 %.*s", S(first)));
    add_text(file, SLICE("b.example"), slice_from(text, first.len + 1));
    file->is_complete = size % 3 != 0;
    resolver_init(&resolver, snapshot, &arena);
    spf_evaluate(&query, &resolver, &verdict);
    resolver_close(&resolver);
    snapshot_free(snapshot);
    arena_free(&arena);
    return 0;
}
