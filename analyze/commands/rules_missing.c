/* `mailwhy rules missing INPUT...`: the replies that no rule knows, grouped by their shape, most
 * frequent first, each with the skeleton of a rule to fill in. Processes in a sandbox read; this one counts.
 * Inputs are messages, folders and mailboxes, or texts with one reply per line. */
#include "analyze/commands/rules_missing.h"

#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/survey.h"
#include "analyze/internal.h"
#include "analyze/report/redact.h"
#include "analyze/verdict/build.h"
#include "parsers/base/hash.h"
#include "parsers/base/packed.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/base/visible.h"
#include "parsers/message/mailbox.h"

struct shape {
    char *words; /* the reply with what varies replaced */
    char *sample;
    char *where;
    unsigned count;
};

/* In the process that writes. */
struct gathering {
    GHashTable *shapes; /* words → struct shape */
    unsigned known, unknown;
    bool is_redacted;
};

/* In one that reads: of each reply its words, its place and itself are found; of one that is known, nothing
 * but three empty texts. */
struct reply_finder {
    struct mailwhy_worker *worker;
    GString *found;
};

static bool is_name_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("._-@+=%", c));
}

/* What varies in a word: addresses, host names, numbers, ids. */
static const char *variable_kind(struct slice word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.len; i++)
        digits += ascii_is_digit(word.ptr[i]);
    if (slice_find_char(word, '@') < word.len)
        return "ADDRESS";
    if (slice_starts_nocase(word, SLICE("http")))
        return "URL";
    if (digits * 2 > word.len || (digits >= 3 && word.len > 8))
        return "ID";
    size_t dot = slice_find_char(word, '.');
    return dot > 0 && dot + 2 < word.len && ascii_is_alpha(word.ptr[dot + 1]) ? "HOST" : NULL;
}

static char *shape_of(struct slice text) {
    GString *out = g_string_new(NULL);
    while (text.len) {
        size_t n = 0;
        while (n < text.len && is_name_char(text.ptr[n]))
            n++;
        const char *kind = variable_kind(slice_upto(text, n));
        if (kind)
            g_string_append(out, kind);
        else
            g_string_append_len(out, text.ptr, (gssize)MAX(n, 1));
        text = slice_from(text, MAX(n, 1));
    }
    return g_string_free(out, FALSE);
}

static struct slice slice_of_string(const GString *s) {
    return (struct slice){s->str, s->len};
}

/* Text and place are what may be shown of the verdict's reply and of its input's name. */
static void find(GString *found, const struct verdict *v, struct slice text, struct slice where) {
    bool is_known = (v->rule && v->rule->text) || strncmp(v->cause->id, "notice.", 7) == 0;
    bool is_told = !is_known && v->reply.text.len;
    g_autofree char *words = is_told ? shape_of(slice_upto(text, 300)) : g_strdup("");
    g_autoptr(GString) sample = g_string_new(NULL);
    char status[ENHANCED_TEXT_SIZE];
    if (is_told && v->reply.code)
        g_string_append_printf(sample, "%d ", v->reply.code);
    if (is_told && v->reply.enhanced[0])
        g_string_append_printf(sample, "%.*s ", S(enhanced_write(v->reply.enhanced, status)));
    if (is_told)
        g_string_append_len(sample, text.ptr, (gssize)MIN(text.len, 300));
    packed_put(found, slice_of(words));
    packed_put(found, is_told ? where : SLICE_EMPTY);
    packed_put(found, slice_of_string(sample));
}

/* What a process found is shown as strangers' text is. */
static char *shown(struct slice text) {
    struct arena arena = {0};
    struct slice clean = text_visible(&arena, text, VISIBLE_LINE);
    char *copy = g_strndup(clean.len ? clean.ptr : "", clean.len);
    arena_free(&arena);
    return copy;
}

static void gather(struct gathering *g, struct slice words, struct slice where, struct slice sample) {
    if (!words.len && !sample.len) {
        g->known++;
        return;
    }
    g->unknown++;
    g_autofree char *key = shown(words);
    struct shape *s = g_hash_table_lookup(g->shapes, key);
    if (!s) {
        s = g_new0(struct shape, 1);
        s->words = g_steal_pointer(&key);
        s->where = shown(where);
        s->sample = shown(sample);
        g_hash_table_insert(g->shapes, s->words, s);
    }
    s->count++;
}

