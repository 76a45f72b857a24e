/* Exim's lines that are about no message: refusals, failed logins, what handed mail in, and what is passed
 * over. */
#ifndef MAILWHY_LOG_EXIM_OTHER_H
#define MAILWHY_LOG_EXIM_OTHER_H

#include "parsers/log/dialect.h"

/* "… rejected RCPT <a@b>: reason", "… temporarily rejected …", "… rejected after DATA: reason" */
enum line_result exim_read_reject(struct log_facts *f, const struct log_line *line, struct slice text);

/* "rejected HELO from name [192.0.2.9]: syntactically invalid argument(s): x" */
enum line_result exim_read_refused_name(struct log_facts *f, const struct log_line *line, struct slice text);

/* Other lines, by their words. `is_exim`: the line is Exim's, whatever it says. */
enum line_result exim_read_words(struct log_facts *f, const struct log_line *line, struct slice text,
                                 bool is_exim);

#endif
