/* Handing inputs to the processes of a crew. */
#ifndef MAILWHY_CREW_HANDING_H
#define MAILWHY_CREW_HANDING_H

#include "analyze/crew/crew_state.h"
#include "analyze/crew/crew_why.h"

/* Hand over inputs, which are closed. A process that cannot be handed them, for it is gone or the system has
 * no room, gets nothing more: it is heard to its end, for what it sent before tells what it was at. */
void crew_hand_to(struct crew *crew, struct member *member, const struct handed *inputs,
                  const struct crew_opened *opened, unsigned count);

/* There is no report on an input, or on what follows in a mailbox. */
void crew_fail(const struct crew *crew, const struct handed *input, enum crew_why why);

/* The process of a member is no longer listened to. */
void crew_dismiss(struct member *member);

#endif
