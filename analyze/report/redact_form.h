/* Names that only their place in a reply tells: user kim, account 'kim', "Kim Lee" <…>, Mr. Lee,
 * /var/mail/kim. No header needs to say that they are names. */
#ifndef MAILWHY_REDACT_FORM_H
#define MAILWHY_REDACT_FORM_H

#include "analyze/report/names.h"

/* The bytes of a name that begins at `at`, where a word begins; 0: none does. Sets its kind. */
size_t form_name_at(struct names *names, struct slice text, size_t at, enum name_kind *kind);

/* Does the text before a place announce a mailbox (user, account 'x', login: …)? */
bool form_is_announced(struct slice before);

/* Does the text before a place announce a subject? */
bool form_is_subject(struct slice before);

/* Is the word at a place in a folder's name, as /var/mail/kim? */
bool form_is_in_path(struct slice text, size_t at, size_t end);

/* Is it the folder of a user: /home/kim, /var/mail/kim, …/kim/Maildir? */
bool form_is_mailbox_path(struct slice text, size_t at, struct slice word);

/* Is it written as names are: Kim, KIM? */
bool form_is_capital(struct slice word);

/* May the word be a name: no host, and no word that a sentence about mail has? */
bool form_may_be_name(struct names *names, struct slice word);

/* Does nothing but a code stand before it: "550 5.1.1 "? */
bool form_is_first_word(struct slice before);

/* How far words that are written as names are go from `at`, and how many they are; 0: the first is none. */
size_t form_capitals_length(struct names *names, struct slice text, size_t at, unsigned *count);

#endif
