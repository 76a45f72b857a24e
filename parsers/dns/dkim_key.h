/* A DKIM key record (RFC 6376 section 3.6.1, RFC 8463). */
#ifndef MAILWHY_DKIM_KEY_H
#define MAILWHY_DKIM_KEY_H

#include "parsers/base/arena.h"

struct dkim_key {
    struct slice type;   /* k=: rsa (also where there is none), ed25519, … */
    struct slice hashes; /* h=; empty: all */
    struct slice bytes;  /* p= decoded; empty: revoked */
    bool is_revoked;     /* p= is empty */
    bool is_testing;     /* t=y */
    bool is_strict;      /* t=s: i= must have the domain of d= */
    const char *error;   /* why no receiver can use it; NULL: nothing */
};

/* Returns false, with `error` set, where the record is no usable key. A revoked key is usable. */
bool dkim_key_parse(struct slice text, struct arena *arena, struct dkim_key *key);

#endif
