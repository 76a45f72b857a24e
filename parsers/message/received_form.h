/* The forms in which known programs write Received fields, anchored at both ends: from "from" to the end of
 * the date every byte is accounted for. Only what is read by one of them may be trusted; received.c reads
 * other fields too, for people. */
#ifndef MAILWHY_RECEIVED_FORM_H
#define MAILWHY_RECEIVED_FORM_H

#include "parsers/base/slice.h"

enum form_fit {
    FIT_NONE,   /* no form fits */
    FIT_CLIENT, /* words of the client break the form; what stands behind them is anchored at the end */
    FIT_WHOLE   /* the field is as the form says, and could not be read in another way */
};

/* What the form's holes hold; empty where it has no such hole. */
struct form_client {
    struct slice helo, name, ip, port, user;
    struct slice local; /* only what it calls itself: "mail pickup service" */
    struct slice here;  /* the writer says that it stands on its own host */
    bool is_name_doubtful;
};

struct form_reading {
    enum form_fit fit;
    bool has_from; /* a client is named */
    struct form_client client;
    struct slice tail; /* behind the client, from its first blank; all of the field where it names none */
};

struct form_reading received_form_read(struct slice value);

#endif
