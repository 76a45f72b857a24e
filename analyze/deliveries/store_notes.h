/* What a message store (Dovecot) took last, by its name for the delivery or the user. What it did with a mail
 * may stand behind the line of the mail system that says that the store took it: in another file, or as the
 * lines of two programs come. A message that left its queue waits for that while some others are taken. */
#ifndef MAILWHY_STORE_NOTES_H
#define MAILWHY_STORE_NOTES_H

#include "analyze/deliveries/open.h"

#define FEW_STORED 64 /* recipients */

struct store_note {
    uint64_t hash;           /* of the name */
    struct open_message *of; /* NULL: nothing is waited for */
    struct recipient_story *recipient;
};

struct store_notes {
    struct store_note last[FEW_STORED];
    size_t count;
    void (*close)(void *context, struct open_message *m); /* it waits no longer */
    void *context;
};

/* The store took it, and has not said what it did. */
void store_notes_add(struct store_notes *n, struct open_message *m, struct recipient_story *r,
                     struct slice name);

/* It says so now: the verdict goes to the recipient whom it is about, and is closed when all of it is told.
 */
void store_notes_decide(struct store_notes *n, struct open_message *verdict);

/* The message is about to be closed. */
void store_notes_end(struct store_notes *n, struct open_message *m);

#endif
