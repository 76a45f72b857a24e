/* `mailwhy rules missing INPUT...`: the replies that no rule knows, grouped by their shape, most
 * frequent first, each with the skeleton of a rule to fill in. Processes in a sandbox read; this one counts.
 * Inputs are messages, folders and mailboxes, or texts with one reply per line. */
#include "analyze/commands/rules_missing.h"

#include "analyze/commands/each_reply.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/rule_skeleton.h"
#include "analyze/commands/survey.h"
#include "parsers/base/hash.h"
#include "parsers/base/packed.h"
#include "parsers/base/visible.h"

struct shape {
    char *words;          /* the reply with what varies replaced */
    char *codes, *sample; /* of the first: "550 5.1.1 ", and its words */
    char *where;
    unsigned count;
};

/* In the process that writes. */
struct gathering {
    GHashTable *shapes; /* words → struct shape */
    unsigned known, unknown;
    bool is_redacted;
};

/* Of each reply: its shape, its place, its codes and its words; of one that is known, four empty texts. */
static void find(void *context, const struct report *report, const struct verdict *v, struct slice words,
                 struct slice where) {
    bool is_known = (v->rule && v->rule->text) || strncmp(v->cause->id, "notice.", 7) == 0;
    bool is_told = !is_known && v->reply.text.len;
    GString *found = context;
    (void)report;
    words = slice_upto(words, is_told ? MOST_OF_WORDS : 0);
    g_autofree char *shape = reply_shape(words);
    g_autoptr(GString) codes = g_string_new(NULL);
    if (is_told)
        reply_append_codes(codes, &v->reply);
    packed_put(found, slice_of(shape));
    packed_put(found, is_told ? where : SLICE_EMPTY);
    packed_put(found, (struct slice){codes->str, codes->len});
    packed_put(found, words);
}

/* What a process found is shown as strangers' text is. */
static char *shown(struct slice text) {
    struct arena arena = {0};
    struct slice clean = text_visible(&arena, text, VISIBLE_LINE);
    char *copy = g_strndup(clean.len ? clean.ptr : "", clean.len);
    arena_free(&arena);
    return copy;
}

static void gather(struct gathering *g, struct slice shape, struct slice where, struct slice codes,
                   struct slice words) {
    if (!shape.len && !words.len) {
        g->known++;
        return;
    }
    g->unknown++;
    g_autofree char *key = shown(shape);
    struct shape *s = g_hash_table_lookup(g->shapes, key);
    if (!s) {
        s = g_new0(struct shape, 1);
        s->words = g_steal_pointer(&key);
        s->where = shown(where);
        s->sample = shown(words);
        s->codes = shown(codes);
        g_hash_table_insert(g->shapes, s->words, s);
    }
    s->count++;
}

static void take(void *context, const char *bytes, size_t length) {
    struct slice rest = {bytes, length};
    struct slice shape, where, codes, words;
    while (packed_take(&rest, &shape) && packed_take(&rest, &where) && packed_take(&rest, &codes) &&
           packed_take(&rest, &words))
        gather(context, shape, where, codes, words);
}

static void read_input(void *context, struct mailwhy_worker *worker, const char *path,
                       const struct input *file, GString *found) {
    (void)context;
    each_reply(worker, path, file, find, found);
}

static int by_count(gconstpointer a, gconstpointer b) {
    const struct shape *x = *(const struct shape *const *)a;
    const struct shape *y = *(const struct shape *const *)b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->words, y->words);
}

static void write_skeleton(GString *out, const struct shape *s, unsigned number) {
    g_autofree char *pattern = reply_pattern(slice_of(s->sample));
    g_autofree char *example = g_strconcat(s->codes, s->sample, NULL);
    g_string_append_printf(out,
                           "# %u times; first seen in %s\n- id: new-%u\n  cause: unknown.unclassified  # "
                           "mailwhy explain lists the causes\n  text: ",
                           s->count, s->where, number);
    yaml_quote(out, pattern);
    g_string_append(out, "\n  examples:\n    - ");
    yaml_quote(out, example);
    g_string_append(out, "\n\n");
}

static void free_shape(gpointer p) {
    struct shape *s = p;
    g_free(s->words);
    g_free(s->codes);
    g_free(s->sample);
    g_free(s->where);
    g_free(s);
}

static void write_shapes(struct gathering *g, GString *out) {
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    GHashTableIter iter;
    gpointer shape;
    g_hash_table_iter_init(&iter, g->shapes);
    while (g_hash_table_iter_next(&iter, NULL, &shape))
        g_ptr_array_add(sorted, shape);
    g_ptr_array_sort(sorted, by_count);
    g_string_append_printf(out, "# %u replies are known, %u are not; they have %u shapes\nreplies:%s\n",
                           g->known, g->unknown, sorted->len, sorted->len ? "" : " []");
    if (g->is_redacted)
        g_string_append(out, "# redacted: local parts, names, ids and names of files are pseudonyms\n");
    for (guint i = 0; i < sorted->len; i++)
        write_skeleton(out, sorted->pdata[i], i + 1);
}

int rules_missing(struct options *options) {
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    struct inputs inputs;
    struct gathering g = {.shapes = g_hash_table_new_full(hash_string, g_str_equal, NULL, free_shape)};
    g.is_redacted = why->options.redact;
    inputs_list(&inputs, options);
    struct survey survey = {
        .options = options, .why = why, .inputs = &inputs, .read = read_input, .take = take, .context = &g};
    int read = survey_run(&survey);
    int status = MAX(inputs.status, read);
    inputs_free(&inputs);
    g_autoptr(GString) out = g_string_new(NULL);
    write_shapes(&g, out);
    g_hash_table_destroy(g.shapes);
    mailwhy_free(why);
    return output_whole(options->output, out->str, out->len) ? status : STATUS_OUTPUT;
}
