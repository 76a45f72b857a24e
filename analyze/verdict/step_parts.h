/* Parts of a step that hold only of some verdicts, as rules mark them: "{CONDITION: words}". */
#ifndef MAILWHY_STEP_PARTS_H
#define MAILWHY_STEP_PARTS_H

#include "analyze/verdict/report.h"

/* The step without the parts that do not hold of this verdict; empty: nothing of it does. Conditions:
 * "temporary" (the mail is tried again), "permanent" (it is not), "NAME=VALUE" and "NAME!=VALUE" (of an
 * entity of the reply; one that the reply does not name has no value). Parts may stand in each other.
 * `verdict` may be NULL: all parts stay, and it is said when they hold. */
struct slice step_applicable(const struct verdict *verdict, struct arena *arena, const char *step);

/* Do the steps say what to do while the mail is tried again, and not what to do after that? */
bool steps_only_wait(const char *const *list);

#endif
