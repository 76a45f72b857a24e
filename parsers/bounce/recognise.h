/* Which formats (rules/bounces) does a message fit? */
#ifndef MAILWHY_RECOGNISE_H
#define MAILWHY_RECOGNISE_H

#include "parsers/message/message.h"
#include "parsers/rules/matcher.h"

#define MOST_FORMATS 4
struct recognised {
    const struct format
        *bounces[MOST_FORMATS + 1]; /* best first, NULL at the end; rank `last` behind the others */
    const struct format *notice;    /* an auto-reply, challenge or complaint */
};

/* `human` is the text for people; its start and the header decide. */
struct recognised format_recognise(struct matcher *matcher, const struct message *message, struct slice human,
                                   struct arena *arena);

#endif
