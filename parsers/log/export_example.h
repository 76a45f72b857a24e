/* Examples of kinds of exports, as rule files have them: records as they come (with the line above that names
 * their columns, where they are rows), and then for each recipient a line of what must be read:
 *
 *     => bob@example.org bounced 550 5.1.1 no such user
 *     => not understood
 *     => s1 said RCPT TO:<bob@example.org>                 (heard: what the other side of a session said)
 *     => nothing                                           (records of no delivery) */
#ifndef MAILWHY_LOG_EXPORT_EXAMPLE_H
#define MAILWHY_LOG_EXPORT_EXAMPLE_H

#include "parsers/rules/rules.h"

/* What is read of the example's records: such lines, allocated from `arena`. */
struct slice export_example_read(const struct rulebase *rules, const struct export_kind *kind,
                                 const char *example, struct arena *arena);

/* What the example says that must be read. */
struct slice export_example_wanted(const char *example, struct arena *arena);

#endif
