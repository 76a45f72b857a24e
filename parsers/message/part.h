/* A message and the tree of its parts. The structure is plain (plain_tree.h), or GMime finds it
 * (mime_tree.h); the slices point into the message's bytes. */
#ifndef MAILWHY_PART_H
#define MAILWHY_PART_H

#include "parsers/facts.h"
#include "parsers/message/field.h"

enum encoding { ENCODING_PLAIN, ENCODING_BASE64, ENCODING_QUOTED_PRINTABLE, ENCODING_UU };

struct part {
    struct part *next; /* in the order of the message */
    const struct part *parent;
    const char *type;    /* lower case: "text/plain" */
    const char *charset; /* NULL: none given */
    enum encoding encoding;
    struct slice header, body; /* raw; a multipart has no body of its own, that of a message is its header */
    const char *boundary;      /* of a multipart */
    unsigned depth;
};

struct message {
    struct slice bytes;       /* what was parsed: the input, or a bounded copy of it */
    struct part *parts;       /* the first is the message itself */
    struct field_list fields; /* of parts->header */
    struct problem_list problems;
    struct arena *arena;
    struct line_counter lines; /* counted on demand, from the last one asked for */
    unsigned first_line;
    bool is_cut; /* its multipart is not closed: the end is missing */
};

#endif
