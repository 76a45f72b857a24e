/* Our signs for a terminal whose locale has no UTF-8: -> for an arrow, # for a bar. */
#ifndef MAILWHY_PLAIN_SIGNS_H
#define MAILWHY_PLAIN_SIGNS_H

#include <glib.h>

/* Append with those signs replaced; what else is not ASCII stays as it is. No sign is cut in two by whoever
 * writes. */
void plain_signs_append(GString *out, const char *bytes, size_t length);

#endif
