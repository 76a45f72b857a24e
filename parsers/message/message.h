/* Reading a message as a tree of parts (RFC 5322, RFC 2045 to 2049), and its fields. */
#ifndef MAILWHY_MESSAGE_H
#define MAILWHY_MESSAGE_H

#include "parsers/message/part.h"

/* Parse `bytes`; `first_line` is the number of its first line in the input. Never fails: what is not
 * a message becomes one part of text. */
void message_parse(struct message *message, struct slice bytes, unsigned first_line, struct arena *arena);

/* All of a message inside, raw; empty where it is encoded. One search through what follows it. */
struct slice part_whole_message(const struct message *message, const struct part *part);

/* The line number of a place in the message; 0 when `place` is not inside it. */
unsigned message_line(struct message *message, const char *place);

/* A part's content, decoded, as clean UTF-8 text with its line ends. Of what is longer than
 * LIMIT_TEXT bytes the rest is left out, and a problem says so. */
#define LIMIT_TEXT ((size_t)64 << 20)
struct slice part_text(struct message *message, const struct part *part);

/* The same of the first `most` bytes only: enough to tell what kind of text it is. */
struct slice part_text_start(const struct part *part, size_t most, struct arena *arena);

/* Bytes decoded; those of ENCODING_PLAIN and ENCODING_UU as they are. */
struct slice encoding_decode(struct slice raw, enum encoding encoding, struct arena *arena);

/* The number of the line on which a part's text begins, where its lines are those of the message;
 * 0 when it was encoded. */
unsigned part_first_line(struct message *message, const struct part *part);

#endif
