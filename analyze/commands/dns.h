/* What the `dns` commands share. */
#ifndef MAILWHY_COMMAND_DNS_H
#define MAILWHY_COMMAND_DNS_H

#include "analyze/commands/options.h"

/* Questions, one a line as `dig -f` reads them: "name. TYPE". */
struct needs {
    GHashTable *seen; /* owns the lines */
    GPtrArray *lines; /* in the order in which they came up */
};
void needs_init(struct needs *needs);
void needs_free(struct needs *needs);

/* What the inputs, or the audit that the options ask for, still need beside why->snapshot. Returns a status.
 */
int needs_find(struct needs *needs, const struct options *options, struct mailwhy *why);

/* capture.c: ask a name server until nothing is missing. Appends the snapshot to `text`. Returns a status.
 * The one place in mailwhy that uses the network. */
int dns_capture(const struct options *options, struct mailwhy *why, GString *text);

#endif
