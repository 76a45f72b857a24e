/* Who passes on lines of others: containers, collectors of logs, mail systems. In the line of any other
 * program what looks like a line of a mail system is what somebody sent it. */
#ifndef MAILWHY_LOG_CARRIER_H
#define MAILWHY_LOG_CARRIER_H

#include "parsers/base/slice.h"

enum carrier {
    CARRIER_UNKNOWN, /* the name says nothing: "app-1" */
    CARRIER_MAIL,    /* of a mail system, or of a collector of logs */
    CARRIER_OTHER,   /* of another program: "mailcow-nginx", "mailer" */
};

/* Whose lines a container writes, by its own name, its image's or its pod's: the last word in it that says
 * something. */
enum carrier carrier_of(struct slice name);

/* Does a program of that name, as syslog has it, pass on lines of others? */
bool carrier_is_one(struct slice name);

#endif
