/* PowerMTA's accounting file (CSV): d delivered, b bounced, t deferred, rb and rs bounces that came by mail.
 */
#include "parsers/log/dialect.h"
#include "parsers/log/table_events.h"

static const struct column_name names[] = {
    {"type", COLUMN_EVENT},
    {"timeLogged", COLUMN_TIME},
    {"orig", COLUMN_SENDER},
    {"rcpt", COLUMN_RECIPIENT},
    {"dsnStatus", COLUMN_STATUS},
    {"dsnDiag", COLUMN_REPLY},
    {"dsnMta", COLUMN_RELAY},
    {"dlvDestinationIp", COLUMN_RELAY_IP},
    {"dlvSize", COLUMN_SIZE},
    {"envId", COLUMN_ID},
    {"header_Message-Id", COLUMN_MESSAGE_ID},
    {NULL, COLUMN_NONE},
};

/* "mx.example.org (192.0.2.1)", and in dsnStatus "5.1.1 (bad destination mailbox address)" */
static struct slice before_comment(struct slice s) {
    return slice_trim(slice_upto(s, slice_find_char(s, '(')));
}

static enum line_result powermta_read(struct log_facts *f, const struct log_line *line) {
    struct slice cells[COLUMNS];
    if (!table_row(&f->table, names, line->text, &f->chunk, cells))
        return LINE_NOT_MINE;
    struct slice type = cells[COLUMN_EVENT];
    cells[COLUMN_RELAY] = before_comment(cells[COLUMN_RELAY]);
    cells[COLUMN_STATUS] = before_comment(cells[COLUMN_STATUS]);
    if (slice_starts_nocase(cells[COLUMN_REPLY], SLICE("smtp;")))
        cells[COLUMN_REPLY] = slice_from(cells[COLUMN_REPLY], 5);
    if (slice_equal(type, SLICE("type")))
        return log_pass(f, &dialect_powermta, "the names of the columns", line);
    if (slice_equal(type, SLICE("d")))
        table_attempt(f, line, cells, LOG_SENT);
    else if (slice_equal(type, SLICE("b")))
        table_attempt(f, line, cells, starts(cells[COLUMN_STATUS], "4.4.7") ? LOG_GIVEN_UP : LOG_BOUNCED);
    else if (slice_equal(type, SLICE("t")) || slice_equal(type, SLICE("tq")))
        table_attempt(f, line, cells, LOG_DEFERRED);
    else
        return log_pass(f, &dialect_powermta, "another kind of record", line);
    return LINE_EVENT;
}

const struct dialect dialect_powermta = {.name = "powermta", .read = powermta_read};
