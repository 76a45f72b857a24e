/* Words that are no names: those of the rules, of our own sentences, and roles of mailboxes. Under --redact
 * they stay readable where they stand as ordinary words, though somebody's local part is one of them. And
 * what the rules know of fields that name users. */
#ifndef MAILWHY_COMMON_WORDS_H
#define MAILWHY_COMMON_WORDS_H

#include "parsers/rules/rules.h"

struct common_words *common_words_new(const struct rulebase *rules);
void common_words_free(struct common_words *words);

/* Case does not matter. NULL words hold only the roles. */
bool common_words_hold(const struct common_words *words, struct slice word);

/* Does a local part name a task, not a person: postmaster, abuse-team, delist? */
bool common_words_are_role(struct slice local);

/* Is the word one of a list of so many? Case does not matter. */
bool common_words_among(struct slice word, const char *const *list, size_t count);

/* Do the rules say of a header field that it names a user or a script (a group {user}, {script})? */
bool common_words_are_field_of_user(const struct common_words *words, struct slice field);

#endif
