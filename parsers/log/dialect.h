/* What one mail system writes into its log. A dialect is a file and a row of the table in reader.c. */
#ifndef MAILWHY_DIALECT_H
#define MAILWHY_DIALECT_H

#include "parsers/log/log.h"

/* A line, with what its frame says taken off. */
struct log_line {
    struct slice text; /* the whole line */
    int64_t time;      /* -1: none */
    struct slice host;
    struct slice program; /* as "postfix/smtp", without pid; empty: no syslog frame */
    struct slice message;
};

enum log_read {
    LINE_NOT_MINE,
    LINE_EVENT,   /* one event or more were added */
    LINE_PASSED,  /* known, and of no interest here */
    LINE_UNKNOWN, /* of this dialect, but not understood */
};

struct dialect {
    const char *name;
    enum log_read (*read)(struct log_reader *r, const struct log_line *line);
};

extern const struct dialect dialect_postfix, dialect_exim, dialect_sendmail, dialect_opensmtpd, dialect_qmail,
    dialect_courier, dialect_dovecot, dialect_json, dialect_powermta, dialect_exchange, dialect_trace,
    dialect_other_programs;

/* A new event of that line, with its time and host. */
struct log_event *log_event_add(struct log_reader *r, enum log_kind kind, const struct log_line *line);

/* The line belongs to this named kind, which is passed over on purpose. */
enum log_read log_pass(struct log_reader *r, const struct dialect *dialect, const char *kind,
                       const struct log_line *line);

/* Helpers that dialects share. Words are literals: `starts` becomes a comparison of their bytes. */
static inline __attribute__((always_inline)) bool starts(struct slice s, const char *word) {
    size_t len = strlen(word);
    return s.len >= len && memcmp(s.ptr, word, len) == 0;
}
bool slice_has(struct slice s, const char *word);                                /* anywhere */
struct slice slice_between(struct slice s, const char *open, const char *close); /* empty: not there */
struct slice log_angles(struct slice s);                                         /* without < > */
void log_split_host(struct slice s, struct slice *host,
                    struct slice *ip);                                   /* "mx.example.org[192.0.2.1]:25" */
bool log_stamp(struct log_reader *r, struct slice *rest, int64_t *time); /* takes a time stamp off */

/* json.c: the frame of `journalctl -o json`; false when the line is another kind of JSON, or none. */
bool journal_frame(struct log_reader *r, struct log_line *line);

/* table.c: logs that are tables (CSV), whose first lines name the columns. */
enum column {
    COLUMN_NONE,
    COLUMN_TIME,
    COLUMN_EVENT,
    COLUMN_SENDER,
    COLUMN_RECIPIENT,
    COLUMN_STATUS,
    COLUMN_REPLY,
    COLUMN_HOST,
    COLUMN_RELAY,
    COLUMN_RELAY_IP,
    COLUMN_CLIENT,
    COLUMN_CLIENT_IP,
    COLUMN_MESSAGE_ID,
    COLUMN_ID,
    COLUMN_SIZE,
    COLUMNS
};
struct column_name {
    const char *name;
    enum column column;
};

/* Does the file's header name these columns (the first of `names` among them)? Then the line's cells. */
bool table_row(struct log_reader *r, const struct column_name *names, const struct log_line *line,
               struct slice cells[COLUMNS]);

/* An event for each recipient of a row; one that is final closes its message. */
void table_attempt(struct log_reader *r, const struct log_line *line, const struct slice cells[COLUMNS],
                   enum log_status status);

#endif
