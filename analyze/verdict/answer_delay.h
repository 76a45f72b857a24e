/* Did a message wait on its way, and at whom? */
#ifndef MAILWHY_ANSWER_DELAY_H
#define MAILWHY_ANSWER_DELAY_H

#include "analyze/verdict/answering.h"

void answer_delay(struct answering *a);

#endif
