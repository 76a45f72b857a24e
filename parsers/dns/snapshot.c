/* What is known, by name and type: see snapshot.h. */
#include "parsers/dns/snapshot.h"

#include "parsers/base/hash.h"
#include "parsers/dns/name.h"

#define MANY 8 /* records of one name and type, above which repetitions are found by a table */

guint dns_question_hash(gconstpointer question) {
    const struct dns_question *q = question;
    return (guint)hash_bytes(q->name.ptr, q->name.len, q->type);
}

gboolean dns_question_equal(gconstpointer one, gconstpointer other) {
    const struct dns_question *a = one;
    const struct dns_question *b = other;
    return a->type == b->type && slice_equal(a->name, b->name);
}

static void free_entry(gpointer entry) {
    struct dns_entry *e = entry;
    if (e->shown)
        g_hash_table_destroy(e->shown);
}

const struct dns_entry *dns_file_entry(const struct dns_file *file, struct slice name, unsigned type) {
    struct dns_question key = {name, type};
    return g_hash_table_lookup(file->answers, &key);
}

static bool name_exists(const struct dns_file *file, struct slice name) {
    struct dns_question key = {name, 0};
    return g_hash_table_contains(file->names, &key);
}

static struct dns_entry *entry_for(struct dns_file *file, struct slice name, unsigned type) {
    struct dns_entry *e = (struct dns_entry *)dns_file_entry(file, name, type);
    if (e)
        return e;
    e = ARENA_NEW(&file->arena, struct dns_entry);
    e->question = (struct dns_question){arena_copy(&file->arena, name), type};
    e->end = &e->records;
    g_hash_table_add(file->answers, e);
    return e;
}

/* A name exists when something stands at it or below it (RFC 8020). */
static void note_names(struct dns_file *file, struct slice name) {
    while (name.len && !name_exists(file, name)) {
        struct dns_question *q = ARENA_NEW(&file->arena, struct dns_question);
        q->name = name;
        g_hash_table_add(file->names, q);
        name = dns_name_parent(name);
    }
}

static gpointer shown_key(const struct dns_record *r) {
    return (gpointer)r->shown.ptr;
}

/* Two outputs of dig in one file may hold the same record. */
static bool is_repeated(struct dns_entry *e, const struct dns_record *record) {
    if (e->shown)
        return !g_hash_table_add(e->shown, shown_key(record));
    for (const struct dns_record *r = e->records; r; r = r->next)
        if (slice_equal(r->shown, record->shown))
            return true;
    if (++e->count > MANY) {
        e->shown = g_hash_table_new(hash_string, g_str_equal);
        for (const struct dns_record *r = e->records; r; r = r->next)
            g_hash_table_add(e->shown, shown_key(r));
        g_hash_table_add(e->shown, shown_key(record));
    }
    return false;
}

void dns_file_add(struct dns_file *file, struct slice name, struct dns_record *record) {
    struct dns_entry *e = entry_for(file, name, record->type);
    e->status = DNS_FOUND;
    if (is_repeated(e, record))
        return;
    *e->end = record;
    e->end = &record->next;
    note_names(file, e->question.name);
}

void dns_file_note_status(struct dns_file *file, struct slice name, unsigned type, enum dns_status status) {
    struct dns_entry *e = entry_for(file, name, type);
    if (e->status == DNS_UNKNOWN)
        e->status = status;
    if (status == DNS_NODATA)
        note_names(file, e->question.name);
}

/* What is said of the name itself: its record of that type, its alias, or that there is none. */
static struct dns_answer find_said(const struct dns_file *file, struct slice name, unsigned type) {
    const unsigned types[] = {type, DNS_CNAME, DNS_ANY};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        const struct dns_entry *e = dns_file_entry(file, name, types[i]);
        if (e && (types[i] != DNS_CNAME || e->status == DNS_FOUND || type == DNS_CNAME))
            return (struct dns_answer){e->status, e->records};
    }
    return (struct dns_answer){DNS_UNKNOWN, NULL};
}

