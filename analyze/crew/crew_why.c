/* See crew_why.h. */
#include "analyze/crew/crew_why.h"

#include "analyze/crew/crew_plan.h"

#define ALONE "read it alone, and if that ends so too, send it to the maintainers in private (SECURITY.md)"

static const char *const texts[CREW_WHYS] = {
    [WHY_DIED] = "the process that read this input died, so nothing of it can be reported: " ALONE,
    [WHY_LATE] = CREW_WAS_LATE,
    [WHY_LIED] = "the process that read this input went wrong, so nothing of it can be reported: " ALONE,
    [WHY_TOO_MUCH_MEMORY] = CREW_WAS_LARGE,
    [WHY_TOO_LARGE] = "the report on this input is larger than 1024 MiB",
    [WHY_NOT_STARTED] =
        "no process could be started to read this input: the system has no more processes, descriptors or "
        "memory to give (-j1 needs fewest)",
    [WHY_NOT_AGAIN] =
        "the process that was to read this input died before it, and the input cannot be had again",
    [WHY_REST_NOT_AGAIN] =
        "the messages behind this place of the mailbox are missing: the process that read them died, and "
        "the input cannot be had again",
    [WHY_REST_TOO_OFTEN] =
        "the messages behind this place of the mailbox are missing: 100 of those before it broke the "
        "process that read them",
};

const char *crew_why_text(enum crew_why why) {
    return texts[why];
}
