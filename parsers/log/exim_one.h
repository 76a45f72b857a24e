/* Exim's log of one message, as `exim -Mvl` shows it: its lines name no message, and have no arrows. */
#ifndef MAILWHY_LOG_EXIM_ONE_H
#define MAILWHY_LOG_EXIM_ONE_H

#include "parsers/log/dialect.h"

/* Is the file such a log? Its first line with a stamp says from whom the message came. */
bool exim_is_one(const struct log_facts *f);

/* What stands behind the stamp of its lines. */
enum line_result exim_read_one(struct log_facts *f, const struct log_line *line, struct slice text);

#endif
