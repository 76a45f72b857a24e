/* Lines of words, names and values as records: "host=mx.example.org tls=on text='250 Ok'" (logfmt, msmtp and
 * others), "Message delivered (delivery.delivered) queueId = 7, to = [\"a@b.example\"]" (Stalwart), "queue:
 * delivered {\"msg_id\":\"7\"}" (maddy). */
#ifndef MAILWHY_LOG_PAIRS_H
#define MAILWHY_LOG_PAIRS_H

#include "parsers/base/json_nodes.h"

#define LIMIT_PAIRS 96 /* of a line */

/* The name of what stands before the first pair. */
#define PAIRS_TEXT "text"

/* Behind the name of the pair that ends the line, where its value is bare: what the program itself wrote
 * last. */
#define PAIRS_LAST "#last"

/* Make a record of the line: node 0 of `nodes`. A name that stands there a second time is "name#2"; the
 * elements of a list in brackets are parted by ';'. False: it holds no pair and no JSON. */
bool pairs_read(struct json_nodes *nodes, struct slice line, struct arena *arena);

#endif
