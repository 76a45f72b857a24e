/* A snapshot as a file again: see write.h. */
#include "parsers/dns/write.h"

#include "parsers/base/date.h"
#include "parsers/dns/name.h"

static gint by_name(gconstpointer one, gconstpointer other) {
    const struct dns_question *a = &(*(const struct dns_entry *const *)one)->question;
    const struct dns_question *b = &(*(const struct dns_entry *const *)other)->question;
    int order = slice_compare(a->name, b->name);
    return order ? order : (int)a->type - (int)b->type;
}

static void write_entry(const struct dns_entry *e, GString *out, struct arena *arena) {
    for (const struct dns_record *r = e->records; r; r = r->next) {
        g_string_append_len(out, r->shown.ptr, (gssize)r->shown.len);
        g_string_append_c(out, '\n');
    }
    if (e->status == DNS_FOUND)
        return;
    struct slice name = dns_name_show(arena, e->question.name);
    g_string_append_printf(out, ";! %s %.*s.", dns_status_name(e->status), S(name));
    if (strcmp(dns_type_name(e->question.type), "other") == 0)
        g_string_append_printf(out, " TYPE%u", e->question.type); /* RFC 3597 */
    else if (e->status != DNS_NXDOMAIN)
        g_string_append_printf(out, " %s", dns_type_name(e->question.type));
    g_string_append_c(out, '\n');
}

GPtrArray *dns_file_sorted(const struct dns_file *file) {
    GPtrArray *entries = g_ptr_array_new();
    GHashTableIter iter;
    gpointer entry;
    g_hash_table_iter_init(&iter, file->answers);
    while (g_hash_table_iter_next(&iter, &entry, NULL))
        g_ptr_array_add(entries, entry);
    g_ptr_array_sort(entries, by_name);
    return entries;
}

static void write_file(const struct dns_file *file, GString *out) {
    g_autoptr(GPtrArray) entries = dns_file_sorted(file);
    struct arena arena = {0};
    if (file->taken != -1) {
        char taken[24];
        date_format(file->taken, taken);
        g_string_append_printf(out, ";! taken %s\n", taken);
    }
    for (guint i = 0; i < entries->len; i++)
        write_entry(entries->pdata[i], out, &arena);
    if (file->is_complete)
        g_string_append(out, ";! complete\n");
    arena_free(&arena);
}

void snapshot_write(const struct snapshot *snapshot, GString *out) {
    for (guint i = 0; i < snapshot->files->len; i++)
        write_file(snapshot->files->pdata[i], out);
}
