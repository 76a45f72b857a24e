/* From options to the library: see load.h. */
#include "analyze/commands/load.h"

#include "analyze/commands/complain.h"
#include "analyze/internal.h"

static const struct mailwhy_options *library_options(struct options *options) {
    struct mailwhy_options *library = &options->library;
    library->rule_files = (const char *const *)options->rule_files->pdata;
    library->rule_file_count = options->rule_files->len;
    library->trusted = (const char *const *)options->trusted->pdata;
    library->trusted_count = options->trusted->len;
    library->dns_files = (const char *const *)options->dns_files->pdata;
    library->dns_file_count = options->dns_files->len;
    return library;
}

static struct mailwhy *loaded(struct mailwhy *why) {
    complain_redacts(why && why->options.redact ? &why->redaction : NULL);
    return why;
}

struct mailwhy *options_load(struct options *options) {
    return loaded(mailwhy_new(library_options(options), stderr));
}

struct mailwhy *options_load_unread(struct options *options) {
    return loaded(mailwhy_new_unread(library_options(options), stderr));
}
