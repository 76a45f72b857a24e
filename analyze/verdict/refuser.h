/* Who refused it, and from what that is known: the one place that decides it. */
#ifndef MAILWHY_REFUSER_H
#define MAILWHY_REFUSER_H

#include "analyze/verdict/building.h"

/* Sets `refuser`, and where the reporting host decided by itself also `host` and `provider`. Before: `cause`,
 * `reply`, `provider` and `sent_by` are known. That host is believed to have decided only where the report
 * names no server with the recipient, its words are not those of a server that answered, and one thing more
 * shows it: the type of the reason, the habit of the program, or that it is of the recipient's side. */
void refuser_find(const struct building *building, struct verdict *verdict, const struct recipient *told);

/* Do the words say that another server answered? Of a text once: it takes its length. */
bool refuser_quotes_another(struct slice words);

#endif
