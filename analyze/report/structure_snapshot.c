/* What a DNS snapshot holds, file by file: see structure_snapshot.h. Names stand as the DNS writes them,
 * without the last dot; records as RFC 1035 section 5.1 has them. */
#include "analyze/report/structure_snapshot.h"

#include "parsers/dns/name.h"
#include "parsers/dns/write.h"

static void write_answer(struct writer *w, const struct dns_entry *e) {
    write_object(w, NULL);
    write_value(w, "name", as_host(dns_name_show(w->outlet.arena, e->question.name)));
    if (e->status != DNS_NXDOMAIN)
        write_value(w, "type", as_ours(dns_type_name(e->question.type)));
    write_value(w, "status", as_ours(dns_status_name(e->status)));
    if (e->records)
        write_list(w, "records");
    for (const struct dns_record *r = e->records; r; r = r->next)
        write_value(w, NULL, as_stranger(r->shown));
    if (e->records)
        write_list_end(w);
    write_object_end(w);
}

static void write_file(struct writer *w, const struct dns_file *file) {
    g_autoptr(GPtrArray) entries = dns_file_sorted(file);
    write_object(w, NULL);
    write_value(w, "file", as_file(slice_of(file->path)));
    write_known(w, "taken", as_time(file->taken));
    write_value(w, "complete", as_truth(file->is_complete));
    write_list(w, "answers");
    for (guint i = 0; i < entries->len; i++)
        write_answer(w, entries->pdata[i]);
    write_list_end(w);
    write_object_end(w);
    write_record_end(w);
}

static void structure_snapshot(struct writer *w, const void *what) {
    const struct snapshot *s = what;
    for (guint i = 0; s && i < s->files->len; i++) {
        if (i)
            write_separator(w);
        write_file(w, s->files->pdata[i]);
    }
}

const struct report_form form_snapshot = {.structure = structure_snapshot};
