/* `mailwhy dns capture`: ask a name server what the inputs need, and what the answers need in turn, until
 * nothing is missing. */
#define _GNU_SOURCE
#include "analyze/commands/capture.h"

#include "analyze/commands/ask.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/dns_needs.h"
#include "analyze/commands/inherited.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/internal.h"
#include "parsers/base/date.h"
#include "parsers/base/organisation.h"
#include "parsers/dns/write.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MOST_ROUNDS 40 /* answers that raise further questions */

#define GRACE (5 * G_USEC_PER_SEC) /* after the deadline, until who asks must have ended */
#define MORE  LIMIT_ANSWERS /* beside the answers that are wanted: those that were under way, and notes */

struct capturing {
    GString *text;
    size_t questions;
    bool is_answered; /* by a server, be it that it failed */
};

/* The name that a question is about: without a last dot, and without the labels of a service before it
 * (RFC 8552), as in "s1._domainkey.example.org". */
static struct slice subject_of(const char *line) {
    struct slice name = slice_upto(slice_of(line), strcspn(line, " "));
    while (name.len && name.ptr[name.len - 1] == '.')
        name.len--;
    for (struct slice rest = name; rest.len;) {
        size_t dot = slice_find_char(rest, '.');
        bool is_service = rest.ptr[0] == '_';
        rest = dot < rest.len ? slice_from(rest, dot + 1) : SLICE_EMPTY;
        if (is_service && rest.len)
            name = rest;
    }
    return name;
}

/* The last labels of the public names that are asked about: a tree walk (RFC 9989) asks about these too. */
static GHashTable *top_domains(const GPtrArray *lines) {
    GHashTable *tops = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < lines->len; i++) {
        struct slice name = subject_of(lines->pdata[i]);
        size_t start = name.len;
        while (start && name.ptr[start - 1] != '.')
            start--;
        if (start && !host_is_private(name))
            g_hash_table_add(tops, g_ascii_strdown(name.ptr + start, (gssize)(name.len - start)));
    }
    return tops;
}

static bool is_top_domain(struct slice name, GHashTable *tops) {
    g_autofree char *label = g_ascii_strdown(name.ptr, (gssize)name.len);
    return g_hash_table_contains(tops, label);
}

/* Names of private use mean something only inside a network, and are not for the world's name servers. A
 * server that the command line names may know them, unless a stranger asks. */
static bool question_is_public(const char *line, GHashTable *tops) {
    struct slice name = subject_of(line);
    bool is_label = slice_find_char(name, '.') == name.len;
    return is_label ? name.ptr != line && is_top_domain(name, tops) : !host_is_private(name);
}

/* --- the process that asks --- */

struct asker {
    const struct options *options;
    struct questions questions;
    struct output output;
};

/* Nothing is open any more but what it writes to; it sees questions and answers, and no byte of an input. */
static void leave_inputs(void) {
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0)
        _exit(STATUS_BUG);
    inherited_close(0, NULL);
}

static void enter_sandbox(void) {
    const char *missing = sandbox_enter(SANDBOX_ASKER, NULL).missing;
    if (missing)
        complain(missing);
}

static int ask_here(void *context) {
    struct asker *a = context;
    g_autoptr(GString) text = g_string_new(NULL);
    leave_inputs();
    a->questions.text = text;
    a->questions.ready = a->options->no_sandbox ? NULL : enter_sandbox;
    bool is_there = FROM_MODULE(MODULE_VERIFY, dns_ask)(&a->questions);
    output_write(&a->output, text->str, text->len);
    return !is_there ? STATUS_USAGE : a->questions.answered ? STATUS_OK : STATUS_NO_INPUT;
}

/* Ask for the lines from `first` on, and append the answers. Whoever asks makes nothing of them: readers do.
 * STATUS_USAGE: there is nobody to ask; STATUS_BUG: who asked died, which was said. */
