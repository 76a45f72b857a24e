/* Pieces that are put together: see pieces.h. */
#include "analyze/deliveries/pieces.h"

#include "parsers/base/hash.h"

static struct log_identity *log_at(const GArray *logs, guint i) {
    return &g_array_index(logs, struct log_identity, i);
}

void pieces_free(struct pieces *p) {
    if (p->logs)
        g_array_free(p->logs, TRUE);
    if (p->heads)
        g_hash_table_destroy(p->heads);
    g_free(p->filters);
}

void pieces_note_bytes(struct pieces *p, unsigned log, struct slice bytes) {
    if (!p->logs)
        p->logs = g_array_new(FALSE, TRUE, sizeof(struct log_identity));
    if (log >= p->logs->len)
        g_array_set_size(p->logs, log + 1);
    struct log_identity *identity = log_at(p->logs, log);
    if (!identity->bytes) {
        struct slice head = slice_upto(bytes, MIN(bytes.len, LOG_HEAD));
        identity->head = hash_alike(head.ptr, head.len, 0);
        identity->begin = hash_alike(head.ptr, slice_find_char(head, '\n'), 0);
    }
    identity->bytes += bytes.len;
}

/* The heads are a stranger's to choose; GLib's table is not keyed, but each of its keys is a whole log. */
static void add_head(struct pieces *p, guint i) {
    guint64 *head = &log_at(p->logs, i)->head;
    if (log_at(p->logs, i)->bytes)
        g_hash_table_insert(p->heads, g_memdup2(head, sizeof *head), GUINT_TO_POINTER(i + 1));
}

static guint hash_head(gconstpointer head) {
    return (guint)hash_bytes(head, sizeof(guint64), 0);
}

static const struct log_identity *find(struct pieces *p, const struct log_identity *wanted) {
    if (!p->logs || !wanted->bytes)
        return NULL;
    if (!p->heads) {
        p->heads = g_hash_table_new_full(hash_head, g_int64_equal, g_free, NULL);
        for (guint i = 0; i < p->logs->len; i++)
            add_head(p, i);
    }
    gpointer place = g_hash_table_lookup(p->heads, &wanted->head);
    return place ? log_at(p->logs, GPOINTER_TO_UINT(place) - 1) : NULL;
}

enum piece_met pieces_meet(struct pieces *p, const GArray *logs) {
    guint same = 0, alike = 0, all = 0;
    for (guint i = 0; i < logs->len; i++) {
        const struct log_identity *met = find(p, log_at(logs, i));
        all += log_at(logs, i)->bytes > 0;
        same += met && met->bytes == log_at(logs, i)->bytes;
        alike += met != NULL;
    }
    return all && same == all ? PIECE_KNOWN : alike ? PIECE_OVERLAPS : PIECE_NEW;
}

void pieces_add(struct pieces *p, const GArray *logs) {
    if (!p->logs)
        p->logs = g_array_new(FALSE, TRUE, sizeof(struct log_identity));
    for (guint i = 0; i < logs->len; i++) {
        g_array_append_val(p->logs, g_array_index(logs, struct log_identity, i));
        if (p->heads)
            add_head(p, p->logs->len - 1);
    }
}

bool pieces_are_whole(const struct pieces *p, char **problem) {
    const struct event_account *e = &p->events;
    if (e->written == e->read && e->written_sum == e->read_sum)
        return true;
    if (e->read > e->written)
        *problem = g_strdup_printf("there are %" G_GUINT64_FORMAT
                                   " events, and the pieces that are whole wrote %" G_GUINT64_FORMAT
                                   ": the end of a piece is missing, or one is there twice",
                                   e->read, e->written);
    else if (e->read < e->written)
        *problem = g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                                   " events are missing: what is told is too little",
                                   e->written - e->read, e->written);
    else
        *problem =
            g_strdup("the events are not those that were written: some are missing, others are there twice");
    return false;
}
