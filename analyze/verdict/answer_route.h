/* Which way did a message come: straight, over a forwarder, through a list? */
#ifndef MAILWHY_ANSWER_ROUTE_H
#define MAILWHY_ANSWER_ROUTE_H

#include "analyze/verdict/answering.h"

void answer_route(struct answering *a);

#endif
