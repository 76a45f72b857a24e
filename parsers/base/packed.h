/* Texts one behind the other, each behind its length: for processes of this program that hand them to each
 * other. Whoever takes them believes no length. */
#ifndef MAILWHY_PACKED_H
#define MAILWHY_PACKED_H

#include "parsers/base/slice.h"

#include <glib.h>

void packed_put(GString *out, struct slice text);

/* Take so many bytes off *bytes, as they are, into room of the caller's. False: there are not that many. */
bool packed_take_bytes(struct slice *bytes, void *into, size_t length);

/* Take the next text off *bytes; `text` points into them. False: there is none that is whole. */
bool packed_take(struct slice *bytes, struct slice *text);

/* The same of so many. */
bool packed_take_all(struct slice *bytes, struct slice *texts, size_t count);

#endif
