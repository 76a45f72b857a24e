/* Events of sending services as they post them (JSON), and lists of reply lines: the replies in them. */
#ifndef MAILWHY_EVENT_JSON_H
#define MAILWHY_EVENT_JSON_H

#include "parsers/base/arena.h"
#include "parsers/rules/rules.h"

#define LIMIT_EVENTS 1000 /* replies that are read of one input */

struct event_reply {
    struct slice reply;     /* with its code, where the event has one */
    struct slice recipient; /* empty: not known */
    struct slice command;   /* that was refused, canonical; empty: not told */
    const char *outcome; /* what its kind of event is, in the words of `outcomes` of rules; NULL: not known */
};

/* Is the text a JSON object or array? */
bool json_begins(struct slice text);

/* The replies in the events in `text`, whose keys are those of the kinds of exports in `rules`: at most
 * `most`, allocated from `arena`. An event that has none, but whose kind says what it is (a delivery, a
 * complaint), has the name of the event in place of it. Returns how many; 0: it holds no event that is known.
 * `service`, if not NULL, becomes the name of the service. Linear, whatever the bytes. */
size_t event_json_read(struct slice text, const struct rulebase *rules, struct event_reply *replies,
                       size_t most, const char **service, struct arena *arena);

/* The strings of an array of strings, a line each; empty: it is none. */
struct slice json_list_lines(struct slice text, struct arena *arena);

#endif
