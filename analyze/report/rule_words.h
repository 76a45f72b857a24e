/* What rules, causes, topics and providers say, on pages and as structure: lists of texts, steps, and where
 * a fact was seen. */
#ifndef MAILWHY_RULE_WORDS_H
#define MAILWHY_RULE_WORDS_H

#include "analyze/report/page.h"
#include "analyze/report/writer.h"
#include "parsers/rules/rules.h"

/* A row for each text, the first with the label; NULL: none. What a verdict would fill in is said in words
 * ("the sending address"). */
void rows_of_texts(struct page *p, struct value label, const char *const *list);
void rows_of_steps(struct page *p, const char *const *list);

/* The same as a list under a key; nothing where there is none. */
void write_texts(struct writer *w, const char *key, const char *const *list);

/* Where it was seen, and when; `source` may be NULL. */
void row_of_origin(struct page *p, const char *const *source, const char *seen);
void write_origin(struct writer *w, const char *const *source, const char *seen);

/* A table of causes: id and title. Those of `words` (causes, or categories); NULL: all. */
void table_of_causes(struct page *p, const struct rulebase *rules, const char *const *words);

/* A block list, and as an object in a list. */
void rows_of_blocklist(struct page *p, const struct blocklist *b);
void write_blocklist(struct writer *w, const struct blocklist *b);

/* Is the cause one of `words`, or of a category among them? */
bool is_among(const char *cause, const char *const *words);

#endif
