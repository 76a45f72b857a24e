/* Mail logs, line by line: what each says of a message. A log is read in chunks of whole lines, each by
 * itself (time stamps, hosts and dialects are found out anew), so that threads may read it side by side.
 * Nothing is joined here: see analyze/deliveries. */
#ifndef MAILWHY_LOG_H
#define MAILWHY_LOG_H

#include "parsers/base/arena.h"

#include <stdint.h>

#define LIMIT_LOG_LINE ((size_t)256 << 10) /* bytes of a line that are read */

enum log_kind {
    LOG_CLIENT,     /* who handed the message in: client, client_ip, user */
    LOG_MESSAGE_ID, /* message_id */
    LOG_QUEUED,     /* address (sender), size, recipients */
    LOG_ATTEMPT,    /* address (recipient), status, relay, text: one try at one recipient; message_id: the
                       queue id under which this host took it again, as from a content filter */
    LOG_EXPIRED,    /* all recipients that are still open were given up */
    LOG_DONE,       /* the message left the queue */
    LOG_NOTICE,     /* a report about it was queued: message_id holds the new queue id */
    LOG_REJECT,     /* refused from others: text, client_ip, sender, address */
    LOG_LOGIN,      /* a login failed */
    LOG_LOST,       /* a connection was lost or timed out */
    LOG_TLS,        /* a TLS handshake failed */
    LOG_START, /* a try begins: queue_id is its own name, message_id the message's, address the recipient */
    LOG_REPLY, /* text: what was said before the line that tells how a try ended */
};

enum log_status { LOG_SENT, LOG_DEFERRED, LOG_BOUNCED, LOG_GIVEN_UP, LOG_STATUSES };

struct reply_class;

struct log_event {
    unsigned char kind, status;
    bool is_remote; /* over the network, though no host may have answered */
    bool is_last;   /* of a message that has no line of its own for its end */
    uint32_t line;  /* in its chunk, from 0 */
    int recipients; /* of LOG_QUEUED, -1: not said; of LOG_REJECT and the like: how often, 0 counts as once */
    int64_t time;   /* seconds since the epoch; -1: none */
    int64_t size;
    struct slice host, queue_id;
    struct slice address, original; /* original: as the sender wrote it */
    struct slice sender;
    struct slice relay, relay_ip;
    struct slice text;        /* the reply or reason */
    struct slice status_code; /* as "5.7.1"; empty: none */
    struct slice message_id;
    struct slice client, client_ip, user;
    const struct reply_class *reply; /* set by the analysis */
};

/* Kinds of lines that are no event: named ones are passed over on purpose, others are not understood. */
struct line_kind {
    struct line_kind *next;
    const char *dialect;
    const char *key; /* of a known kind: its name where it is written in the source */
    struct slice name, sample;
    uint64_t count;
    uint64_t first; /* chunk and line of the sample, which is the first such line */
    bool is_known;
};

struct dialect;
#define LOG_DIALECTS 16

struct log_reader {
    /* what a chunk gives */
    struct log_event *events;
    size_t count, room;
    uint64_t lines, unparsed, dialect_lines[LOG_DIALECTS], cut;
    int64_t first, last;
    /* kinds, over all chunks of this reader */
    struct line_kind *kinds;
    size_t kind_count;
    struct arena arena; /* of kinds */
    struct arena chunk; /* of a chunk's events: strings that do not stand in the line */
    /* state */
    bool wants_stories; /* clients and message ids too */
    int64_t now;        /* no line is younger: gives years to stamps without one */
    char stamp[32];     /* the last time stamp, for most lines repeat it */
    size_t stamp_len;
    int64_t stamp_time;
    char prefix[96];                /* the same with the host behind it, up to the program */
    size_t prefix_len, prefix_host; /* prefix_host: where the host begins */
    int64_t prefix_time;
    uint32_t line;
    uint64_t number;                    /* of the chunk */
    const struct dialect *last_dialect; /* within the chunk */
    struct slice header;       /* the first lines of the file, which may name the columns of a table */
    unsigned char columns[64]; /* of a table: what each column holds; 0: nothing of interest */
    const void *table;         /* its dialect's columns; NULL: the file is no table that was asked for yet */
    const void *asked[8];      /* tables that the header was held against */
    unsigned asked_count;
};

/* Read `bytes`: whole lines of the file that begins with reader->header. The events stand until the next call
 * and point into `bytes`. */
void log_read(struct log_reader *reader, struct slice bytes);
void log_reader_free(struct log_reader *reader);

const char *dialect_name(size_t number); /* NULL behind the last */

/* Does it look like a mail log? For inputs whose kind is not said. */
bool log_is_likely(struct slice bytes);

#endif
