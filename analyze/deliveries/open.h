/* The messages that are open: those that the log has told of and that have not left their queue, by host and
 * queue id. A message keeps its texts in room of its own, which goes with it. */
#ifndef MAILWHY_OPEN_H
#define MAILWHY_OPEN_H

#include "analyze/deliveries/delivery.h"
#include "parsers/base/hash_table.h"
#include "parsers/log/event.h"

#include <glib.h>

#define MORE           128 /* bytes for texts that a message takes at least, or as much again as it has */
#define FEW_RECIPIENTS 32  /* are gone through; from there on they are looked up */
#define INDEXED        64  /* bytes of the index for each of them, at most */

/* What few recipients have. */
struct recipient_rare {
    struct slice original, relay_ip, local_ip;
    struct delivery_try *kept, *kept_last, *last_of_first;
    unsigned kept_count; /* of `kept`; not all that count as tries are kept */
    struct slice
        awaited; /* the queue id under which it may go on, of which the log has not told; empty: none */
    struct recipient_story *awaited_next; /* another one of the message under the same */
};

struct recipient_story {
    struct recipient_story *next;
    const struct recipient_rare *rare; /* never NULL; to write in it see open_rare_of */
    struct slice address, relay, reply;
    uint32_t delay, connecting, sending; /* of the last try */
    const struct reply_class *class;     /* of the last refusal; NULL: none */
    int64_t first, last;                 /* times of its tries */
    int64_t refused;                     /* when it was first refused so, in a row; 0: never */
    unsigned attempts, tries[LOG_STATUSES];
    uint32_t domain;      /* of the totals */
    unsigned char status; /* of the last try: enum log_status */
    bool has_relay, is_handed_over;
    bool is_refused;  /* by this server, from others: no try */
    bool is_waiting;  /* nothing was tried yet */
    bool is_named;    /* the mail came in for it; nothing else is told of it */
    bool is_expected; /* it came from another queue, and nothing was tried in this one yet */
    bool is_stored;   /* of a verdict: it goes on nowhere */
    bool is_near;     /* the relay of the last try is this host, of its network, or the one for all mail */
    unsigned file;    /* of the last try */
    uint64_t line;
};

/* Bytes that a message has before it takes more: for its queue id, its texts and one recipient, as most have.
 */
#define ROOM (sizeof(struct recipient_story) + 152)

struct conversation;
struct awaited; /* see hand_over.c */
struct texts;   /* more room for the texts and recipients of a message */

/* What few messages have, where nobody asks for their stories. */
struct message_rare {
    struct slice client, client_ip, script;
    struct hash_table index; /* of more than FEW_RECIPIENTS */
    struct delivery_line *lines, *last_line;
    unsigned line_count;
    unsigned untold; /* of its recipients, when it left the queue */
};

struct open_message {
    struct open_message *free_next;     /* among the unused */
    struct open_message *older, *newer; /* in the order of their beginning */
    uint64_t hash;
    uint32_t host;
    struct slice queue_id;
    bool has_sender;
    bool is_try;           /* no message, but a try with a name of its own, which queue_id holds */
    bool is_verdict;       /* no message, but what a filter decided: see LOG_VERDICT */
    bool has_awaited;      /* a recipient may go on elsewhere */
    bool is_held, is_done; /* recipients are held; it left the queue, and awaits where it goes on or what else
                              is said of it */
    bool is_waiting;       /* for where it goes on, among those of hand_over.c */
    unsigned char stored;  /* how often it stands in store_notes.h */
    bool is_hidden;        /* from open_find: another message has its queue id now */
    union {
        struct slice message_id;
        struct slice try_of; /* of a try: the queue id of its message */
    };
    union {
        struct slice sender;
        struct slice try_recipient; /* of a try */
    };
    struct conversation *talk;       /* it is no message, but an SMTP session; else NULL */
    const struct message_rare *rare; /* never NULL; to write in it see open_rare */
    struct slice user;
    int uid;                /* -1: not known */
    int64_t arrived;        /* -1: not known */
    uint64_t mail;          /* of which it is, as delivery.h has it */
    uint32_t sender_domain; /* of the totals */
    int expected, finished; /* recipients, where their number is known */
    int64_t size;
    struct awaited *awaited; /* for which it waits, and how many of these have not come */
    size_t awaited_count;
    struct open_message *waits_behind, *waits_before; /* others that wait */
    struct recipient_story *recipients, *last;
    size_t count;
    unsigned retold; /* how often a line that names nobody told of a recipient again */
    struct texts *more;
    size_t used, room;
    size_t taken; /* bytes beyond its own, with those of the index */
    struct open_table *table;
    char *at;
    char bytes[ROOM];
};

