/* `mailwhy dns needs|capture|show`: see dns.h. */
#include "analyze/commands/dns.h"

#include "analyze/auth/engine.h"
#include "analyze/commands/audit_ask.h"
#include "analyze/commands/capture.h"
#include "analyze/commands/dns_needs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/internal.h"
#include "analyze/report/structure_snapshot.h"
#include "parsers/dns/write.h"

static int find_needs(const struct options *o, struct mailwhy *why, GString *text) {
    struct needs needs;
    needs_init(&needs, o, why);
    needs_find(&needs);
    int status = needs.status;
    for (guint i = 0; i < needs.lines->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)needs.lines->pdata[i]);
    needs_free(&needs);
    return status;
}

struct showing {
    const struct options *options;
    struct mailwhy *why;
    struct output output;
};

/* The snapshots are what is read here: they are open, and read in the sandbox. */
static int show(void *context) {
    struct showing *s = context;
    g_autoptr(GString) text = g_string_new(NULL);
    reading_begin_aloud(s->options);
    if (!why_read_dns(s->why, true))
        return STATUS_CONFIG;
    if (mailwhy_format_is_structured(s->options->format))
        form_write_alone(s->options->format, &form_snapshot, s->why->snapshot, true, text);
    else if (s->why->snapshot)
        snapshot_write(s->why->snapshot, text);
    output_write(&s->output, text->str, text->len);
    return STATUS_OK;
}

/* Who asks needs the names as they are, and SPF macros put local parts into them. */
static int refuse_redaction(const struct options *o) {
    return usage_error(o->command,
                       "--redact is not possible here: names of the DNS are needed as they are, and those "
                       "that SPF macros make can hold local parts of addresses");
}

/* Append to the text; returns an exit status. */
typedef int make_text(const struct options *o, struct mailwhy *why, GString *text);

static int write_text(struct options *o, make_text *make) {
    if (o->library.redact || o->library.redact_key_file)
        return refuse_redaction(o);
    g_autoptr(GString) text = g_string_new(NULL);
    struct mailwhy *why = options_load_unread(o);
    int status = why ? options_check_dns(o, why) : STATUS_CONFIG;
    if (status == STATUS_OK)
        status = make(o, why, text);
    mailwhy_free(why);
    if (status == STATUS_USAGE || status == STATUS_CONFIG)
        return status;
    return output_whole(o->output, text->str, text->len) ? status : STATUS_OUTPUT;
}

/* The questions of an audit, where a domain is named, and of the inputs. */
static int write_questions(struct options *o, make_text *make) {
    audit_take_own(o);
    int status = o->domains->len || o->ip ? audit_check_options(o) : STATUS_OK;
    return status ? status : write_text(o, make);
}

int command_dns_needs(struct options *o) {
    return write_questions(o, find_needs);
}

int command_dns_capture(struct options *o) {
    return write_questions(o, dns_capture);
}

static int show_all(struct options *o) {
    struct showing s = {.options = o, .why = options_load_unread(o)};
    int status = s.why ? STATUS_OUTPUT : STATUS_CONFIG;
    if (s.why && output_open(&s.output, o->output)) {
        engine(); /* its module cannot be looked for inside */
        status = reading_apart(&s.output, show, &s);
        if (status == STATUS_CONFIG)
            output_drop(&s.output);
        status = output_close(&s.output) || status != STATUS_OK ? status : STATUS_OUTPUT;
    }
    mailwhy_free(s.why);
    return status;
}

int command_dns_show(struct options *o) {
    if (!mailwhy_format_is_structured(o->format) && o->format != mailwhy_format_at(0))
        return usage_error(o->command,
                           "there is no page of a snapshot: --format takes text, json or ndjson here");
    for (; o->argument_count; o->argument_count--)
        g_ptr_array_add(o->dns_files, (gpointer)*o->arguments++);
    return o->library.redact || o->library.redact_key_file ? refuse_redaction(o) : show_all(o);
}
