/* Whose mailbox is named inside a local part that programs made: tags (bob+news), returns
 * (cats-bounces+bob=example.org), relays (bob%example.org), SRS0=…=example.org=bob, prvs=…=bob. */
#ifndef MAILWHY_LOCAL_PART_H
#define MAILWHY_LOCAL_PART_H

#include "parsers/base/slice.h"

/* Calls `found` for each part that may be a mailbox of its own. */
typedef void local_part_found(void *context, struct slice part);
void local_part_inner(struct slice local, local_part_found *found, void *context);

/* bob.miller, bob_miller: could it be a person's name, word by word? */
bool local_part_is_name(struct slice local);

#endif
