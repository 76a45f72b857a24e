/* Microsoft 365 message traces (CSV): the summary (SenderAddress, RecipientAddress, Status) and the enhanced
 * report, whose recipient_status is "bob@example.org##Receive, Fail". */
#include "parsers/log/dialect.h"
#include "parsers/log/table_events.h"

static const struct column_name summary_names[] = {
    {"Received", COLUMN_TIME}, {"SenderAddress", COLUMN_SENDER}, {"RecipientAddress", COLUMN_RECIPIENT},
    {"Status", COLUMN_EVENT},  {"MessageId", COLUMN_MESSAGE_ID}, {"MessageTraceId", COLUMN_ID},
    {"Detail", COLUMN_REPLY},  {"ToIP", COLUMN_RELAY_IP},        {"Size", COLUMN_SIZE},
    {NULL, COLUMN_NONE},
};

static const struct column_name enhanced_names[] = {
    {"origin_timestamp_utc", COLUMN_TIME},
    {"sender_address", COLUMN_SENDER},
    {"recipient_status", COLUMN_EVENT},
    {"message_id", COLUMN_MESSAGE_ID},
    {"network_message_id", COLUMN_ID},
    {"total_bytes", COLUMN_SIZE},
    {NULL, COLUMN_NONE},
};

/* The last of the words decides: "Receive, Send", "Receive, Defer, Fail". */
static bool status_of(struct slice words, enum log_status *status) {
    static const struct {
        const char *word;
        enum log_status status;
    } known[] = {{"Fail", LOG_BOUNCED},     {"Quarantined", LOG_BOUNCED},   {"FilteredAsSpam", LOG_SENT},
                 {"Send", LOG_SENT},        {"Deliver", LOG_SENT},          {"Defer", LOG_DEFERRED},
                 {"Pending", LOG_DEFERRED}, {"GettingStatus", LOG_DEFERRED}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_has(words, known[i].word)) {
            *status = known[i].status;
            return true;
        }
    return false;
}

static enum line_result trace_read_enhanced(struct log_facts *f, const struct log_line *line,
                                            struct slice cells[COLUMNS]) {
    struct slice list = cells[COLUMN_EVENT];
    enum log_status status;
    if (slice_equal_nocase(list, SLICE("recipient_status")))
        return log_pass(f, &dialect_trace, "the names of the columns", line);
    while (list.len) {
        struct slice rest = list;
        struct slice one = log_take_address(&rest, ";");
        list = slice_from(list, one.len + 1);
        size_t mark = log_find_outside(one, "##");
        cells[COLUMN_RECIPIENT] = slice_trim(slice_upto(one, mark));
        if (cells[COLUMN_RECIPIENT].len && status_of(slice_from(one, mark), &status))
            table_attempt(f, line, cells, status);
    }
    return LINE_EVENT;
}

static enum line_result trace_read(struct log_facts *f, const struct log_line *line) {
    struct slice cells[COLUMNS];
    enum log_status status;
    if (table_row(&f->table, enhanced_names, line->text, &f->chunk, cells))
        return trace_read_enhanced(f, line, cells);
    if (!table_row(&f->table, summary_names, line->text, &f->chunk, cells))
        return LINE_NOT_MINE;
    if (!status_of(cells[COLUMN_EVENT], &status))
        return log_pass(f, &dialect_trace, "the names of the columns, or a message that was expanded", line);
    table_attempt(f, line, cells, status);
    return LINE_EVENT;
}

const struct dialect dialect_trace = {.name = "microsoft-trace", .read = trace_read};
