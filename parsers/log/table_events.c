/* Events of a row of a table: see table_events.h. */
#include "parsers/log/table_events.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/log/line_text.h"

static int64_t time_of(struct slice text) {
    struct stamps none = {0};
    int64_t time;
    return stamp_take(&none, &text, &time) ? time : date_parse(text);
}

static struct log_event *add(struct log_facts *f, enum log_kind kind, const struct log_line *line,
                             struct slice queue_id) {
    struct log_event *e = log_event_add(f, kind, line);
    e->queue_id = queue_id;
    e->host = SLICE_EMPTY;
    return e;
}

static void add_recipient(struct log_facts *f, const struct log_line *line, const struct slice cells[COLUMNS],
                          struct slice recipient, enum log_status status) {
    struct slice id = cells[COLUMN_ID].len ? cells[COLUMN_ID] : cells[COLUMN_MESSAGE_ID];
    struct slice queue_id = id.len ? arena_printf(&f->chunk, "%.*s %.*s", S(id), S(recipient)) : recipient;
    int64_t time = time_of(cells[COLUMN_TIME]);
    struct log_event *e = add(f, LOG_QUEUED, line, queue_id);
    e->sender = address_unbracket(cells[COLUMN_SENDER]);
    e->recipients = 1;
    e->size = slice_number(cells[COLUMN_SIZE], NULL);
    e->time = time;
    if (f->wants_stories)
        add(f, LOG_MESSAGE_ID, line, queue_id)->message_id = address_unbracket(cells[COLUMN_MESSAGE_ID]);
    e = add(f, LOG_ATTEMPT, line, queue_id);
    e->recipient = address_unbracket(recipient);
    e->status = (unsigned char)status;
    e->is_last = status != LOG_DEFERRED;
    e->relay = cells[COLUMN_RELAY];
    e->relay_ip = cells[COLUMN_RELAY_IP];
    e->status_code = cells[COLUMN_STATUS];
    e->text = cells[COLUMN_REPLY];
    e->time = time;
}

void table_attempt(struct log_facts *f, const struct log_line *line, const struct slice cells[COLUMNS],
                   enum log_status status) {
    struct slice list = cells[COLUMN_RECIPIENT];
    while (list.len) {
        struct slice rest = list;
        struct slice one = log_take_address(&rest, ";");
        list = slice_from(list, one.len + 1);
        add_recipient(f, line, cells, one, status);
    }
}
