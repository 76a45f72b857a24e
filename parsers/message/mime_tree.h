/* The tree of parts of a message, by GMime (in a module: module.h). */
#ifndef MAILWHY_MIME_TREE_H
#define MAILWHY_MIME_TREE_H

#include "parsers/base/module.h"
#include "parsers/message/part.h"

/* Adds the parts of message->bytes, which are not empty, to the message; none where GMime finds none. What is
 * parsed are `bytes`, where everything stands at the same place (limits.h).
 * Returns the header block of the message, which may begin before that of its first part. */
struct slice mime_tree_read(struct message *message, struct slice bytes) IN_MODULE;

#endif
