/* Which keys the events of a piece of a log have, and which of them hang together, as numbers: so that
 * whoever reads many pieces finds out which mails are whole in one of them (no other piece has one of their
 * keys), and only the others travel (docs/decisions/0011-stages.md). */
#ifndef MAILWHY_EVENT_KEYS_H
#define MAILWHY_EVENT_KEYS_H

#include "parsers/base/hash_table.h"
#include "parsers/log/event.h"

#define LIMIT_KEYS ((uint32_t)1 << 26) /* that are gathered of one piece, or are open in it */
#define KEYS_MAGIC "mailwhy keys 1 "   /* begins what event_keys_write writes */

/* Keys that were met. */
struct event_keys { /* all zero: none */
    GArray *nodes;  /* struct key_node */
    struct hash_table numbers;
    int64_t first, last; /* of the times that events are written with; `last` is what the writer says */
    bool has_events, is_full;
};

void event_keys_add(struct event_keys *keys, const struct log_event *e, int64_t time);

/* A line that says what they are of, KEYS_MAGIC, version, times, and the first log's head (pieces.h) and
 * bytes; then one for each key: KEY ⇥ GROUP ⇥ 1 or 0 ⏎; keys of one group hang together; 0: events only link
 * it. */
void event_keys_write(struct event_keys *keys, uint64_t head, uint64_t bytes, GString *out);
void event_keys_free(struct event_keys *keys);

/* A key whose mails are not whole in this piece, and a number of whoever joins what hangs together. */
struct open_key {
    uint64_t key, share;
};

struct open_keys { /* all zero: none */
    GArray *keys;  /* struct open_key */
    struct hash_table table;
};

/* Read lines, KEY or KEY ⇥ SHARE. False: they make no sense. */
bool open_keys_read(struct open_keys *open, struct slice lines);

/* That of an event; NULL: it is not open. Whoever opens one key of a group opens all of it. */
const struct open_key *open_key_find(const struct open_keys *open, const struct log_event *e);
void open_keys_free(struct open_keys *open);

#endif