static int ask_from(const struct options *o, const GPtrArray *lines, guint first, gint64 deadline,
                    struct capturing *asked) {
    g_autoptr(GPtrArray) public = g_ptr_array_new();
    g_autoptr(GHashTable) tops = top_domains(lines);
    char now[24];
    for (guint i = first; i < MIN(lines->len, o->asking.questions); i++)
        if ((o->server && !o->asking.only_public) || question_is_public(lines->pdata[i], tops))
            g_ptr_array_add(public, lines->pdata[i]);
    struct name_server server;
    struct asker asker = {
        .options = o,
        .questions = {.server = o->server && name_server_parse(o->server, &server) ? &server : NULL,
                      .lines = (char *const *)public->pdata,
                      .count = public->len,
                      .deadline = deadline,
                      .most = LIMIT_ANSWERS - asked->text->len},
        .output = OUTPUT_CLOSED};
    date_format(time(NULL), now);
    g_string_append_printf(asked->text, ";! taken %s\n", now);
    module_load(MODULE_VERIFY);
    int status = asking_collect(&asker.output, ask_here, &asker, deadline + GRACE,
                                asker.questions.most + MORE, asked->text);
    asked->questions += public->len;
    asked->is_answered |= status == STATUS_OK;
    return status;
}

static int complain_of_server(const struct options *o) {
    return usage_error(o->command,
                       "the system names no name server (/etc/resolv.conf); --server ADDRESS names one");
}

static int complain_of_silence(const struct options *o) {
    g_autofree char *what = g_strdup_printf("%s: no name server answered", o->command->name);
    complain(what);
    return STATUS_NO_INPUT;
}

static bool has_enough(const GString *captured) {
    return captured->len >= LIMIT_ANSWERS;
}

static void complain_of_limit(const struct options *o, guint asked, const GString *captured) {
    bool is_late = asked < o->asking.questions;
    fprintf(stderr, "mailwhy: %s: stopped after %u %s; run it again with --dns FILE for the rest\n",
            o->command->name,
            has_enough(captured) ? (unsigned)(LIMIT_ANSWERS >> 20)
            : is_late            ? o->asking.seconds
                                 : o->asking.questions,
            has_enough(captured) ? "MiB of answers"
            : is_late            ? "seconds"
                                 : "questions");
}

static int ask_rounds(struct needs *needs, GString *captured) {
    const struct options *o = needs->options;
    gint64 deadline = g_get_monotonic_time() + (gint64)o->asking.seconds * G_USEC_PER_SEC;
    guint asked = 0;
    bool is_whole = false;
    struct capturing all = {.text = captured};
    for (int round = 0; round < MOST_ROUNDS && g_get_monotonic_time() < deadline &&
                        asked < o->asking.questions && !has_enough(captured);
         round++) {
        needs_find(needs);
        needs_add_probes(needs);
        is_whole = needs->lines->len == asked;
        if (is_whole)
            break;
        int status = ask_from(o, needs->lines, asked, deadline, &all);
        if (status == STATUS_USAGE)
            return complain_of_server(o);
        if (status == STATUS_BUG)
            return status;
        asked = needs->lines->len;
        if (!o->quiet && all.is_answered)
            fprintf(stderr, "mailwhy: %s: %zu questions asked\n", o->command->name, all.questions);
    }
    if (all.questions && !all.is_answered)
        return complain_of_silence(o);
    if (!is_whole)
        complain_of_limit(o, asked, captured);
    return STATUS_OK;
}

struct showing {
    struct needs *needs;
    struct output output;
};

static int show_captured(void *context) {
    struct showing *s = context;
    g_autoptr(GString) text = g_string_new(NULL);
    reading_begin(s->needs->options, SANDBOX_READER);
    why_read_dns(s->needs->why, false);
    needs_read_captured(s->needs);
    snapshot_write(s->needs->why->snapshot, text);
    output_write(&s->output, text->str, text->len);
    return STATUS_OK;
}

int dns_capture(const struct options *o, struct mailwhy *why, GString *text) {
    struct needs needs;
    g_autoptr(GString) captured = g_string_new(NULL);
    needs_init(&needs, o, why);
    needs.captured = captured;
    int status = ask_rounds(&needs, captured);
    struct showing showing = {&needs, OUTPUT_CLOSED};
    if (status != STATUS_USAGE) {
        int shown = reading_collect(&showing.output, show_captured, &showing, output_append, text);
        status = MAX(status, MAX(needs.status, shown));
    }
    needs_free(&needs);
    return status;
}
