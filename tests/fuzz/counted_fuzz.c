/* Any bytes as what was counted of logs elsewhere, under a check that is right, once and twice: the reports
 * on it are clean. */
#include "analyze/deliveries/summary_read.h"
#include "parsers/base/hash.h"
#include "tests/fuzz/hold_log.h"

/* The records as a piece. */
static void append_piece(GString *out, const uint8_t *data, size_t size) {
    g_string_append(out, SUMMARY_MAGIC);
    size_t length = size;
    for (; length >= 0x80; length >>= 7)
        g_string_append_c(out, (char)(unsigned char)(length | 0x80));
    g_string_append_c(out, (char)length);
    g_string_append_len(out, (const char *)data, (gssize)size);
    uint64_t check = hash_alike((const char *)data, size, 0);
    for (int i = 0; i < SUMMARY_CHECK; i++)
        g_string_append_c(out, (char)(unsigned char)(check >> (8 * i)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct mailwhy_options options = {.size = sizeof(struct mailwhy_options), .verbose = true};
    static struct mailwhy *why;
    static struct mailwhy_worker *worker;
    if (!why) {
        why = mailwhy_new(&options);
        worker = mailwhy_worker_new(why);
    }
    g_autoptr(GString) bytes = g_string_new(NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    struct summary_notes notes = {.names = names, .problems = texts, .notes = texts};
    struct log_summary summary;
    append_piece(bytes, data, size);
    log_summary_init(&summary, &why->rules);
    bool is_read = summary_read(&summary, &notes, (struct slice){bytes->str, bytes->len});
    if (is_read)
        summary_read(&summary, &notes, (struct slice){bytes->str, bytes->len});
    log_summary_sort(&summary, 1);
    hold_log_reports(worker, &summary, names, texts);
    log_summary_free(&summary);
    return 0;
}
