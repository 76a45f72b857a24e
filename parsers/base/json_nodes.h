/* JSON texts (RFC 8259) as a list of nodes that point into the text: read once from left to right, with
 * nothing copied. A name that stands twice in an object counts where it stands first. */
#ifndef MAILWHY_JSON_NODES_H
#define MAILWHY_JSON_NODES_H

#include "parsers/base/arena.h"

#include <stdint.h>

#define LIMIT_JSON_NESTING 64 /* objects and lists inside each other */

enum json_type { JSON_OBJECT, JSON_LIST, JSON_STRING, JSON_NUMBER, JSON_WORD /* true, false, null */ };

struct json_node {
    enum json_type type;
    bool is_escaped;   /* of a string: backslashes stand in its text */
    uint32_t next;     /* the number of the node behind it in its object or list; 0: it is the last */
    uint32_t children; /* of an object or list: how many; the first is the next node */
    struct slice name; /* of an object's member, as it is written; else empty */
    struct slice text; /* of a string: between its quotes; else the whole value */
};

struct json_nodes { /* all zero at the beginning; used for one text after the other */
    struct json_node *nodes;
    size_t count, room;
};

/* Read the value that `text` begins with; it is node 0. Returns its length, with the blanks before it; 0: it
 * is no JSON, or nested too deeply. */
size_t json_read(struct json_nodes *nodes, struct slice text);

/* Make an object by hand: node 0, without members, and then its next member, a string. For records that come
 * in another form. */
void json_make_object(struct json_nodes *nodes);
void json_add_member(struct json_nodes *nodes, struct slice name, struct slice text);

void json_nodes_free(struct json_nodes *nodes);

/* The string, number or word, without escapes (in `arena` where there were any); empty: an object, a list or
 * null. */
struct slice json_text(const struct json_node *node, struct arena *arena);

/* What stands between the quotes of a string, without its escapes. An escape of six bytes becomes three at
 * most, so that the copy is never longer; U+0000 and halves of pairs become blanks. */
struct slice json_unescape(struct slice inside, struct arena *arena);

#endif