struct open_table {
    struct hash_table messages; /* by host and queue id */
    struct open_message *unused, *oldest, *newest;
    GPtrArray *blocks;     /* of messages */
    GHashTable *host_ids;  /* name → number + 1 */
    GPtrArray *host_names; /* struct host_name *, in the arena */
    uint32_t last_host;
    size_t taken; /* of all messages */
    struct arena arena;
};

void open_init(struct open_table *t);
void open_free(struct open_table *t);

/* The number of a host; LIMIT_HOSTS and more share the last one. */
#define LIMIT_HOSTS 100000
uint32_t open_host(struct open_table *t, struct slice host);
struct slice open_host_name(const struct open_table *t, uint32_t host);

/* A queue id of a host. The hash is of both, and all that is compared of the host; it is taken once for all
 * that is done with an event. */
struct open_name {
    struct slice queue_id;
    uint64_t hash;
};
uint64_t open_host_hash(struct slice host);
struct open_name open_name_of(struct slice queue_id, uint64_t host_hash);
struct open_name open_name_at(const struct open_table *t, struct slice queue_id, uint32_t host);

/* Something beside it holds so many bytes for it, until it is closed. */
void open_note_taken(struct open_message *m, size_t bytes);

/* NULL when it is not open. */
struct open_message *open_find(const struct open_table *t, struct open_name name);
struct open_message *open_add(struct open_table *t, struct open_name name,
                              struct slice host); /* which is not open */

/* A message will be asked for soon: the place where it is found is brought near, and then itself. What is
 * known of messages is more than what is near the processor, and each is asked for when others were in
 * between. */
static inline void open_bring_place(const struct open_table *t, uint64_t hash) {
    if (t->messages.size)
        __builtin_prefetch(&t->messages.slots[hash & (t->messages.size - 1)]);
}

/* The message, where it was brought near and nothing but its hash is to be looked at; NULL: it may be there.
 */
static inline const struct open_message *open_brought(const struct open_table *t, uint64_t hash) {
    if (!t->messages.size)
        return NULL;
    const struct hash_slot *slot = &t->messages.slots[hash & (t->messages.size - 1)];
    return slot->hash == hash ? slot->entry : NULL;
}

#define OPEN_LINE 64 /* bytes of memory that come together */
static inline void open_bring(const struct open_table *t, uint64_t hash) {
    const char *m = (const char *)open_brought(t, hash);
    for (size_t at = 0; m && at < sizeof(struct open_message); at += OPEN_LINE)
        __builtin_prefetch(m + at);
}

void open_remove(struct open_table *t, struct open_message *m);
void open_hide(struct open_table *t, struct open_message *m); /* its queue id is free; it stays otherwise */

#define MOST_TRY_REPLY 2000 /* bytes of what was said to a try */

/* What few have, to be written. */
struct message_rare *open_rare(struct open_message *m);
struct recipient_rare *open_rare_of(struct open_message *m, struct recipient_story *r);

/* What a verdict says of a recipient; a store's name for a user has no domain. NULL: nothing. */
struct recipient_story *open_verdict_of(const struct open_message *verdict, struct slice address);

/* Keep a try at a recipient: of many the first ones and the last ones. */
void open_keep_try(struct open_message *m, struct recipient_story *r, const struct delivery_try *try);

/* Keep a line about a message; one that is there is not kept again. */
#define MOST_LINES 200
void open_keep_line(struct open_message *m, const struct delivery_line *line);

/* Room that goes with the message. */
void *open_room(struct open_message *m, size_t size);

/* A text kept in the room of a message. */
struct slice open_keep(struct open_message *m, struct slice s);

/* Replace a text of the message: in its place where it fits, for a message may be tried very often. */
void open_replace(struct open_message *m, struct slice *text, struct slice by);

/* A recipient of the message, under an address as the sender wrote it. NULL: it has none such. */
struct recipient_story *open_recipient_find(const struct open_message *m, struct slice address,
                                            struct slice original);
struct recipient_story *open_recipient_add(struct open_message *m, struct slice address,
                                           struct slice original); /* which it has not */

#endif
