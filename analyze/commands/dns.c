/* `mailwhy dns needs|capture|show`: the DNS questions that inputs raise, fetching them, and printing a
 * snapshot. */
#define _GNU_SOURCE
#include "analyze/commands/dns.h"

#include "analyze/commands/audit.h"
#include "analyze/commands/explain_inputs.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"
#include "parsers/base/hash.h"
#include "parsers/message/mailbox.h"

#include <errno.h>

/* --- the questions of inputs --- */

struct needing {
    struct needs *needs;
    struct mailwhy_worker *worker;
};

static void take_questions(struct needs *needs, const struct resolver *resolver) {
    struct arena arena = {0};
    for (const struct question *q = resolver->missing; q; q = q->next) {
        struct slice name = dns_name_show(&arena, q->of.name);
        char *line = g_strdup_printf("%.*s. %s", S(name), dns_type_name(q->of.type));
        if (g_hash_table_contains(needs->seen, line)) {
            g_free(line);
        } else {
            g_hash_table_add(needs->seen, line);
            g_ptr_array_add(needs->lines, line);
        }
    }
    arena_free(&arena);
}

static void need_message(void *context, struct slice message) {
    struct needing *n = context;
    struct report report;
    struct mailwhy_input input = {.name = "", .bytes = message.ptr, .length = message.len};
    worker_report(n->worker, &input, &report);
    if (report.verification)
        take_questions(n->needs, &report.verification->auth.resolver);
    report_verification_close(&report);
}

static void need_audits(struct needing *n) {
    const struct options *o = n->needs->options;
    struct auth_tools tools = worker_tools(n->worker);
    for (guint i = 0; i < o->domains->len; i++) {
        struct audit audit;
        audit_run(&audit, o, o->domains->pdata[i], &tools, &n->worker->arena);
        take_questions(n->needs, &audit.auth.resolver);
        auth_close(&audit.auth);
    }
}

static bool open_input(struct needs *needs, const char *path, struct input *file) {
    bool is_standard = strcmp(path, "-") == 0;
    if (is_standard && needs->has_standard) {
        *file = needs->standard;
        return true;
    }
    int error = input_open(file, path);
    if (error) {
        fprintf(stderr, "mailwhy: %s: %s\n", path, g_strerror(error));
        needs->status = STATUS_NO_INPUT;
        input_close(file);
    } else if (is_standard) {
        needs->standard = *file;
        needs->has_standard = true;
    }
    return !error;
}

static void need_file(struct needing *n, const char *path) {
    struct input file;
    if (!open_input(n->needs, path, &file))
        return;
    mailbox_each(file.bytes, need_message, n);
    if (strcmp(path, "-") != 0)
        input_close(&file);
}

void needs_find(struct needs *needs) {
    struct needing n = {needs, mailwhy_worker_new(needs->why)};
    for (guint i = 0; i < needs->paths->len; i++)
        need_file(&n, needs->paths->pdata[i]);
    need_audits(&n);
    mailwhy_worker_free(n.worker);
}

void needs_init(struct needs *needs, const struct options *options, struct mailwhy *why) {
    *needs = (struct needs){.options = options, .why = why};
    if (!why->snapshot)
        why->snapshot = snapshot_new();
    needs->paths = g_ptr_array_new_with_free_func(g_free);
    needs->seen = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    needs->lines = g_ptr_array_new();
    if (options->argument_count || !options->domains->len)
        inputs_list(options, needs->paths);
}

void needs_free(struct needs *needs) {
    if (needs->has_standard)
        input_close(&needs->standard);
    g_ptr_array_free(needs->paths, TRUE);
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
    needs_init(&needs, o, why);
    needs_find(&needs);
    int status = needs.status;
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
