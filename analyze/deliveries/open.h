/* The messages that are open: those that the log has told of and that have not left their queue, by host and
 * queue id. A message keeps its texts in room of its own, which goes with it. */
#ifndef MAILWHY_OPEN_H
#define MAILWHY_OPEN_H

#include "analyze/deliveries/deliveries.h"

#define ROOM 256 /* bytes for the texts of a message, before it takes more */
#define MORE 128 /* bytes that it takes at least, or as much again as it has */

struct recipient_story {
    struct recipient_story *next;
    struct slice address, original, relay, relay_ip, reply;
    const struct reply_class *class;
    int64_t first, last;
    unsigned attempts, tries[LOG_STATUSES];
    uint32_t domain;
    unsigned char status;
    bool has_relay, is_handed_over;
    unsigned file;
    uint64_t line;
};

struct texts { /* more room for the texts and recipients of a message */
    struct texts *next;
    size_t size;
    char bytes[];
};

struct open_message {
    struct open_message *free_next;     /* among the unused */
    struct open_message *older, *newer; /* in the order of their beginning */
    uint64_t hash;
    uint32_t host;
    struct slice queue_id, sender, message_id, client, client_ip, user;
    uint32_t sender_domain;
    bool has_sender, is_try;
    int expected, finished; /* recipients, where their number is known */
    int64_t size;
    struct recipient_story *recipients, *last;
    size_t count;
    GHashTable *index; /* of many recipients; NULL: they are few */
    struct texts *more;
    size_t used, room;
    char *at;
    char bytes[ROOM];
};

struct slot { /* the hash stands here too: most look-ups need no other memory */
    uint64_t hash;
    struct open_message *message; /* NULL: free */
};

struct open_table {
    struct slot *slots;
    size_t count, size; /* size: power of two */
    struct open_message *unused, *oldest, *newest;
    GPtrArray *blocks;     /* of messages */
    GHashTable *host_ids;  /* name → number + 1 */
    GPtrArray *host_names; /* struct slice *, in the arena */
    uint32_t last_host;
    struct arena arena;
};

void open_init(struct open_table *t);
void open_free(struct open_table *t);

/* The number of a host; LIMIT_HOSTS and more share the last one. */
#define LIMIT_HOSTS 100000
uint32_t open_host(struct open_table *t, struct slice host);
struct slice open_host_name(const struct open_table *t, uint32_t host);

/* NULL when it is not open. */
struct open_message *open_find(const struct open_table *t, struct slice queue_id, uint32_t host);
struct open_message *open_add(struct open_table *t, struct slice queue_id,
                              uint32_t host); /* which is not open */
void open_remove(struct open_table *t, struct open_message *m);

/* Room for texts and recipients of a message, and a text kept there. */
void *open_room(struct open_message *m, size_t size);
struct slice open_keep(struct open_message *m, struct slice s);

#endif
