/* Training of the second opinion: an averaged perceptron with a margin, in integers and a fixed order, so
 * that the same lessons give the same model everywhere. */
#ifndef MAILWHY_TRAIN_H
#define MAILWHY_TRAIN_H

#include "parsers/rules/lessons.h"
#include "parsers/rules/opinion.h"

/* `leave_out[i]`: lesson i is not learned from; NULL: all are. To be freed with trained_free. */
struct opinion_model *train(const struct lessons *lessons, const bool *leave_out);
void trained_free(struct opinion_model *model);

#endif
