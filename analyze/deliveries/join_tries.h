/* What was tried of a recipient, and what a filter decided. */
#ifndef MAILWHY_JOIN_TRIES_H
#define MAILWHY_JOIN_TRIES_H

#include "analyze/deliveries/joining.h"
#include "analyze/deliveries/judged_event.h"

void join_note_attempt(struct join *j, const struct judged_event *judged);
void join_note_try_begins(struct join *j, const struct log_event *e);
void join_note_try_reply(struct join *j, const struct judged_event *judged);
void join_note_verdict(struct join *j, const struct judged_event *judged);

#endif
