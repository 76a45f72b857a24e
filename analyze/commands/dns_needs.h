/* The DNS questions that the inputs, or an audit, raise beside what a snapshot answers. */
#ifndef MAILWHY_DNS_NEEDS_H
#define MAILWHY_DNS_NEEDS_H

#include "analyze/commands/inputs.h"
#include "analyze/commands/options.h"

/* Questions, one a line as `dig -f` reads them: "name. TYPE". */
struct needs {
    const struct options *options;
    struct mailwhy *why;
    struct inputs inputs;
    struct input *kept; /* of each input: one that cannot be read again, once it is read */
    GHashTable *seen;   /* owns the lines */
    GPtrArray *lines;   /* in the order in which they came up */
    int status;         /* of reading the inputs: some may not be there */
};

/* Gives `why` an empty snapshot when it has none. */
void needs_init(struct needs *needs, const struct options *options, struct mailwhy *why);
void needs_free(struct needs *needs);

/* Add what the inputs, or the audit that the options ask for, still need beside why->snapshot. */
void needs_find(struct needs *needs);

#endif
