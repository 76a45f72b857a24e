/* What the `dns` commands share. */
#ifndef MAILWHY_COMMAND_DNS_H
#define MAILWHY_COMMAND_DNS_H

#include "analyze/commands/options.h"
#include "parsers/base/input.h"

/* Questions, one a line as `dig -f` reads them: "name. TYPE". */
struct needs {
    const struct options *options;
    struct mailwhy *why;
    GPtrArray *paths;      /* of the inputs */
    struct input standard; /* input, read once; the files are read again in each round */
    bool has_standard;
    GHashTable *seen; /* owns the lines */
    GPtrArray *lines; /* in the order in which they came up */
    int status;       /* of reading the inputs: some may not be there */
};
void needs_init(struct needs *needs, const struct options *options, struct mailwhy *why);
void needs_free(struct needs *needs);

/* What the inputs, or the audit that the options ask for, still need beside why->snapshot. */
void needs_find(struct needs *needs);

/* capture.c: ask a name server until nothing is missing. Appends the snapshot to `text`. Returns a status.
 * The one place in mailwhy that uses the network. */
int dns_capture(const struct options *options, struct mailwhy *why, GString *text);

#endif
