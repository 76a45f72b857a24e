/* `mailwhy config init`: see config_init.h. Processes in a sandbox read; this one counts what they found. */
#include "analyze/commands/config_init.h"

#include "analyze/commands/config_signs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/survey.h"
#include "parsers/base/hash.h"

#include <assert.h>
#include <string.h>

#define MOST_VALUES 100000 /* hosts and domains of all inputs together */
#define RARE        20     /* one that was seen so many times less than the most frequent one is in doubt */

enum key { KEY_TRUST, KEY_OWN, KEYS };
static const struct {
    const char *name, *heading, *missing;
} keys[] = {
    [KEY_TRUST] = {"trust", "hosts of your own: what they wrote is believed",
                   "nothing in the inputs names a host of yours"},
    [KEY_OWN] = {"own", "domains of your own", "nothing in the inputs says which domains are yours"},
};
static_assert(G_N_ELEMENTS(keys) == KEYS, "a row for each key");

static const struct {
    enum key key;
    const char *reason; /* before the number of times */
} signs[] = {
    [SIGN_LOG_HOST] = {KEY_TRUST, "its log tells of recipients"},
    [SIGN_LOCAL_IP] = {KEY_TRUST, "mail went out from it"},
    [SIGN_RECEIVER] = {KEY_TRUST, "it received mail on the mailbox's side"},
    [SIGN_MAILBOX] = {KEY_OWN, "mail to it was delivered here"},
    [SIGN_ACCOUNT] = {KEY_OWN, "accounts here sent from it"},
    [SIGN_ADDRESSED] = {KEY_OWN, "messages were received for it"},
    [SIGN_SHORT_HOST] = {KEY_TRUST,
                         "its log has this short name alone, and tells of recipients; write its full name"},
};
static_assert(G_N_ELEMENTS(signs) == SIGNS, "a row for each sign");

struct candidate_value {
    char *value;
    unsigned seen[SIGNS], most;
};

static void free_candidate(gpointer p) {
    struct candidate_value *c = p;
    g_free(c->value);
    g_free(c);
}

static void read_input(void *context, struct mailwhy_worker *worker, const char *name,
                       const struct input *file, GString *found) {
    (void)context, (void)name;
    signs_find(worker, file, found);
}

/* `context` has a table for each key: value → struct candidate_value. */
static void take(void *context, const char *bytes, size_t length) {
    GHashTable **found = context;
    struct slice rest = {bytes, length};
    struct slice value;
    enum sign sign;
    unsigned count;
    while (signs_take(&rest, &sign, &value, &count)) {
        GHashTable *table = found[signs[sign].key];
        g_autofree char *name = g_strndup(value.ptr, value.len);
        struct candidate_value *c = g_hash_table_lookup(table, name);
        if (!c && g_hash_table_size(table) >= MOST_VALUES)
            continue;
        if (!c) {
            c = g_new0(struct candidate_value, 1);
            c->value = g_steal_pointer(&name);
            g_hash_table_insert(table, c->value, c);
        }
        c->seen[sign] += MIN(count, G_MAXUINT - c->seen[sign]);
        c->most = MAX(c->most, c->seen[sign]);
    }
}

static gint by_count(gconstpointer a, gconstpointer b) {
    const struct candidate_value *x = *(const struct candidate_value *const *)a;
    const struct candidate_value *y = *(const struct candidate_value *const *)b;
    return x->most != y->most ? (x->most < y->most ? 1 : -1) : strcmp(x->value, y->value);
}

/* The first labels of all names that have more of them, which the caller frees. */
static GHashTable *first_labels(const GPtrArray *all) {
    GHashTable *labels = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    for (guint i = 0; i < all->len; i++) {
        const char *name = ((const struct candidate_value *)all->pdata[i])->value;
        const char *dot = strchr(name, '.');
        if (dot)
            g_hash_table_add(labels, g_strndup(name, (gsize)(dot - name)));
    }
    return labels;
}

static void write_candidate(GString *out, const struct candidate_value *c, bool is_rare) {
    const char *quote = strchr(c->value, ':') ? "'" : "";
    const char *before = is_rare ? "rare, so in doubt: " : "";
    bool is_short = c->seen[SIGN_SHORT_HOST] > 0;
    g_string_append_printf(out, "%s- %s%s%s  # ", is_rare || is_short ? "# " : "  ", quote, c->value, quote);
    for (int s = 0; s < SIGNS; s++)
        if (c->seen[s]) {
            g_string_append_printf(out, "%s%s: %u×", before, signs[s].reason, c->seen[s]);
            before = "; ";
        }
    g_string_append_c(out, '\n');
}

/* Of those that can stand as they are; 0: there are none. */
static unsigned most_seen(const GPtrArray *all) {
    unsigned most = 0;
    for (guint i = 0; i < all->len; i++) {
        const struct candidate_value *c = all->pdata[i];
        most = c->seen[SIGN_SHORT_HOST] ? most : MAX(most, c->most);
    }
    return most;
}

/* Returns false when there is nothing to propose. */
static bool write_key(GString *out, enum key key, GHashTable *table) {
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        g_ptr_array_add(sorted, value);
    g_ptr_array_sort(sorted, by_count);
    if (!sorted->len)
        return false;
    unsigned most = most_seen(sorted);
    g_autoptr(GHashTable) full = first_labels(sorted);
    g_string_append_printf(out, "\n%s%s:  # %s\n", most ? "" : "# ", keys[key].name, keys[key].heading);
    for (guint i = 0; i < sorted->len; i++) {
        const struct candidate_value *c = sorted->pdata[i];
        if (!c->seen[SIGN_SHORT_HOST] || !g_hash_table_contains(full, c->value))
            write_candidate(out, c, (guint64)c->most * RARE < most);
    }
    return true;
}

static bool write_proposal(GString *out, GHashTable *const *found) {
    bool has_any = false;
    g_string_append(
        out, "# Proposed by `mailwhy config init`: look at each line, then keep this as mailwhy.conf in\n"
             "# /etc/mailwhy or ~/.config/mailwhy.\n");
    for (int k = 0; k < KEYS; k++)
        has_any |= write_key(out, (enum key)k, found[k]);
    for (int k = 0; k < KEYS && has_any; k++)
        if (!g_hash_table_size(found[k]))
            g_string_append_printf(out, "\n# %s: %s.\n", keys[k].name, keys[k].missing);
    if (!has_any)
        g_string_append(
            out, "# Nothing in the inputs says which hosts and domains are yours. A mail as it lies in the\n"
                 "# mailbox, or a log of a server that delivers mail, does.\n");
    return has_any;
}

int command_config_init(struct options *o) {
    struct mailwhy *why = options_load(o);
    if (!why)
        return STATUS_CONFIG;
    struct inputs inputs;
    GHashTable *found[KEYS];
    for (int k = 0; k < KEYS; k++)
        found[k] = g_hash_table_new_full(hash_string, g_str_equal, NULL, free_candidate);
    inputs_list(&inputs, o);
    struct survey survey = {
        .options = o, .why = why, .inputs = &inputs, .read = read_input, .take = take, .context = found};
    int read = survey_run(&survey);
    int status = MAX(inputs.status, read);
    g_autoptr(GString) out = g_string_new(NULL);
    if (!write_proposal(out, found) && status == STATUS_OK)
        status = STATUS_DATA;
    for (int k = 0; k < KEYS; k++)
        g_hash_table_destroy(found[k]);
    inputs_free(&inputs);
    mailwhy_free(why);
    return output_whole(o->output, out->str, out->len) ? status : STATUS_OUTPUT;
}
