/* What to do about a block list that is known by name. */
#ifndef MAILWHY_LIST_STEPS_H
#define MAILWHY_LIST_STEPS_H

#include "analyze/verdict/report.h"

/* Is it a list that is known by name, where its cause knows lists in general only? */
bool is_list_known(const struct verdict *v);

/* From what rules/blocklists.yaml knows of the list; ends with NULL. */
const char *const *steps_of_list(const struct blocklist *list, struct arena *arena);

#endif
