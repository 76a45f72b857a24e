/* Skeletons of rules: what of a reply's words stays, and what varies. */
#ifndef MAILWHY_RULE_SKELETON_H
#define MAILWHY_RULE_SKELETON_H

#include "parsers/base/smtp_reply.h"

#include <glib.h>

#define MOST_OF_WORDS 300 /* bytes of a reply that a skeleton is made of */

/* Append "550 5.1.1 ", as far as there are codes. */
void reply_append_codes(GString *out, const struct reply *reply);

/* The words with ADDRESS, URL, ID and HOST for what varies: replies of one kind have one shape. To be freed.
 */
char *reply_shape(struct slice words);

/* A pattern that matches these words and others of their kind: what varies is a gap. To be freed. */
char *reply_pattern(struct slice words);

/* Append a text as a YAML scalar. It holds no line ends. */
void yaml_quote(GString *out, const char *text);

#endif
