/* What became of one recipient of a message. */
#ifndef MAILWHY_DELIVERY_H
#define MAILWHY_DELIVERY_H

#include "analyze/deliveries/reply_class.h"
#include "parsers/log/event.h"

enum outcome {
    OUTCOME_SENT,
    OUTCOME_BOUNCED,
    OUTCOME_EXPIRED,
    OUTCOME_DEFERRED,
    OUTCOME_DISCARDED, /* taken, and thrown away on purpose */
    OUTCOME_HELD,      /* taken, and kept until somebody decides */
    OUTCOME_REJECTED,  /* what others tried to send in: no recipient of this server's */
    OUTCOMES
};
#define RECIPIENT_OUTCOMES OUTCOME_REJECTED /* those in front of it */
enum direction { DIRECTION_OUT, DIRECTION_IN, DIRECTION_LOCAL, DIRECTIONS };

#define MOST_TRIES  50 /* kept of one recipient: the first FIRST_TRIES, and the last */
#define FIRST_TRIES 10

/* A try at a recipient, where they are kept. */
struct delivery_try {
    struct delivery_try *next;
    int64_t time; /* -1: not known */
    struct slice relay, relay_ip, reply;
    const struct reply_class *class; /* NULL: not judged */
    unsigned char status;            /* enum log_status */
};

/* A line of a log about a message, where they are kept. */
struct delivery_line {
    struct delivery_line *next;
    struct slice text;
    unsigned file;
    uint64_t line;
};

struct delivery {
    struct slice host, queue_id, message_id, sender, recipient, original, client, client_ip, user, relay,
        relay_ip;
    struct slice script; /* that handed it in, or the directory that it was called in */
    struct slice local_ip;
    const struct provider *provider; /* that is known of another source than the relay; NULL: none */
    int uid;                         /* of the local user who handed it in; -1: not known */
    uint64_t mail;                   /* the same for a message that went from queue to queue of these logs */
    uint64_t message; /* the recipients of a message come one behind the other, with its number */
    uint32_t delay, connecting, sending; /* of the last try: as log_event has them */
    struct slice reply;                  /* the last one */
    int64_t size;                        /* bytes; -1: not known */
    int64_t first, last;                 /* times of its tries; -1: not known */
    int64_t refused;                     /* when it was first refused for its cause, in a row; 0: not told */
    unsigned attempts;
    unsigned untold; /* other recipients of its message, of whom no line tells what became of them */
    enum outcome outcome;
    bool lacks_sender; /* no line names it; else an empty one is the null sender */
    bool is_handed_on; /* sent, to a host of this network that queued it, or to the relay for all mail, of
                          whose log nothing is here */
    enum direction direction;
    const struct reply_class *class; /* of the last refusal, also where it was sent after that; NULL: none */
    unsigned tries[LOG_STATUSES];
    const struct delivery_try *tries_kept; /* NULL: they are not kept */
    const struct delivery_line *lines;     /* of its message; the same */
    unsigned file;                         /* of the line that decided: its place among the inputs */
    uint64_t line;
    uint32_t sender_domain, domain; /* of the totals */
};

/* Takes a delivery; its slices stand until the next event is joined. */
typedef void delivery_sink(void *context, const struct delivery *d);

/* As machines read them: "sent", "bounced", …; "out", "in", "local". */
const char *outcome_name(enum outcome outcome);
const char *direction_name(enum direction direction);

/* What a try that ended so makes of the recipient. */
enum outcome outcome_of_status(enum log_status status);

/* Was it refused, given up or put off, so that there is a cause? */
bool outcome_is_failure(enum outcome outcome);

/* Was it not delivered for a cause that depends on who sends? */
bool delivery_hits_sender(const struct delivery *d);

/* Did a server elsewhere take it, of which this log says nothing further? A store on this host (LMTP) is
 * none. */
bool delivery_is_elsewhere(const struct delivery *d);

/* Was it sent again after a try whose answer was lost behind the whole message? */
bool delivery_maybe_twice(const struct delivery *d);

/* The cause under which a recipient counts: an expired one's underlying cause. NULL: nothing was judged. */
const struct cause *delivery_cause(const struct delivery *d);

#endif
