/* Shares of events: see event_shares.h. */
#include "analyze/deliveries/event_shares.h"

static void free_lines(gpointer lines) {
    g_string_free(lines, TRUE);
}

void event_shares_add(struct event_shares *shares, uint64_t share, GString *lines) {
    if (!shares->lines)
        shares->lines = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_lines);
    GString *kept = g_hash_table_lookup(shares->lines, &share);
    if (!kept) {
        kept = g_string_new(NULL);
        g_hash_table_insert(shares->lines, g_memdup2(&share, sizeof share), kept);
    }
    g_string_append_len(kept, lines->str, (gssize)lines->len);
    shares->kept += lines->len;
    g_string_truncate(lines, 0);
}

void event_shares_write(struct event_shares *shares, GString *out) {
    GHashTableIter iter;
    gpointer share, lines;
    if (!shares->lines)
        return;
    g_hash_table_iter_init(&iter, shares->lines);
    while (g_hash_table_iter_next(&iter, &share, &lines)) {
        const GString *of = lines;
        g_string_append_printf(out, "share %" G_GUINT64_FORMAT " %" G_GSIZE_FORMAT "\n", *(uint64_t *)share,
                               of->len);
        g_string_append_len(out, of->str, (gssize)of->len);
    }
    g_hash_table_remove_all(shares->lines);
    shares->kept = 0;
}

void event_shares_free(struct event_shares *shares) {
    if (shares->lines)
        g_hash_table_destroy(shares->lines);
}
