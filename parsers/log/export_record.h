/* What one record of an export says: events of it. */
#ifndef MAILWHY_LOG_EXPORT_RECORD_H
#define MAILWHY_LOG_EXPORT_RECORD_H

#include "parsers/log/dialect.h"
#include "parsers/log/export_plan.h"

/* Add the events of the object, which is one of that plan's records: for each recipient its message and a
 * try, which closes it where it is final, or a refusal. LINE_PASSED: it tells of no delivery, and is counted
 * so. LINE_UNKNOWN: it says what the kind does not know, or names no recipient; of this the reason is
 * counted. Several records, or one of many recipients, take time in proportion to their length. */
enum line_result export_record_read(struct log_facts *facts, const struct log_line *line,
                                    const struct export_plan *plan, const struct json_nodes *nodes,
                                    size_t object, bool is_day_first);

#endif
