/* The words for actions: see action.h. */
#include "parsers/rules/action.h"

#include <stddef.h>

#define PLACE(action) ((action)-ACTION_FAILED)

const char *const action_words[] = {
    [PLACE(ACTION_FAILED)] = "failed",       [PLACE(ACTION_DELAYED)] = "delayed",
    [PLACE(ACTION_DELIVERED)] = "delivered", [PLACE(ACTION_RELAYED)] = "relayed",
    [PLACE(ACTION_EXPANDED)] = "expanded",   NULL};
_Static_assert(sizeof action_words / sizeof *action_words == PLACE(ACTION_EXPANDED) + 2, "a word for each");

const char *action_name(enum action action) {
    return action == ACTION_UNKNOWN ? NULL : action_words[PLACE(action)];
}
