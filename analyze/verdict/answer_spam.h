/* Did a filter take a message for spam, by which of its rules, and what would have changed that? */
#ifndef MAILWHY_ANSWER_SPAM_H
#define MAILWHY_ANSWER_SPAM_H

#include "analyze/verdict/answering.h"

void answer_spam(struct answering *a);

#endif
