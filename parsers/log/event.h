/* What a line of a log says of a message. Each kind of event uses the fields that are named beside it; the
 * others are empty, and those of the other side of a union are not to be read. */
#ifndef MAILWHY_LOG_EVENT_H
#define MAILWHY_LOG_EVENT_H

#include "parsers/base/slice.h"

#include <stdint.h>

enum log_kind {
    LOG_CLIENT, /* who handed the message in: client, client_ip, user, uid, script; each may be told later */
    LOG_MESSAGE_ID, /* message_id */
    LOG_QUEUED,     /* sender, size, recipients */
    LOG_ATTEMPT, /* one try at one recipient: recipient, original, status, relay, relay_ip, text, status_code,
                    next_queue_id, try_id, local_ip, delay, connecting, sending, is_remote, is_relayed,
                    is_last */
    LOG_ENDED,   /* all recipients that are still open came to an end: status */
    LOG_MOVED,   /* what was held or deferred of it goes on under another queue id, which tells the rest:
                    next_queue_id, where it is known */
    LOG_DONE,    /* the message left the queue */
    LOG_REJECT,  /* refused from others: sender, recipient, client, client_ip, text, status_code, times */
    LOG_LOGIN,   /* a login failed: client, client_ip, user, times */
    LOG_LOST,    /* a connection was lost or timed out: times */
    LOG_TLS,     /* a TLS handshake failed: times */
    LOG_TLS_USED,   /* text: the version, is_remote: to others */
    LOG_SCRIPT,     /* script: what is about to hand the host's next local message in */
    LOG_TRY_BEGINS, /* recipient, try_id: the name under which its LOG_ATTEMPT will tell how it ended; told
                       again without a queue_id: who the recipient is */
    LOG_NOTE, /* a line about a message that says nothing of what became of it, where lines are kept: queue_id
               */
    LOG_TRY_REPLIED, /* recipient, text: what was answered, before the LOG_ATTEMPT that tells how it ended */
    LOG_WAITS, /* recipient, text: it is not tried yet; with is_for_open: it is one of those for whom the mail
                  came in, or text says why somebody could not be tried, which counts where nobody of them
                  is */
    LOG_SAID,  /* in an SMTP session, which queue_id names: text, relay_ip, is_remote: by the other side */
    LOG_VERDICT, /* a filter decided: recipient, try_id, status, text, next_queue_id; the LOG_ATTEMPT that has
                    the same try_id and a queue_id only tells that the filter took it */
    LOG_KINDS
};

enum log_status {
    LOG_SENT, /* to where it was to go: what a status word may mean that is not known is no LOG_ATTEMPT */
    LOG_DEFERRED,
    LOG_BOUNCED,
    LOG_GIVEN_UP,
    LOG_DISCARDED, /* taken, and thrown away on purpose: nobody is told */
    LOG_HELD,      /* taken, and kept until somebody decides: on hold, in quarantine */
    LOG_STATUSES
};

#define LOG_NO_DELAY UINT32_MAX
/* Behind it in a queue id stands what only keeps apart the recipients of one message; it is not shown. */
#define LOG_ID_END '\t'
/* Behind it in a try_id: the name is a message store's, which no other host gives. */
#define LOG_STORE_MARK 's'

static inline bool log_is_stores(struct slice try_id) {
    return try_id.len > 1 && try_id.ptr[0] == LOG_ID_END && try_id.ptr[1] == LOG_STORE_MARK;
}

struct log_event {
    unsigned char kind, status; /* enum log_kind, enum log_status */
    bool is_remote;             /* over the network, though no host may have answered */
    bool is_forwarded;          /* it goes on as another message of this host, which tells the rest */
    bool is_retold;             /* more records may tell of this try: a second success is no second one */
    bool is_relayed : 1;      /* of a LOG_ATTEMPT that is LOG_SENT: the relay that is set up for all mail took
                                 it, whose log tells the rest */
    bool is_client_later : 1; /* of a LOG_REJECT: another LOG_CLIENT of its queue id (or session), of which it
                                 says that it may tell this, tells who it was */
    bool is_last;             /* of a message that has no line of its own for its end; of a LOG_VERDICT that
                                 is LOG_SENT: it goes on nowhere */
    bool is_for_open; /* of a LOG_ATTEMPT: it tells of each recipient of the message that is still open, of
                         the domain that `recipient` has behind an @, if any; where none was named, of one.
                         With a try_id alone: the try goes on, and another line tells how it ended */
    uint32_t line;    /* in its chunk, from 0 */
    union {
        int recipients; /* of the message; -1: not said */
        int times;      /* how often it happened; 0 counts as once */
        int uid;        /* of the local user who handed it in; -1: not said */
    };
    uint32_t delay; /* since the message came in, in hundredths of a second; LOG_NO_DELAY: not said */
    int64_t time;   /* seconds since the epoch; -1: none */
    union {
        int64_t size; /* bytes; -1: not said */
        struct {
            uint32_t connecting, sending; /* parts of the delay of a LOG_ATTEMPT; LOG_NO_DELAY: not said */
        };
    };
    struct slice host, queue_id;
    struct slice recipient;
    struct slice text;        /* the reply or reason */
    struct slice status_code; /* as "5.7.1"; empty: none */
    union {
        struct { /* how the message came in: LOG_CLIENT, LOG_MESSAGE_ID, LOG_QUEUED, LOG_REJECT */
            struct slice sender, message_id, client, client_ip, user;
            struct slice script; /* or working directory */
        };
        struct {                   /* how it went on: LOG_ATTEMPT, LOG_TRY_BEGINS, LOG_TRY_REPLIED */
            struct slice original; /* the recipient as the sender wrote it */
            struct slice relay, relay_ip;
            struct slice next_queue_id; /* under which this host took it again, as from a content filter */
            struct slice try_id;   /* a delivery's own name (qmail); the end of it names no queue_id then */
            struct slice local_ip; /* the address of this host that it went out from */
        };
    };
};

#endif
