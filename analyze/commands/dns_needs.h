/* The DNS questions that the inputs, or an audit, raise beside what a snapshot answers. The inputs are read
 * by processes in a sandbox; of what these say only questions are taken. */
#ifndef MAILWHY_DNS_NEEDS_H
#define MAILWHY_DNS_NEEDS_H

#include "analyze/commands/inputs.h"
#include "analyze/commands/options.h"

#define LIMIT_QUESTION 1100 /* bytes of one, as it is written */

/* Questions, one a line as `dig -f` reads them: "name. TYPE". */
struct needs {
    const struct options *options;
    struct mailwhy *why;
    struct inputs inputs;
    const GString *captured; /* further lines of the snapshot, of strangers; NULL: none */
    GHashTable *seen;        /* owns the lines */
    GPtrArray *lines;        /* in the order in which they came up */
    int status;              /* of reading the inputs: some may not be there */
};

/* Gives `why` an empty snapshot when it has none. */
void needs_init(struct needs *needs, const struct options *options, struct mailwhy *why);
void needs_free(struct needs *needs);

/* Add what the inputs, or the audit that the options ask for, still need beside the snapshot. */
void needs_find(struct needs *needs);

/* Add what shows whether an answer that there is none can be believed, for the questions so far: a name that
 * surely exists, and the test entry of each block list that is asked for an address. */
void needs_add_probes(struct needs *needs);

/* Add what was captured to the snapshot; to be called in a sandbox. */
void needs_read_captured(struct needs *needs);

/* Is it a question as needs_find writes it: a name of the DNS in printed characters, and a type of our table?
 */
bool question_is_valid(struct slice line);

#endif
