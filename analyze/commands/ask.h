/* DNS questions asked over the network. The one place in mailwhy that opens a socket; in the program it is a
 * part of the module, and nothing but `mailwhy dns capture` and `mailwhy verify` calls it. */
#ifndef MAILWHY_ASK_H
#define MAILWHY_ASK_H

#include "analyze/commands/name_server.h"
#include "parsers/base/module.h"

#include <glib.h>
#include <stdbool.h>

#define LIMIT_ANSWER  ((size_t)512 << 10) /* bytes of one, as it is written; a larger one is none */
#define LIMIT_ANSWERS ((size_t)16 << 20)  /* of all of them; behind these nothing more is asked */

struct questions {
    const struct name_server *server; /* NULL: the system's */
    char *const *lines;               /* "name. TYPE" */
    size_t count;
    void (*ready)(void); /* called before the first is asked: all files have been read, and no thread begun */
    gint64 deadline; /* as g_get_monotonic_time counts; those that are not begun by then are not asked, and
                      * those that are not answered soon after it count as not answered */
    size_t most;     /* bytes of answers, behind which no more is asked; what is under way still comes */
    GString *text;   /* the answers are appended, as lines of a snapshot */
    size_t answered; /* set: how many a server answered, be it that it failed */
};

/* Returns false when there is no server to ask. */
bool dns_ask(struct questions *questions) IN_MODULE;

#endif
