/* Signs in logs and messages that a host or a domain is one's own. They are found by processes in a sandbox,
 * and handed over as bytes that whoever takes them checks. */
#ifndef MAILWHY_CONFIG_SIGNS_H
#define MAILWHY_CONFIG_SIGNS_H

#include "analyze/internal.h"
#include "parsers/base/input.h"

enum sign {
    SIGN_LOG_HOST,  /* of a log's lines */
    SIGN_LOCAL_IP,  /* that mail went out from */
    SIGN_RECEIVER,  /* wrote a Received field on the side of the mailbox */
    SIGN_MAILBOX,   /* the domain of a recipient who was delivered to here */
    SIGN_ACCOUNT,   /* the domain of a sender who logged in here, or is a local user */
    SIGN_ADDRESSED, /* the domain that a message was received for */
    SIGN_SHORT_HOST /* of a log's lines, a name without a domain, which none was found for */
};
#define SIGNS (SIGN_SHORT_HOST + 1)

/* Append the signs in one input. */
void signs_find(struct mailwhy_worker *worker, const struct input *file, GString *found);

/* Take the next sign: `value` was seen `count` times, and is a host (SIGN_SHORT_HOST: one label of it) or an
 * address, with nothing in it that YAML would read otherwise than as a text (an IPv6 address is to be
 * quoted). What is no such sign is passed over; false: no more. */
bool signs_take(struct slice *found, enum sign *sign, struct slice *value, unsigned *count);

#endif
