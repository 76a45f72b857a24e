/* What is filled into a sentence and must be told from it where the sentence leaves: who composes it knows
 * what it is, and nobody can tell it afterwards. It stands between two marks. */
#ifndef MAILWHY_FILLED_H
#define MAILWHY_FILLED_H

#include "parsers/base/arena.h"

#define FILLED_OPEN  '\x02' /* its kind follows */
#define FILLED_CLOSE '\x03'

enum filled {
    FILLED_NOTHING = 0,
    FILLED_STRANGER = ' ', /* a stranger's words */
    FILLED_USER = 'u',     /* a login, or a user of a system by name or number */
    FILLED_SCRIPT = 's'    /* a file that is run on a web server */
};

/* The text as one that was filled in; marks inside it are left out. Empty: nothing was. */
struct slice filled_mark(struct arena *arena, enum filled kind, struct slice text);

/* Take the next piece of a sentence: FILLED_NOTHING for what stands between those that were filled in.
 * Returns false at the end. A mark without a known kind is a byte as any other. */
bool filled_next(struct slice *rest, struct slice *piece, enum filled *kind);

/* The sentence without marks. */
struct slice filled_plain(struct arena *arena, struct slice text);

#endif
