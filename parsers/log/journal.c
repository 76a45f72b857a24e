/* Records of the journal (systemd.journal-fields(7)): see journal.h. */
#include "parsers/log/journal.h"

#include "parsers/log/json_value.h"

/* Seconds of __REALTIME_TIMESTAMP, which counts microseconds: 16 digits from 2001 to 2286. */
static int64_t seconds_of(struct slice time) {
    return time.len == 16 ? slice_number(slice_upto(time, 9), NULL) * (int64_t)10 + (time.ptr[9] - '0') : -1;
}

bool journal_take(struct log_line *line, struct arena *arena) {
    json_t *object = json_loadb(line->text.ptr, line->text.len, JSON_ALLOW_NUL, NULL);
    struct slice message = json_value_text(object, "MESSAGE", arena);
    struct slice program = json_value_text(object, "SYSLOG_IDENTIFIER", arena);
    if (message.len && program.len) {
        line->message = message;
        line->program = program;
        line->host = json_value_text(object, "_HOSTNAME", arena);
        line->time = seconds_of(json_value_text(object, "__REALTIME_TIMESTAMP", arena));
    }
    json_decref(object);
    return message.len && program.len;
}
