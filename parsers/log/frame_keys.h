/* Under which names records of a log keep what a header of syslog says: the keys of JSON objects, the fields
 * of the journal, the columns of tables. Whoever names them otherwise is a name in frame_keys.c. */
#ifndef MAILWHY_LOG_FRAME_KEYS_H
#define MAILWHY_LOG_FRAME_KEYS_H

#include "parsers/base/json_nodes.h"
#include "parsers/log/line.h"
#include "parsers/log/stamp.h"

enum frame_key { KEY_MESSAGE, KEY_TIME, KEY_HOST, KEY_PROGRAM, KEY_CARRIER, KEY_HINT, FRAME_KEYS };

/* Lists of records; up to NULL. */
extern const char *const frame_lists[];

/* The place of the name, in any case, among those of the key, of which the first is preferred; -1: it is none
 * of them. A dot stands for a level of an object. */
int frame_key_rank(enum frame_key key, struct slice name);

/* The value of a name that a record has may be that of a key: it is kept where no better one was. */
struct frame_values {
    struct slice values[FRAME_KEYS];
    int ranks[FRAME_KEYS]; /* of the names that they stand under, from 1; 0: there is no value yet */
    bool is_wrapped;       /* what is kept now stands in what others may have written */
    bool is_others;        /* a container wrote it whose name is no mail system's, */
    bool is_certain;       /* but another program's, */
    bool is_mail;          /* and that of its image or pod is a mail system's */
};
void frame_values_keep(struct frame_values *values, struct slice name, struct slice value);

/* Write what a record says into the line. False, and nothing changed: it has no message, or is the output of
 * a program that carries no lines of others. */
bool frame_values_apply(const struct frame_values *values, struct stamps *stamps, struct log_line *line);

/* The same of the object at node 0. A message that is a list of numbers, as journalctl writes what is no
 * UTF-8, is one of bytes. */
bool frame_keys_take(const struct json_nodes *nodes, struct stamps *stamps, struct arena *arena,
                     struct log_line *line);

#endif
