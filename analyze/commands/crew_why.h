/* Why there is no report: what the parent of a crew says of the process that was to make it. */
#ifndef MAILWHY_CREW_WHY_H
#define MAILWHY_CREW_WHY_H

#include "analyze/commands/crew_plan.h"

#define ALONE "read it alone, and if that ends so too, send it to the maintainers in private (SECURITY.md)"

static const char died[] = "the process that read this input died, so nothing of it can be reported: " ALONE;
static const char was_late[] = CREW_WAS_LATE;
static const char lied[] =
    "the process that read this input went wrong, so nothing of it can be reported: " ALONE;
static const char too_much_memory[] = CREW_WAS_LARGE;
static const char too_large[] = "the report on this input is larger than 1024 MiB";
static const char not_started[] = "no process could be started to read this input: the system has no more "
                                  "processes, descriptors or memory to give (-j1 needs "
                                  "fewest)";
static const char not_again[] =
    "the process that was to read this input died before it, and the input cannot be "
    "had again";
static const char rest_not_again[] =
    "the messages behind this place of the mailbox are missing: the process that read them died, and the "
    "input cannot be had again";
static const char rest_too_often[] = "the messages behind this place of the mailbox are missing: 100 of "
                                     "those before it broke the process that "
                                     "read them";

#endif
