/* Where mail goes on: from one queue of the logs to another, of this host (a content filter, an alias) or of
 * another one whose log is there too. A recipient that went on is no outcome; what took it tells the rest.
 *
 * The server that takes a mail names its queue id ("queued as ID"). It is found among the messages that are
 * open; among those that left their queue not long ago, by queue id and sender; or it is waited for, for the
 * lines of two hosts need not come in the order in which they were written. Neither need those of two
 * programs of one host: what a filter gives back may be delivered before the line that says that the filter
 * took it.
 *
 * A filter that a mail was given by pipe(8) names no queue id: it gives the mail back through this host's
 * sendmail, which is known by its Message-ID, or delivers it itself, and then the pipe's line is the end. */
#ifndef MAILWHY_HAND_OVER_H
#define MAILWHY_HAND_OVER_H

#include "analyze/deliveries/open.h"

#define LIMIT_AWAITED                                                                                        \
    30000              /* messages that left their queue and wait, where logs of several hosts are read */
#define FEW_AWAITED 64 /* the same, of one host */
#define FEW_ENDED   64 /* messages of the log that left their queue last */
#define LIMIT_REMEMBERED                                                                                     \
    65536 /* messages that are remembered by their names alone, and as many older ones                       \
           */

/* A message that left its queue, by queue id and host, or queue id and sender. */
struct remembered {
    uint64_t hash; /* of both, which is all that is compared: keyed, of 64 bits */
    uint64_t mail;
    int64_t time;
};

/* Messages that are remembered. */
struct memory {
    struct hash_table table; /* struct remembered */
    struct arena arena;
};

#define MOST_MESSAGE_ID 998 /* RFC 5322 section 2.1.1 */

struct hand_overs {
    struct open_table *open;
    bool has_hosts;                       /* logs of several hosts are read */
    struct hash_table here, elsewhere;    /* struct awaited: by queue id and host; by queue id and sender */
    struct open_message *oldest, *newest; /* that wait */
    size_t waiting, limit;                /* of these; 0: LIMIT_AWAITED, or FEW_AWAITED */
    struct remembered ended[FEW_ENDED];   /* the last that left their queues, of this or any host */
    size_t ended_count;
    struct remembered given_back[FEW_ENDED]; /* the last with a Message-ID that this host's sendmail took */
    size_t given_back_count;
    struct memory arrived[2];  /* that left their queues: the newer half, and the older one */
    struct memory given_up[2]; /* that waited too long, by what they waited for */
    uint64_t late;             /* came after that: these mails count twice */
    void (*close)(void *context, struct open_message *m); /* it waits no longer */
    void *context;
    char name[MOST_MESSAGE_ID + 1]; /* in which one is put together */
};

void hand_overs_init(struct hand_overs *h, struct open_table *open);
void hand_overs_free(struct hand_overs *h);

/* A try of the recipient ended. */
void hand_over_note(struct hand_overs *h, struct open_message *m, struct recipient_story *r,
                    const struct log_event *e);

/* The message left its queue. True: it waits, and is closed when what it waits for came, or later. */
bool hand_over_waits(struct hand_overs *h, struct open_message *m);

/* It waits, and another message has its queue id now. */
void hand_over_replaced(struct hand_overs *h, struct open_message *m);

/* A message that was not open begins; its sender is known now. */
void hand_over_begin(struct hand_overs *h, struct open_message *m);
void hand_over_sender(struct hand_overs *h, struct open_message *m);

/* This host's sendmail took the message, whose Message-ID is known now. */
void hand_over_given_back(struct hand_overs *h, struct open_message *m);

/* The message is about to be closed. */
void hand_over_end(struct hand_overs *h, struct open_message *m);

#endif
