/* What became of a recipient, as reports say it (RFC 3464 section 2.3.3), and the words for it: formats of
 * rules/bounces name one, and the reports write them. */
#ifndef MAILWHY_ACTION_H
#define MAILWHY_ACTION_H

enum action {
    ACTION_UNKNOWN,
    ACTION_FAILED,
    ACTION_DELAYED,
    ACTION_DELIVERED,
    ACTION_RELAYED,
    ACTION_EXPANDED
};

extern const char *const action_words[]; /* from ACTION_FAILED on; NULL at the end */

/* NULL for ACTION_UNKNOWN. */
const char *action_name(enum action action);

#endif