static void take(void *context, const char *bytes, size_t length) {
    struct slice rest = {bytes, length};
    struct slice words, where, sample;
    while (packed_take(&rest, &words) && packed_take(&rest, &where) && packed_take(&rest, &sample))
        gather(context, words, where, sample);
}

/* The verdicts of a report, which is of that form. */
static void find_all(struct reply_finder *g, const struct verdict *verdicts, const struct report_form *form,
                     const void *report, const char *where) {
    struct redactor *redactor = report_collect(worker_redaction(g->worker), form, report, false);
    struct outlet outlet = {.arena = &g->worker->arena, .redactor = redactor, .is_page = true};
    for (const struct verdict *v = verdicts; v; v = v->next)
        find(g->found, v, value_show(&outlet, as_reply(v->reply.text)),
             value_show(&outlet, as_file(slice_of(where))));
    redactor_free(redactor);
}

static void find_in_message(struct reply_finder *g, const struct mailwhy_input *input) {
    struct report report;
    worker_report(g->worker, input, &report);
    find_all(g, report.verdicts, &form_message, &report, input->name);
}

static void find_in_lines(struct reply_finder *g, struct slice text, const char *name) {
    struct slice line;
    while (slice_next_line(&text, &line)) {
        struct verdict v = {0};
        if (!slice_trim(line).len)
            continue;
        arena_reset(&g->worker->arena);
        verdict_of_reply(&v, line, g->worker->matcher, &g->worker->arena);
        find_all(g, &v, &form_reply, &v, name);
    }
}

/* A text whose lines begin with a reply code is a list of replies. */
static bool is_reply_list(struct slice bytes) {
    return bytes.len > 4 && slice_number(slice_upto(bytes, 3), NULL) >= 400 && strchr(" -", bytes.ptr[3]);
}

static void read_input(void *context, struct mailwhy_worker *worker, const char *path,
                       const struct input *file, GString *found) {
    struct reply_finder f = {worker, found};
    struct mailwhy_input input = {.name = path};
    (void)context;
    if (is_reply_list(file->bytes)) {
        find_in_lines(&f, file->bytes, path);
    } else if (is_mbox(file->bytes)) {
        struct slice rest = file->bytes;
        struct slice message;
        for (unsigned line = 1; mbox_next(&rest, &line, &message, &input.first_line);) {
            input.bytes = message.ptr;
            input.length = message.len;
            find_in_message(&f, &input);
        }
    } else {
        input.bytes = file->bytes.ptr;
        input.length = file->bytes.len;
        input.first_line = 1;
        input.damage = file->damage;
        find_in_message(&f, &input);
    }
}

static int by_count(gconstpointer a, gconstpointer b) {
    const struct shape *x = *(const struct shape *const *)a;
    const struct shape *y = *(const struct shape *const *)b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->words, y->words);
}

static void append_quoted(GString *out, const char *text) {
    g_string_append_c(out, '\'');
    for (; *text; text++)
        g_string_append_len(out, *text == '\'' ? "''" : text, *text == '\'' ? 2 : 1);
    g_string_append_c(out, '\'');
}

/* The pattern of a skeleton: the shape's fixed words, the variable ones as gaps. */
static char *pattern_of(const char *words) {
    GString *out = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit_set(words, " ", -1);
    for (char **p = parts; *p; p++) {
        bool varies = strstr(*p, "ADDRESS") || strstr(*p, "URL") || strstr(*p, "ID") || strstr(*p, "HOST");
        g_autofree char *escaped = g_regex_escape_string(*p, -1);
        g_string_append_printf(out, "%s%s", out->len ? " " : "", varies ? "\\S+" : escaped);
    }
    return g_string_free(out, FALSE);
}

static void write_skeleton(GString *out, const struct shape *s, unsigned number) {
    g_autofree char *pattern = pattern_of(s->words);
    g_string_append_printf(out,
                           "# %u times; first seen in %s\n- id: new-%u\n  cause: unknown.unclassified  # "
                           "mailwhy explain lists the causes\n  text: ",
                           s->count, s->where, number);
    append_quoted(out, pattern);
    g_string_append(out, "\n  examples:\n    - ");
    append_quoted(out, s->sample);
    g_string_append(out, "\n\n");
}

static void free_shape(gpointer p) {
    struct shape *s = p;
    g_free(s->words);
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
    g_string_append_printf(out, "# %u replies are known, %u are not; they have %u shapes\nreplies:\n",
                           g->known, g->unknown, sorted->len);
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
