/* The DNS questions of inputs and audits: see dns_needs.h. */
#include "analyze/commands/dns_needs.h"

#include "analyze/commands/audit_run.h"
#include "analyze/commands/complain.h"
#include "analyze/internal.h"
#include "parsers/base/hash.h"
#include "parsers/dns/name.h"
#include "parsers/message/mailbox.h"

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

/* What comes through a pipe is kept for the next round; a file is read again. */
static bool open_input(struct needs *needs, size_t number, struct input *file) {
    const char *path = needs->inputs.paths->pdata[number];
    *file = needs->kept[number];
    if (file->owned)
        return true;
    int error = inputs_open(&needs->inputs, number, file);
    if (error) {
        complain_of_input_error(path, error);
        needs->status = STATUS_NO_INPUT;
    } else if (!inputs_can_reopen(&needs->inputs, number)) {
        needs->kept[number] = *file;
    }
    return !error;
}

static void need_file(struct needing *n, size_t number) {
    struct input file;
    if (!open_input(n->needs, number, &file))
        return;
    mailbox_each(file.bytes, need_message, n);
    if (file.owned != n->needs->kept[number].owned)
        input_close(&file);
}

void needs_find(struct needs *needs) {
    struct needing n = {needs, mailwhy_worker_new(needs->why)};
    for (guint i = 0; i < needs->inputs.paths->len; i++)
        need_file(&n, i);
    need_audits(&n);
    mailwhy_worker_free(n.worker);
}

void needs_init(struct needs *needs, const struct options *options, struct mailwhy *why) {
    *needs = (struct needs){.options = options, .why = why};
    if (!why->snapshot)
        why->snapshot = snapshot_new();
    needs->seen = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    needs->lines = g_ptr_array_new();
    if (options->argument_count || !options->domains->len)
        inputs_list(&needs->inputs, options);
    else
        inputs_init(&needs->inputs);
    needs->status = needs->inputs.status;
    needs->kept = g_new0(struct input, needs->inputs.paths->len + 1);
}

void needs_free(struct needs *needs) {
    for (guint i = 0; i < needs->inputs.paths->len; i++)
        input_close(&needs->kept[i]);
    g_free(needs->kept);
    inputs_free(&needs->inputs);
    g_ptr_array_free(needs->lines, TRUE);
    g_hash_table_destroy(needs->seen);
}
