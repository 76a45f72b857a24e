/* `mailwhy dns capture`: ask a name server what the inputs need, and what the answers need in turn, until
 * nothing is missing. */
#include "analyze/commands/capture.h"

#include "analyze/commands/ask.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/dns_needs.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/internal.h"
#include "parsers/base/date.h"
#include "parsers/base/ip.h"
#include "parsers/base/organisation.h"
#include "parsers/dns/write.h"

#include <stdio.h>

#define MOST_ROUNDS 40 /* answers that raise further questions */

struct capturing {
    GString *text;
    size_t questions, answers;
};

/* Names of private use mean something only inside a network, and are not for the world's name servers: single
 * labels, .local and the like, and the reverse names of private addresses. A server that the command line
 * names may know them, unless a stranger asks. */
static bool question_is_public(const char *line) {
    struct slice name = slice_upto(slice_of(line), strcspn(line, " "));
    while (name.len && name.ptr[name.len - 1] == '.')
        name.len--;
    struct ip ip;
    return !host_is_internal(name) && !(ip_of_reversed(name, &ip) && ip_is_internal(&ip));
}

/* Ask for the lines from `first` on, and append the answers. Whoever asks makes nothing of them: readers do.
 */
static bool ask_from(const struct options *o, const GPtrArray *lines, guint first, gint64 deadline,
                     struct capturing *asked) {
    g_autoptr(GPtrArray) public = g_ptr_array_new();
    char now[24];
    for (guint i = first; i < MIN(lines->len, o->asking.questions); i++)
        if ((o->server && !o->asking.only_public) || question_is_public(lines->pdata[i]))
            g_ptr_array_add(public, lines->pdata[i]);
    struct questions questions = {.server = o->server,
                                  .lines = (char *const *)public->pdata,
                                  .count = public->len,
                                  .deadline = deadline,
                                  .text = asked->text};
    date_format(time(NULL), now);
    g_string_append_printf(asked->text, ";! taken %s\n", now);
    bool is_there = FROM_MODULE(MODULE_VERIFY, dns_ask)(&questions);
    asked->questions += public->len;
    asked->answers += questions.answered;
    return is_there;
}

static int complain_of_server(const struct options *o) {
    if (o->server)
        return usage_error(o->command,
                           "--server takes an address such as 192.0.2.53 or 192.0.2.53#5353, not `%s`",
                           o->server);
    return usage_error(o->command,
                       "the system names no name server (/etc/resolv.conf); --server ADDRESS names one");
}

static int complain_of_silence(const struct options *o) {
    g_autofree char *what = g_strdup_printf("%s: no name server answered", o->command->name);
    complain(what);
    return STATUS_NO_INPUT;
}

static void complain_of_limit(const struct options *o, guint asked) {
    bool is_late = asked < o->asking.questions;
    fprintf(stderr, "mailwhy: %s: stopped after %u %s; run it again with --dns FILE for the rest\n",
            o->command->name, is_late ? o->asking.seconds : o->asking.questions,
            is_late ? "seconds" : "questions");
}

static int ask_rounds(struct needs *needs, GString *captured) {
    const struct options *o = needs->options;
    gint64 deadline = g_get_monotonic_time() + (gint64)o->asking.seconds * G_USEC_PER_SEC;
    guint asked = 0;
    bool is_whole = false;
    struct capturing all = {.text = captured};
    for (int round = 0;
         round < MOST_ROUNDS && g_get_monotonic_time() < deadline && asked < o->asking.questions; round++) {
        needs_find(needs);
        needs_add_probes(needs);
        is_whole = needs->lines->len == asked;
        if (is_whole)
            break;
        if (!ask_from(o, needs->lines, asked, deadline, &all))
            return complain_of_server(o);
        asked = needs->lines->len;
        if (!o->quiet)
            fprintf(stderr, "mailwhy: %s: %zu questions asked\n", o->command->name, all.questions);
    }
    if (all.questions && !all.answers)
        return complain_of_silence(o);
    if (!is_whole)
        complain_of_limit(o, asked);
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
