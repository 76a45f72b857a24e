/* `mailwhy verify`: see verify.h. The network is used by a process of its own, which sees nothing but
 * questions and answers (capture.c); whatever strangers wrote, the answers too, is read in a sandbox. */
#define _GNU_SOURCE
#include "analyze/commands/verify.h"

#include "analyze/commands/capture.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/configuration.h"
#include "analyze/commands/explain_inputs.h"
#include "analyze/commands/inputs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/log.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static bool reads_standard_input(const struct options *o) {
    for (size_t i = 0; i < o->argument_count; i++)
        if (strcmp(o->arguments[i], "-") == 0)
            return true;
    return o->argument_count == 0;
}

/* Standard input is read twice: a copy of it in memory takes its place. Returns an exit status. */
static int keep_standard_input(const struct options *o) {
    int copy = reads_standard_input(o) ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : -1;
    if (copy < 0)
        return STATUS_OK; /* who reads it says what is wrong with it */
    int kept = descriptor_keep(o, copy);
    if (kept < 0 || dup2(kept, STDIN_FILENO) < 0) {
        complain_of_error("standard input", errno);
        return STATUS_NO_INPUT;
    }
    close(kept);
    return STATUS_OK;
}

/* A snapshot holds names as they are, and those that SPF macros make can hold local parts. */
static int check(const struct options *o) {
    bool redacts = o->library.redact || o->library.redact_key_file;
    if (!o->save || !redacts)
        return STATUS_OK;
    if (!configuration_gave(o->configuration, "redact"))
        return usage_error(o->command, "--save cannot be redacted: it holds names of the DNS as they are");
    complain("the report is redacted, as the configuration asks; what --save keeps is not: it holds names of "
             "the DNS as they are");
    return STATUS_OK;
}

static int capture(struct options *o, GString *snapshot) {
    struct mailwhy *why = options_load_unread(o);
    int status = why ? options_check_dns(o, why) : STATUS_CONFIG;
    if (status == STATUS_OK)
        status = log_check_cause(o, why);
    if (status == STATUS_OK)
        status = dns_capture(o, why, snapshot);
    mailwhy_free(why);
    return status;
}

/* What was captured holds the answers of --dns too. */
static int explain_with(struct options *o, const GString *snapshot) {
    g_ptr_array_set_size(o->dns_files, 0);
    o->library.dns_text = snapshot->str;
    o->library.dns_length = snapshot->len;
    if (reads_standard_input(o))
        lseek(STDIN_FILENO, 0, SEEK_SET); /* of the copy */
    return command_explain_inputs(o);
}

int command_verify(struct options *o) {
    g_autoptr(GString) snapshot = g_string_new(NULL);
    int status = check(o);
    if (status == STATUS_OK)
        status = keep_standard_input(o);
    if (status)
        return status;
    int captured = capture(o, snapshot);
    if (captured == STATUS_USAGE || captured == STATUS_CONFIG)
        return captured;
    if (o->save && !output_whole(o->save, snapshot->str, snapshot->len))
        return STATUS_OUTPUT;
    int explained = explain_with(o, snapshot);
    return explained == STATUS_OUTPUT ? explained : MAX(explained, captured);
}
