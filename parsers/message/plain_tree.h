/* The tree of parts of a message whose structure nobody doubts: every header begins with a field and ends in
 * a blank line, every multipart is closed by its own boundary or says none, and what its fields of MIME say
 * needs no decoding. Most bounces are such. Whatever else a message may be is for GMime to say (mime_tree.h),
 * which makes an object of each field and part: for these it takes as long as all else that is done to
 * explain a bounce, and finds the same. */
#ifndef MAILWHY_PLAIN_TREE_H
#define MAILWHY_PLAIN_TREE_H

#include "parsers/message/part.h"

/* Adds the parts of message->bytes to the message, as mime_tree_read does. False, and nothing is added, where
 * the structure is not plain. *header is the message's own header, which may begin before that of its first
 * part. */
bool plain_tree_read(struct message *message, struct slice *header);

#endif
