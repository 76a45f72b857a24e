/* What a message says about a delivery: RFC 3464 and 6533 reports, feedback reports (RFC 5965),
 * and bounces, auto-replies and challenges that are told by their text alone. */
#ifndef MAILWHY_BOUNCE_H
#define MAILWHY_BOUNCE_H

#include "parsers/message/message.h"
#include "parsers/rules/matcher.h"

/* More recipients than this in one report are counted but not kept. */
#define LIMIT_RECIPIENTS 50000

/* Read all that `message` says. bounce->kind is KIND_MESSAGE for ordinary mail. */
void bounce_read(struct bounce *bounce, struct message *message, struct matcher *matcher);

/* dsn.c: the fields of a message/delivery-status body; `first_line` is the number of its first line. */
void dsn_read(struct bounce *bounce, struct slice text, unsigned first_line, struct arena *arena);

/* complaint.c: the fields of a message/feedback-report body. */
void complaint_read(struct bounce *bounce, struct slice text, struct arena *arena);

/* recognise.c: the formats that fit a message. */
#define MOST_FORMATS 4
struct recognised {
    const struct format
        *bounces[MOST_FORMATS + 1]; /* best first, NULL at the end; rank `last` behind the others */
    const struct format *notice;    /* an auto-reply, challenge or complaint */
};
struct recognised format_recognise(struct matcher *matcher, const struct message *message, struct slice human,
                                   struct arena *arena);

bool format_is_last(const struct format *format); /* rank `last`: only when no other fits */

/* textual.c: the report inside `human`, the text behind it in *returned; and what the report says. */
struct slice format_report(struct matcher *matcher, const struct format *format, struct slice human,
                           struct slice *returned);
size_t format_read(struct bounce *bounce, struct matcher *matcher, const struct format *format,
                   struct slice report, unsigned first_line,
                   struct arena *arena); /* returns how many recipients it found something about */

/* What the common phrases find in a text: fills empty members of `r` only. */
void phrases_apply(struct recipient *r, struct matcher *matcher, const struct rule_pattern *own,
                   struct slice text, struct arena *arena);

/* recipients.c: the list, with look-up by address. */
struct recipient *recipient_add(struct bounce *bounce, struct arena *arena);
void recipients_index(struct bounce *bounce, struct arena *arena); /* before the first find */
struct recipient *recipient_find(const struct bounce *bounce, struct slice address);
/* NULL only when LIMIT_RECIPIENTS is reached. */
struct recipient *recipient_find_or_add(struct bounce *bounce, struct slice address, struct arena *arena);

#endif
