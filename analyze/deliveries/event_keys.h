/* Which keys the events of a piece of a log have, and which of them hang together, as numbers: so that
 * whoever reads many pieces finds out which mails are whole in one of them (no other piece has one of their
 * keys), and only the others travel (docs/decisions/0011-stages.md). */
#ifndef MAILWHY_EVENT_KEYS_H
#define MAILWHY_EVENT_KEYS_H

#include "analyze/deliveries/event_lines.h"
#include "analyze/deliveries/pieces.h"
#include "parsers/base/hash_table.h"
#include "parsers/log/event.h"

#define LIMIT_KEYS ((uint32_t)1 << 26) /* that are gathered of one piece, or are open in it */
#define KEYS_MAGIC "mailwhy keys 3 "   /* begins what event_keys_write writes */

#define KEYS_AHEAD 8 /* events whose keys are brought near before they are looked up */

/* Keys that were met. */
struct event_keys { /* all zero: none */
    GArray *nodes;  /* struct key_node */
    struct hash_table numbers;
    int64_t first, last; /* of the times that events are written with; `last` is what the writer says; 0: no
                            line has named one */
    bool is_full;
    struct {
        uint64_t keys[EVENT_MOST_KEYS], hashes[EVENT_MOST_KEYS];
        unsigned count;
    } ahead[KEYS_AHEAD]; /* the last events, which are not looked up yet; the oldest stands next */
    unsigned next;
};

void event_keys_add(struct event_keys *keys, const struct log_event *e, int64_t time);

/* A line that says what they are of: KEYS_MAGIC, version, times, the log's beginning and bytes, and how many
 * keys; then, of all of them, the keys (64 bits each, as the processor has them), the numbers of the first
 * key of their groups (32 bits), and bytes of 1, or of 0 where events only link it. Keys of one group hang
 * together. */
void event_keys_write(struct event_keys *keys, const struct log_identity *log, GString *out);
void event_keys_free(struct event_keys *keys);

/* A key whose mails are not whole in this piece, and a number of whoever joins what hangs together. */
struct open_key {
    uint64_t key, share;
};

struct open_keys { /* all zero: none */
    GArray *keys;  /* struct open_key */
    struct hash_table table;
};

/* Read these structs, one behind the other, as the processor has them. False: they make no sense. */
bool open_keys_read(struct open_keys *open, struct slice bytes);

/* That of an event; NULL: it is not open. Whoever opens one key of a group opens all of it. */
const struct open_key *open_key_find(const struct open_keys *open, const struct log_event *e);
void open_keys_free(struct open_keys *open);

#endif
