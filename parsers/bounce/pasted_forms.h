/* The forms in which programs print a reply that they were given: exceptions, properties, tuples, fields. */
#ifndef MAILWHY_PASTED_FORMS_H
#define MAILWHY_PASTED_FORMS_H

#include "parsers/bounce/event_json.h"

/* Find the refusal in the first such form; false: there is none. `reply` begins with its code, where the form
 * has one, and its lines are joined by line ends. `command`, that it answers, is set where the form tells it.
 * Linear, whatever the bytes. */
bool form_read(struct slice *reply, struct slice *command, struct slice text, struct arena *arena);

/* Does it hold what .NET says before a server's reply, in one of the languages of its framework, whatever
 * the case of its letters? */
bool form_is_dotnet(struct slice text);

/* The refusals of several recipients, as smtplib of Python prints them: {'a@b': (550, b'…'), …}. At most
 * `most`; returns how many. */
size_t form_refusals(struct slice text, struct event_reply *refusals, size_t most, struct arena *arena);

#endif
