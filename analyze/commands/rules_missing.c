/* `mailwhy rules missing INPUT...`: the replies that no rule knows, grouped by their shape, most
 * frequent first, each with the skeleton of a rule to fill in. Inputs are messages, folders and
 * mailboxes, or texts with one reply per line. */
#include "analyze/commands/rules_missing.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/inputs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"
#include "analyze/report/redact.h"
#include "analyze/verdict/build.h"
#include "parsers/base/hash.h"
#include "parsers/message/mailbox.h"

struct shape {
    char *words; /* the reply with what varies replaced */
    char *sample;
    char *where;
    unsigned count;
};

struct gathering {
    struct mailwhy_worker *worker;
    GHashTable *shapes; /* words → struct shape */
    unsigned known, unknown;
    int status;
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

/* Text and place are what may be shown of the verdict's reply and of its input's name. */
static void gather(struct gathering *g, const struct verdict *v, struct slice text, struct slice where) {
    bool is_known = (v->rule && v->rule->text) || strncmp(v->cause->id, "notice.", 7) == 0;
    if (is_known || !v->reply.text.len) {
        g->known++;
        return;
    }
    g->unknown++;
    char *words = shape_of(slice_upto(text, 300));
    struct shape *s = g_hash_table_lookup(g->shapes, words);
    if (!s) {
        s = g_new0(struct shape, 1);
        s->words = words;
        s->where = g_strndup(where.ptr, where.len);
        GString *sample = g_string_new(NULL);
        if (v->reply.code)
            g_string_append_printf(sample, "%d ", v->reply.code);
        if (v->reply.enhanced[0])
            g_string_append_printf(sample, "%d.%d.%d ", v->reply.enhanced[0], v->reply.enhanced[1],
                                   v->reply.enhanced[2]);
        g_string_append_len(sample, text.ptr, (gssize)MIN(text.len, 300));
        s->sample = g_string_free(sample, FALSE);
        g_hash_table_insert(g->shapes, s->words, s);
    } else {
        g_free(words);
    }
    s->count++;
}

/* Gather the verdicts of a report, which is of that form. */
static void gather_all(struct gathering *g, const struct verdict *verdicts, const struct report_form *form,
                       const void *report, const char *where) {
    struct redactor *redactor = report_collect(worker_redaction(g->worker), form, report, false);
    struct outlet outlet = {.arena = &g->worker->arena, .redactor = redactor, .is_page = true};
    for (const struct verdict *v = verdicts; v; v = v->next)
        gather(g, v, value_show(&outlet, as_reply(v->reply.text)),
               value_show(&outlet, as_file(slice_of(where))));
    redactor_free(redactor);
}

static void gather_message(struct gathering *g, const struct mailwhy_input *input) {
    struct report report;
    worker_report(g->worker, input, &report);
    gather_all(g, report.verdicts, &form_message, &report, input->name);
}

static void gather_lines(struct gathering *g, struct slice text, const char *name) {
    struct slice line;
    while (slice_next_line(&text, &line)) {
        struct verdict v = {0};
        if (!slice_trim(line).len)
            continue;
        arena_reset(&g->worker->arena);
        verdict_of_reply(&v, line, g->worker->matcher, &g->worker->arena);
        gather_all(g, &v, &form_reply, &v, name);
    }
}

/* A text whose lines begin with a reply code is a list of replies. */
static bool is_reply_list(struct slice bytes) {
    return bytes.len > 4 && slice_number(slice_upto(bytes, 3), NULL) >= 400 && strchr(" -", bytes.ptr[3]);
}

static void gather_input(struct gathering *g, const struct inputs *inputs, guint number) {
    const char *path = inputs->paths->pdata[number];
    struct input file;
    struct mailwhy_input input = {.name = path};
    int error = inputs_open(inputs, number, &file);
    if (error) {
        complain_of_input_error(path, error);
        g->status = STATUS_NO_INPUT;
    } else if (is_reply_list(file.bytes)) {
        gather_lines(g, file.bytes, path);
    } else if (is_mbox(file.bytes)) {
        struct slice rest = file.bytes;
        struct slice message;
        for (unsigned line = 1; mbox_next(&rest, &line, &message, &input.first_line);) {
            input.bytes = message.ptr;
            input.length = message.len;
            gather_message(g, &input);
        }
    } else {
        input.bytes = file.bytes.ptr;
        input.length = file.bytes.len;
        input.first_line = 1;
        input.damage = file.damage;
        gather_message(g, &input);
    }
    input_close(&file);
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
    if (worker_redaction(g->worker))
        g_string_append(out, "# redacted: local parts, names, ids and names of files are pseudonyms\n");
    for (guint i = 0; i < sorted->len; i++)
        write_skeleton(out, sorted->pdata[i], i + 1);
}

int rules_missing(struct options *options) {
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    struct inputs inputs;
    struct gathering g = {.worker = mailwhy_worker_new(why),
                          .shapes = g_hash_table_new_full(hash_string, g_str_equal, NULL, free_shape)};
    inputs_list(&inputs, options);
    g.status = inputs.status;
    for (guint i = 0; i < inputs.paths->len; i++)
        gather_input(&g, &inputs, i);
    inputs_free(&inputs);
    g_autoptr(GString) out = g_string_new(NULL);
    write_shapes(&g, out);
    g_hash_table_destroy(g.shapes);
    mailwhy_worker_free(g.worker);
    mailwhy_free(why);
    return output_whole(options->output, out->str, out->len) ? g.status : STATUS_OUTPUT;
}
