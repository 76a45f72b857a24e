/* Exim's lines about a mail: arrivals, deliveries, and what became of it otherwise. */
#ifndef MAILWHY_LOG_EXIM_MESSAGE_H
#define MAILWHY_LOG_EXIM_MESSAGE_H

#include "parsers/log/dialect.h"

/* Begins it with one of the arrows, "<=" or "=>" and their like? The second: with a blank and more behind it.
 */
bool exim_begins_with_arrow(struct slice text);
bool exim_is_of_message(struct slice text);

/* What stands behind the id of a mail. */
enum line_result exim_read_message_line(struct log_facts *f, const struct log_line *line, struct slice id,
                                        struct slice text);

/* A line of a message whose id somebody cut off. Another word than an id in front of it names no message:
 * what became of whose mail would be a guess. */
enum line_result exim_read_without_id(struct log_facts *f, const struct log_line *line, struct slice text);

/* "bob@example.org R=dnslookup T=smtp defer (110): …", "routing failed for bob@example.org: …", "=>bob@…": it
 * tells of a recipient, as the log of one message does (exim -Mvl), or lost its arrow where it was pasted. */
bool exim_lost_arrow(struct slice text);

#endif
