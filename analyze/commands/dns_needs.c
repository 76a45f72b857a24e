/* The DNS questions of inputs and audits: see dns_needs.h. */
#include "analyze/commands/dns_needs.h"

#include "analyze/audit_run.h"
#include "analyze/auth/blocklist_question.h"
#include "analyze/auth/engine.h"
#include "analyze/commands/audit_ask.h"
#include "analyze/commands/survey.h"
#include "analyze/worker.h"
#include "parsers/base/file_errors.h"
#include "parsers/base/hash.h"
#include "parsers/dns/name.h"
#include "parsers/dns/type.h"

#include <stdio.h>

/* --- in a sandbox --- */

struct needing {
    struct mailwhy_worker *worker;
    GString *found;
};

static void write_questions(GString *found, const struct resolver *resolver, struct arena *arena) {
    for (const struct question *q = resolver->missing; q; q = q->next) {
        struct slice name = dns_name_show(arena, q->of.name);
        g_string_append_printf(found, "%.*s. %s\n", S(name), dns_type_name(q->of.type));
    }
}

static void need_message(struct needing *n, struct slice message) {
    struct report report;
    struct mailwhy_input input = {
        .size = sizeof(struct mailwhy_input), .name = "", .bytes = message.ptr, .length = message.len};
    worker_report(n->worker, &input, &report);
    if (report.verification)
        write_questions(n->found, &report.verification->auth.resolver, &n->worker->arena);
    report_verification_close(&report);
}

static void need_audits(const struct options *o, struct needing *n) {
    struct auth_tools tools = worker_tools(n->worker);
    struct mailwhy_audit asked = audit_asked(o);
    for (guint i = 0; i < o->domains->len; i++) {
        struct audit audit = {0};
        audit_run(&audit, &asked, o->domains->pdata[i], &tools, NULL, &n->worker->arena);
        write_questions(n->found, &audit.auth.resolver, &n->worker->arena);
        audit_close(&audit);
    }
}

static void need_input(void *context, struct mailwhy_worker *worker, const char *name,
                       const struct input *file, GString *found) {
    const struct needs *needs = context;
    struct needing n = {worker, found};
    (void)name;
    if (file)
        need_message(&n, file->bytes);
    else
        need_audits(needs->options, &n);
}

void needs_read_captured(struct needs *needs) {
    struct file_errors errors = {.out = NULL};
    if (!needs->captured)
        return;
    struct dns_file *file = snapshot_add(needs->why->snapshot, "captured");
    file->is_of_strangers = true;
    engine()->read_dns(file, (struct slice){needs->captured->str, needs->captured->len}, &errors);
}

static void begin(void *context) {
    needs_read_captured(context);
}

/* --- in this process --- */

bool question_is_valid(struct slice line) {
    struct arena arena = {0};
    struct slice name;
    size_t blank = slice_find_char(line, ' ');
    bool is_valid = line.len <= LIMIT_QUESTION && blank > 0 && blank < line.len;
    for (size_t i = 0; i < line.len && is_valid; i++)
        is_valid = line.ptr[i] > ' ' ? line.ptr[i] < 0x7f : i == blank;
    is_valid = is_valid && dns_type_of(slice_from(line, blank + 1)) &&
               dns_name_parse(slice_upto(line, blank), &arena, &name);
    arena_free(&arena);
    return is_valid;
}

static void add_question(struct needs *needs, char *text) {
    if (g_hash_table_contains(needs->seen, text)) {
        g_free(text);
        return;
    }
    g_hash_table_add(needs->seen, text);
    g_ptr_array_add(needs->lines, text);
}

static void take_questions(void *context, const char *bytes, size_t length) {
    struct needs *needs = context;
    struct slice rest = {bytes, length};
    struct slice line;
    while (slice_next_line(&rest, &line)) {
        if (question_is_valid(line))
            add_question(needs, g_strndup(line.ptr, line.len));
    }
}

/* The zone of "1.2.0.192.list.example. A", which asks a block list (RFC 5782 section 2.1); NULL: it is
 * another question. */
static const char *zone_asked(const char *line) {
    unsigned a, b, c, d;
    int end = 0;
    bool is_list = sscanf(line, "%3u.%3u.%3u.%3u.%n", &a, &b, &c, &d, &end) == 4 && end &&
                   g_str_has_suffix(line, ". A") && a < 256 && b < 256 && c < 256 && d < 256;
    return is_list ? line + end : NULL;
}

void needs_add_probes(struct needs *needs) {
    guint count = needs->lines->len;
    if (!count)
        return;
    add_question(needs, g_strdup_printf("%.*s. %s", S(DNS_SURE_NAME), dns_type_name(DNS_SURE_TYPE)));
    for (guint i = 0; i < count; i++) {
        const char *zone = zone_asked(needs->lines->pdata[i]);
        if (zone)
            add_question(needs, g_strconcat(BLOCKLIST_TEST_ENTRY, zone, NULL));
    }
}

void needs_find(struct needs *needs) {
    struct survey survey = {.options = needs->options,
                            .why = needs->why,
                            .inputs = &needs->inputs,
                            .begin = begin,
                            .read = need_input,
                            .has_more = needs->options->domains->len > 0,
                            .take = take_questions,
                            .context = needs};
    int status = survey_run(&survey);
    needs->status = MAX(needs->status, status);
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
    inputs_keep(options, &needs->inputs); /* they are read in each round */
    needs->status = needs->inputs.status;
}

void needs_free(struct needs *needs) {
    inputs_free(&needs->inputs);
    g_ptr_array_free(needs->lines, TRUE);
    g_hash_table_destroy(needs->seen);
}
