/* `mailwhy dns needs|capture|show`: the DNS questions that inputs raise, fetching them, and printing a
 * snapshot. */
#define _GNU_SOURCE
#include "analyze/commands/dns.h"

#include "analyze/commands/audit.h"
#include "analyze/commands/explain_inputs.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"
#include "parsers/base/hash.h"
#include "parsers/base/input.h"
#include "parsers/message/mailbox.h"

#include <errno.h>

/* --- the questions of inputs --- */

struct needing {
    const struct options *options;
    struct mailwhy *why;
    struct mailwhy_worker *worker;
    struct needs *needs;
    int status;
};

static void take_questions(struct needing *n, const struct resolver *resolver) {
    struct arena arena = {0};
    for (const struct question *q = resolver->missing; q; q = q->next) {
        struct slice name = dns_name_show(&arena, q->of.name);
        char *line = g_strdup_printf("%.*s. %s", S(name), dns_type_name(q->of.type));
        if (g_hash_table_contains(n->needs->seen, line)) {
            g_free(line);
        } else {
            g_hash_table_add(n->needs->seen, line);
            g_ptr_array_add(n->needs->lines, line);
        }
    }
    arena_free(&arena);
}

static void need_message(struct needing *n, const char *name, struct slice bytes) {
    struct report report;
    struct mailwhy_input input = {.name = name, .bytes = bytes.ptr, .length = bytes.len};
    worker_report(n->worker, &input, &report);
    if (report.verification)
        take_questions(n, &report.verification->auth.resolver);
    report_verification_close(&report);
}

static void need_file(struct needing *n, const char *path) {
    struct input file;
    struct slice message;
    unsigned line = 1;
    unsigned first;
    int error = input_open(&file, path);
    if (error) {
        fprintf(stderr, "mailwhy: %s: %s\n", path, g_strerror(error));
        n->status = STATUS_NO_INPUT;
    }
    struct slice rest = file.bytes;
    if (!error && is_mbox(rest))
        while (mbox_next(&rest, &line, &message, &first))
            need_message(n, path, message);
    else if (!error)
        need_message(n, path, rest);
    input_close(&file);
}

static void need_audits(struct needing *n) {
    struct auth_tools tools = worker_tools(n->worker);
    for (guint i = 0; i < n->options->domains->len; i++) {
        struct audit audit;
        audit_run(&audit, n->options, n->options->domains->pdata[i], &tools, &n->worker->arena);
        take_questions(n, &audit.auth.resolver);
        auth_close(&audit.auth);
    }
}

int needs_find(struct needs *needs, const struct options *options, struct mailwhy *why) {
    struct needing n = {.options = options, .why = why, .needs = needs};
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!why->snapshot)
        why->snapshot = snapshot_new();
    n.worker = mailwhy_worker_new(why);
    if (options->argument_count || !options->domains->len)
        inputs_list(options, paths);
    for (guint i = 0; i < paths->len; i++)
        need_file(&n, paths->pdata[i]);
    if (options->domains->len)
        need_audits(&n);
    mailwhy_worker_free(n.worker);
    return n.status;
}

void needs_init(struct needs *needs) {
    needs->seen = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    needs->lines = g_ptr_array_new();
}

void needs_free(struct needs *needs) {
    g_ptr_array_free(needs->lines, TRUE);
    g_hash_table_destroy(needs->seen);
}

/* --- the commands --- */

static int write_text(const struct options *o, const GString *text) {
    struct output output;
    if (!output_open(&output, o->output))
        return STATUS_OUTPUT;
    output_write(&output, text->str, text->len);
    return output_close(&output) ? STATUS_OK : STATUS_OUTPUT;
}

static int print_needs(struct options *o, struct mailwhy *why) {
    struct needs needs;
    g_autoptr(GString) text = g_string_new(NULL);
    needs_init(&needs);
    int status = needs_find(&needs, o, why);
    for (guint i = 0; i < needs.lines->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)needs.lines->pdata[i]);
    needs_free(&needs);
    int written = write_text(o, text);
    return MAX(status, written);
}

static int capture(struct options *o, struct mailwhy *why) {
    g_autoptr(GString) text = g_string_new(NULL);
    int status = dns_capture(o, why, text);
    int written = status == STATUS_USAGE ? STATUS_OK : write_text(o, text);
    return MAX(status, written);
}

static int show(struct options *o, struct mailwhy *why) {
    g_autoptr(GString) text = g_string_new(NULL);
    if (why->snapshot)
        snapshot_write(why->snapshot, text);
    return write_text(o, text);
}

static const struct {
    const char *name;
    int (*run)(struct options *options, struct mailwhy *why);
} commands[] = {{"needs", print_needs}, {"capture", capture}, {"show", show}};

int command_dns(struct options *o) {
    const char *word = o->argument_count ? o->arguments[0] : "";
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(word, commands[i].name) != 0)
            continue;
        o->arguments++;
        o->argument_count--;
        bool is_show = strcmp(word, "show") == 0;
        for (; is_show && o->argument_count; o->argument_count--) /* its inputs are snapshots */
            g_ptr_array_add(o->dns_files, (gpointer)*o->arguments++);
        if (!is_show && o->domains->len && audit_check_options(o) && !o->argument_count)
            return STATUS_USAGE;
        struct mailwhy *why = options_load(o);
        int status = why ? commands[i].run(o, why) : STATUS_CONFIG;
        mailwhy_free(why);
        return status;
    }
    fputs("mailwhy: dns: expected needs, capture or show (mailwhy --help)\n", stderr);
    return STATUS_USAGE;
}
