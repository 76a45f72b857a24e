/* What the value of a signed field may have been before it was changed on the way, as servers, lists and
 * filters are seen to change them. */
#ifndef MAILWHY_DKIM_GUESS_H
#define MAILWHY_DKIM_GUESS_H

#include "analyze/auth/header_fields.h"
#include "parsers/base/arena.h"

struct guessing {
    const struct header_fields *fields; /* those that stand there now */
    struct arena *arena;                /* for guesses */
    struct slice name;                  /* of the field that is guessed at */
    struct slice domain;                /* d= of the signature */
};

/* The guess of that number, from 0 on; empty: there is none with it, nor with a higher one. It may be the
 * value itself. */
typedef struct slice guess_value(const struct guessing *g, struct slice value, unsigned number);

struct dkim_guess {
    const char *field; /* "*": any; NULL: any, and only where blanks count (c=simple) */
    guess_value *guess;
    const char *words; /* static; of %s: the field */
};

extern const struct dkim_guess dkim_guesses[];
extern const size_t dkim_guess_count;

/* A Subject without the tag in front of it; a Content-Transfer-Encoding. */
guess_value dkim_guess_untagged, dkim_guess_encoding;

#endif
