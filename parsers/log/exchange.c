/* Exchange's message tracking log (CSV, "#Fields: date-time,…"). */
#include "parsers/log/dialect.h"
#include "parsers/log/table_events.h"

static const struct column_name names[] = {
    {"date-time", COLUMN_TIME},
    {"event-id", COLUMN_EVENT},
    {"sender-address", COLUMN_SENDER},
    {"recipient-address", COLUMN_RECIPIENT},
    {"recipient-status", COLUMN_REPLY},
    {"server-hostname", COLUMN_RELAY},
    {"server-ip", COLUMN_RELAY_IP},
    {"message-id", COLUMN_MESSAGE_ID},
    {"network-message-id", COLUMN_ID},
    {"total-bytes", COLUMN_SIZE},
    {NULL, COLUMN_NONE},
};

static const struct {
    const char *event;
    enum log_status status;
} events[] = {
    {"SEND", LOG_SENT},      {"SENDEXTERNAL", LOG_SENT}, {"DELIVER", LOG_SENT},         {"FAIL", LOG_BOUNCED},
    {"DEFER", LOG_DEFERRED}, {"BADMAIL", LOG_BOUNCED},   {"DUPLICATEDELIVER", LOG_SENT}};

/* "[{LED=550 5.1.1 …};{MSG=…}…]", "550 5.1.1 …;…" */
static struct slice reply_of(struct slice status) {
    struct slice said = slice_between(status, "{LED=", "}");
    return said.len ? said : slice_upto(status, slice_find_char(status, ';'));
}

static enum line_result exchange_read(struct log_facts *f, const struct log_line *line) {
    struct slice cells[COLUMNS];
    if (!table_row(&f->table, names, line->text, &f->chunk, cells))
        return LINE_NOT_MINE;
    if (line->text.ptr[0] == '#' || slice_equal(cells[COLUMN_TIME], SLICE("date-time")))
        return log_pass(f, &dialect_exchange, "the head of the file", line);
    cells[COLUMN_REPLY] = reply_of(cells[COLUMN_REPLY]);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (slice_equal_nocase(cells[COLUMN_EVENT], slice_of(events[i].event))) {
            table_attempt(f, line, cells, events[i].status);
            return LINE_EVENT;
        }
    return log_pass(f, &dialect_exchange, "a step inside Exchange", line);
}

const struct dialect dialect_exchange = {.name = "exchange", .read = exchange_read};
