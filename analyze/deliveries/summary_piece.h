/* A piece of what was counted elsewhere (summary_layout.h): is it whole, and one of those that are put
 * together? */
#ifndef MAILWHY_SUMMARY_PIECE_H
#define MAILWHY_SUMMARY_PIECE_H

#include "analyze/deliveries/summary_values.h"

/* The records of the piece with which the bytes begin, which are taken off: they are to be read. False: it is
 * cut or damaged. */
bool summary_piece_take(struct summary_reading *reading, struct slice *bytes);

/* Its first records say which logs were read, and with what; they are not taken off. False: it is not taken,
 * which is said. */
bool summary_piece_is_wanted(struct summary_reading *reading);

#endif
