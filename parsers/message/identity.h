/* The identities of a message: who, to whom, when, under what id. */
#ifndef MAILWHY_IDENTITY_H
#define MAILWHY_IDENTITY_H

#include "parsers/facts.h"

/* Read them from a header block; `identity` is empty where that has no field. */
void identity_read(struct identity *identity, struct slice header, struct arena *arena);

#endif
