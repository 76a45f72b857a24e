/* Events as lines of text, for stages of `mailwhy log` that do not run in one process: whoever carries them
 * sorts them and brings together what belongs together, and reads nothing of what they say.
 *
 *     KEY ⇥ TIME ⇥ PLACE ⇥ LINKS ⇥ EVENT ⏎
 *
 * Events of one key belong to one mail, whatever host it is on; LINKS are keys (each behind a byte 0x1f) of
 * what the event brings together with it: the next queue, a filter's verdict, a delivery's own name. TIME and
 * PLACE, digits of fixed length, are the order: TIME is that of the log's latest line so far, in seconds.
 * The last text of an event is its check, a number for its key and all other texts.
 * Lines without a key are what was counted already (summary_layout.h). In all columns a backslash stands
 * before what is no plain byte: \\ \t \n \r \q (") \u (0x1f) \0. */
#ifndef MAILWHY_EVENT_LINES_H
#define MAILWHY_EVENT_LINES_H

#include "analyze/deliveries/judged_event.h"
#include "analyze/deliveries/script_notes.h"
#include "parsers/base/arena.h"

#include <glib.h>

#define LATEST_TIME INT64_C(1000000000000000) /* seconds since the epoch that are believed */

struct event_writer { /* all zero but for `place` and `time` before its first line */
    GString *out;     /* lines; whoever gave it takes them */
    uint64_t place, number;
    int64_t time; /* of the latest line, also of a piece before this one */
    uint64_t sum; /* of the checks of all events */
    struct script_note script;
};

/* Is all that it tells in it? Such an event is counted where it is read. */
bool event_stands_alone(const struct log_event *e);

#define EVENT_MOST_KEYS 4 /* its own, and those that it links */

/* The keys as numbers, the same in all processes; its own first. Returns how many. */
unsigned event_keys_of(const struct log_event *e, uint64_t keys[EVENT_MOST_KEYS]);

/* To be called for each event of the log, in order, whether it is written or not: its time is noted, and what
 * another line says of it is put in. False: all that it says was noted. */
bool event_writer_hear(struct event_writer *w, struct log_event *e);

/* Append the event's line; `file` is the name of its log. */
void event_line_write(struct event_writer *w, const struct judged_event *judged, struct slice file);

/* Append a line of what was counted. */
void event_line_write_counted(struct event_writer *w, struct slice bytes);

struct event_line {
    struct log_event event;
    uint64_t line;
    struct slice file;
    struct slice counted; /* in place of an event; empty: it is one */
    uint32_t check;       /* of an event */
};

/* Read a line, which has no '\n'; texts point into it, or into the arena. False: it is none, or damaged. */
bool event_line_read(struct event_line *read, struct slice line, struct arena *arena);

#endif