/* In a complete file: what a wildcard gives (RFC 4592), else that there is nothing. */
static struct dns_answer find_absent(const struct dns_file *file, struct slice name, unsigned type) {
    if (name_exists(file, name))
        return (struct dns_answer){DNS_NODATA, NULL};
    struct slice above = dns_name_parent(name);
    while (above.len && !name_exists(file, above))
        above = dns_name_parent(above);
    char wildcard[600];
    int len = g_snprintf(wildcard, sizeof wildcard, "*.%.*s", S(above));
    struct slice star = {wildcard, (size_t)MAX(len, 0)};
    struct dns_answer answer = {DNS_UNKNOWN, NULL};
    if (above.len && star.len < sizeof wildcard)
        answer = find_said(file, star, type);
    if (answer.status == DNS_UNKNOWN)
        answer.status = above.len && name_exists(file, star) ? DNS_NODATA : DNS_NXDOMAIN;
    return answer;
}

struct dns_answer snapshot_find(const struct snapshot *snapshot, struct slice name, unsigned type) {
    for (guint i = 0; i < snapshot->files->len; i++) {
        const struct dns_file *file = snapshot->files->pdata[i];
        struct dns_answer answer = find_said(file, name, type);
        if (answer.status == DNS_UNKNOWN && file->is_complete)
            answer = find_absent(file, name, type);
        if (answer.status != DNS_UNKNOWN)
            return answer;
    }
    return (struct dns_answer){DNS_UNKNOWN, NULL};
}

bool snapshot_denies(const struct snapshot *snapshot, struct slice name, unsigned type) {
    for (guint i = 0; i < snapshot->files->len; i++) {
        struct dns_answer answer = find_said(snapshot->files->pdata[i], name, type);
        if (answer.status != DNS_UNKNOWN)
            return answer.status == DNS_NXDOMAIN || answer.status == DNS_NODATA;
    }
    return false;
}

bool snapshot_has_records(const struct snapshot *snapshot) {
    for (guint i = 0; i < snapshot->files->len; i++) {
        const struct dns_file *file = snapshot->files->pdata[i];
        GHashTableIter iter;
        gpointer entry;
        g_hash_table_iter_init(&iter, file->answers);
        while (g_hash_table_iter_next(&iter, &entry, NULL))
            if (((const struct dns_entry *)entry)->status == DNS_FOUND)
                return true;
    }
    return false;
}

static void free_file(gpointer f) {
    struct dns_file *file = f;
    g_hash_table_destroy(file->answers);
    g_hash_table_destroy(file->names);
    arena_free(&file->arena);
    g_free(file);
}

struct snapshot *snapshot_new(void) {
    struct snapshot *snapshot = g_new0(struct snapshot, 1);
    snapshot->files = g_ptr_array_new_with_free_func(free_file);
    return snapshot;
}

void snapshot_free(struct snapshot *snapshot) {
    if (!snapshot)
        return;
    g_ptr_array_free(snapshot->files, TRUE);
    g_free(snapshot);
}

struct dns_file *snapshot_add(struct snapshot *snapshot, const char *path) {
    struct dns_file *file = g_new0(struct dns_file, 1);
    file->path = path;
    file->taken = -1;
    file->answers = g_hash_table_new_full(dns_question_hash, dns_question_equal, free_entry, NULL);
    file->names = g_hash_table_new(dns_question_hash, dns_question_equal);
    g_ptr_array_add(snapshot->files, file);
    return file;
}

int64_t snapshot_taken(const struct snapshot *snapshot) {
    int64_t taken = -1;
    for (guint i = 0; i < snapshot->files->len; i++) {
        const struct dns_file *file = snapshot->files->pdata[i];
        if (file->taken != -1 && (taken == -1 || file->taken < taken))
            taken = file->taken;
    }
    return taken;
}

const char *dns_status_name(enum dns_status status) {
    static const char *const names[] = {"UNKNOWN", "FOUND", "NODATA", "NXDOMAIN", "SERVFAIL", "TIMEOUT"};
    _Static_assert(G_N_ELEMENTS(names) == DNS_TIMEOUT + 1, "one name for each status");
    return names[status];
}
