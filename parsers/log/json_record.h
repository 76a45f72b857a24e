/* What a JSON object says of a delivery, in the words of KumoMTA and of whoever names things as it does (in a
 * module: module.h). */
#ifndef MAILWHY_LOG_JSON_RECORD_H
#define MAILWHY_LOG_JSON_RECORD_H

#include "parsers/base/module.h"
#include "parsers/log/dialect.h"

/* As the `read` of a dialect, of a line that begins as an object. */
enum line_result json_record_read(struct log_facts *facts, const struct log_line *line) IN_MODULE;

#endif
