/* --redact: what names a person becomes a pseudonym, the same for the same text within a report and, with the
 * same key, from report to report. Domains, addresses of servers, codes and the words of replies stay.
 *
 * A report is walked twice: first its values are collected, then it is written, and what was collected is
 * hidden wherever it recurs in free text:
 *  - whole subjects, names and identifiers, wherever their words follow each other, but for words that make a
 *    refusal readable (names_is_readable);
 *  - a local part, a user or one word of a name only as a whole word: where it has five letters or more and
 * is neither a role (info, postmaster, …) nor a word of the rules, or where it stands as an address, a
 *    quotation or a mailbox does (<bob>, "bob", user=bob, bob=example.org@…).
 * Free text is searched for addresses and long tokens too. Links stay whole but for
 * what names a person, and tokens. */
#ifndef MAILWHY_REDACT_H
#define MAILWHY_REDACT_H

#include "analyze/report/names.h"
#include "analyze/report/value.h"

/* Of one report. */
struct redactor *redactor_new(const struct redaction *redaction);
void redactor_free(struct redactor *redactor);

/* The first walk. */
void redactor_collect(struct redactor *redactor, struct value value);

/* The second: the value's text as its type lets it leave. The text is valid UTF-8. */
struct slice redactor_hide(struct redactor *redactor, struct value value, struct arena *arena);

#endif
