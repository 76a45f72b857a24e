/* A body as it may have been signed, before a server on the way encoded it, or undid an encoding. */
#ifndef MAILWHY_DKIM_ENCODING_H
#define MAILWHY_DKIM_ENCODING_H

#include "analyze/auth/mail_bytes.h"
#include "parsers/base/arena.h"

/* The guess of that number, from 0 on, and what would have happened (static). False: there is no guess with
 * that number, nor with a higher one. An empty guess: it does not apply. Each takes time and memory in
 * proportion to the body. */
bool dkim_encoding_guess(const struct mail_bytes *mail, unsigned number, struct arena *arena,
                         struct slice *body, const char **words);

#endif
