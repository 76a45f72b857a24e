/* The one engine for bounces that are only text. */
#ifndef MAILWHY_TEXTUAL_H
#define MAILWHY_TEXTUAL_H

#include "parsers/facts.h"
#include "parsers/rules/matcher.h"

/* The report inside `human`; the text behind it in *returned. */
struct slice format_report(struct matcher *matcher, const struct format *format, struct slice human,
                           struct slice *returned);

/* What the report says, into `bounce`; returns how many recipients it says something about. `first_line` is
 * the number of the report's first line, 0: not known. */
size_t format_read(struct bounce *bounce, struct matcher *matcher, const struct format *format,
                   struct slice report, unsigned first_line, struct arena *arena);

/* What a line "Subject: …" or `bounce->human` says, anywhere, that became of all recipients: that the mail is
 * still tried or held, or that it is no failure at all. Only for a bounce whose recipients come from its
 * text. */
void format_tell_outcome(struct bounce *bounce, struct slice subject, struct matcher *matcher,
                         struct arena *arena);

/* What the common phrases find in a text, after the format's own (NULL: none): fills empty members of `r`
 * only. */
void phrases_apply(struct recipient *r, struct matcher *matcher, const struct rule_pattern *own,
                   struct slice text, struct arena *arena);

#endif
