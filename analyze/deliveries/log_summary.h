/* What was read of logs, and what was counted of them. */
#ifndef MAILWHY_LOG_SUMMARY_H
#define MAILWHY_LOG_SUMMARY_H

#include "analyze/deliveries/pieces.h"
#include "analyze/deliveries/totals.h"
#include "parsers/log/dialects.h"
#include "parsers/log/line_kinds.h"
#include "parsers/log/log_facts.h"

struct log_summary {
    struct totals totals;
    uint64_t bytes, lines, unparsed, cut, forgotten, late, mixed; /* the last three: as join.h has them */
    uint64_t dialect_lines[LOG_DIALECTS];
    uint64_t export_records[LOG_EXPORT_KINDS];
    const struct rulebase *rules; /* whose kinds of exports these are */
    int64_t first, last;          /* times of lines; -1: none */
    bool has_local;               /* a line had a time without a zone */
    int first_offset;             /* of the zone that the first line named; 0: none */
    struct line_kinds kinds;      /* sorted */
    struct pieces pieces;
};

void log_summary_free(struct log_summary *summary);

/* Nothing was read yet. log_run does that itself. */
void log_summary_init(struct log_summary *summary, const struct rulebase *rules);

/* In the order of the report, once all is counted: once only. log_run does that unless it is partial. */
void log_summary_sort(struct log_summary *summary, unsigned jobs);

/* Lines of these times were read, and the first names that offset. -1: none. */
void log_summary_note_times(struct log_summary *summary, int64_t first, int64_t last, int first_offset);

/* The name of the i-th thing that was read, and how many lines or, of exports, records; NULL behind the last.
 */
const char *log_summary_system(const struct log_summary *summary, size_t i, uint64_t *lines);

/* Lines of which a dialect was known. */
uint64_t log_summary_known_lines(const struct log_summary *summary);

/* What was given, where it is a log that is not read: a sentence, to be freed; NULL: not known. */
char *log_summary_unread(const struct log_summary *summary);

#endif
