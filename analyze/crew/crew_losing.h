/* What becomes of the inputs of a process that died, went wrong or is late. */
#ifndef MAILWHY_CREW_LOSING_H
#define MAILWHY_CREW_LOSING_H

#include "analyze/crew/crew_state.h"
#include "analyze/crew/crew_why.h"

/* Its time begins anew with each input that it was handed, and once more when that was read; whatever else
 * the process says of its place. */
bool crew_is_late(const struct crew *crew, struct member *member);

/* The input that it was at fails, or is read on behind the message that it was at; those that it had not come
 * to, or whose reports it had not sent, are read by another process, which takes the place of this one. */
void crew_lose(struct crew *crew, struct member *member, enum crew_why why);

#endif
