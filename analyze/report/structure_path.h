/* The delivery path of a message as structure. */
#ifndef MAILWHY_STRUCTURE_PATH_H
#define MAILWHY_STRUCTURE_PATH_H

#include "analyze/report/writer.h"
#include "analyze/verdict/verification.h"

/* `v`: what was verified of it; NULL: nothing. */
void write_path(struct writer *w, const struct delivery_path *path, const struct verification *v);

#endif
