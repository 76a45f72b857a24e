/* The recipients of a report: in order, found again by address in constant time. */
#ifndef MAILWHY_RECIPIENTS_H
#define MAILWHY_RECIPIENTS_H

#include "parsers/facts.h"

/* More recipients than this in one report are not kept: bounce->has_more then says so. */
#define LIMIT_RECIPIENTS 50000

/* Add one that has no address yet; NULL when LIMIT_RECIPIENTS is reached. It is found by the address that it
 * is given only after recipients_index. */
struct recipient *recipient_add(struct bounce *bounce, struct arena *arena);

/* Make the recipients found by the addresses that they have now. */
void recipients_index(struct bounce *bounce, struct arena *arena);

/* The first recipient of that address (final or original; case does not count); NULL: none. */
struct recipient *recipient_find(const struct bounce *bounce, struct slice address);

/* The same, or a new one; NULL only when LIMIT_RECIPIENTS is reached. */
struct recipient *recipient_find_or_add(struct bounce *bounce, struct slice address, struct arena *arena);

#endif
