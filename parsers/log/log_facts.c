/* What the lines of a chunk say: see log_facts.h. */
#include "parsers/log/log_facts.h"

#include <glib.h>

#define FIRST_ROOM 4096 /* events */

struct log_event *log_event_add(struct log_facts *f, enum log_kind kind, const struct log_line *line) {
    if (f->count == f->room) {
        f->room = f->room ? 2 * f->room : FIRST_ROOM;
        f->events = g_renew(struct log_event, f->events, f->room);
    }
    struct log_event *e = &f->events[f->count++];
    memset(e, 0, sizeof *e);
    e->kind = (unsigned char)kind;
    e->line = f->line;
    e->time = line->time;
    e->host = line->host;
    e->size = -1; /* and connecting and sending are LOG_NO_DELAY */
    e->delay = LOG_NO_DELAY;
    e->uid = kind == LOG_CLIENT ? -1 : 0;
    return e;
}

struct log_event *log_attempt_add(struct log_facts *f, const struct log_line *line, struct slice queue_id,
                                  enum log_status status) {
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = queue_id;
    e->status = (unsigned char)status;
    return e;
}

/* Not where the line stands: what is told of it does not depend on how the log was cut. */
static uint64_t place_of(const struct log_line *line) {
    return line->time < 0 ? UINT64_MAX : (uint64_t)line->time;
}

void log_facts_pass(struct log_facts *f, const char *dialect, const char *key, const struct log_line *line) {
    line_kinds_pass(&f->kinds, dialect, key, line, place_of(line));
}

void log_facts_note_trouble(struct log_facts *f, const struct log_line *line) {
    if (line->message.len && line_kinds_may_be_trouble(line->message.ptr[0]))
        line_kinds_add_trouble(&f->kinds, line, place_of(line));
}

void log_facts_add_unknown(struct log_facts *f, const struct log_line *line) {
    f->unparsed++;
    line_kinds_add_unknown(&f->kinds, line, place_of(line));
}

void log_facts_add_unknown_as(struct log_facts *f, const struct log_line *line, const char *dialect,
                              const char *what, struct slice word) {
    f->unparsed++;
    line_kinds_add_unknown_as(&f->kinds, dialect, what, word, line, place_of(line));
}

void log_facts_begin(struct log_facts *f) {
    f->count = 0;
    f->unparsed = 0;
    f->last_dialect = NULL;
    arena_reset(&f->chunk);
    memset(f->export_records, 0, sizeof f->export_records);
}

void log_facts_free(struct log_facts *f) {
    g_free(f->events);
    line_kinds_free(&f->kinds);
    arena_free(&f->chunk);
}
