/* How many mails of a domain logs say were delivered in a time, and to which hosts: what receivers' reports
 * on that domain are held against. */
#ifndef MAILWHY_SENT_MAILS_H
#define MAILWHY_SENT_MAILS_H

#include "analyze/deliveries/delivery.h"

#include <glib.h>

#define LIMIT_SENT_MAILS     400 /* asked for in one search: domains and times; further ones are left out */
#define LIMIT_SENT_RECEIVERS 300 /* told apart of each; mails to further ones are counted only */
#define LIMIT_SENT_ADDRESSES 50  /* kept of each */

/* A host that took mail. */
struct sent_receiver {
    struct sent_receiver *next;
    struct slice relay;
    uint64_t mails, recipients;
    uint64_t last; /* the message that was counted last */
};

/* A public address of ours that a mail of whomever went out from in that time, where the log says it (Exim's
 * +outgoing_interface). */
struct sent_address {
    struct sent_address *next;
    struct slice ip;
};

struct sent_mail {
    struct sent_mail *next;
    struct slice domain; /* of the envelope sender, or above it */
    int64_t begin, end;  /* seconds since the epoch, both within */
    struct sent_receiver *receivers;
    struct sent_address *addresses;
    uint64_t handed_on; /* recipients whose mail went to a relay for all mail: to whom it went is not known */
    uint64_t left_out;  /* recipients at receivers that are not told apart */
    uint64_t unplaced;  /* of whomever: recipients whose mail went out from an address that is not known */
    uint32_t receiver_count, address_count;
};

struct sent_mails {
    struct sent_mail *first;
    size_t count;
    int64_t log_first, log_last; /* times of the log's lines; -1: none has one */
};

/* Ask for a domain's mail of a time. */
void sent_mails_want(struct sent_mails *sent, struct slice domain, int64_t begin, int64_t end,
                     struct arena *arena);

/* Count a delivery to another host where it is of a time that was asked for. */
void sent_mails_add(const struct sent_mails *sent, const struct delivery *d, struct arena *arena);

/* NULL: it was not asked for. */
const struct sent_mail *sent_mails_find(const struct sent_mails *sent, struct slice domain, int64_t begin,
                                        int64_t end);

/* As bytes, and from bytes that are not believed, into which what is read points; false: they are not whole.
 */
void sent_mails_write(const struct sent_mails *sent, GString *out);
bool sent_mails_read(struct sent_mails *sent, struct slice *bytes, struct arena *arena);

#endif
