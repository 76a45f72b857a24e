/* Trying the patterns of many rules on one text.
 * A ruleset is shared by all threads and never changes; a matcher belongs to one thread. */
#ifndef MAILWHY_MATCHER_H
#define MAILWHY_MATCHER_H

#include "parsers/rules/literal_glance.h"
#include "parsers/rules/opinion.h"
#include "parsers/rules/pattern.h"
#include "parsers/rules/rules.h"

struct ruleset;
struct matcher;

struct ruleset *ruleset_new(const struct rulebase *base);
void ruleset_free(struct ruleset *set);

struct matcher *matcher_new(const struct ruleset *set);
void matcher_free(struct matcher *m);
const struct rulebase *matcher_rules(const struct matcher *m);

/* A text with its folded case; at most LIMIT_MATCH_TEXT bytes of it are looked at. */
#define LIMIT_MATCH_TEXT ((size_t)16 << 10)
struct match_text {
    struct slice text, folded;
};
struct match_text match_text(struct arena *arena, struct slice text);

/* The candidates of `kind`, replies by falling rank, others by their place in the rules; they stand
 * until the next call. */
size_t matcher_candidates(struct matcher *m, enum rule_kind kind, struct match_text text,
                          struct candidate **list);

/* By which it is found out fast that a text holds no candidates of a kind of few rules: see literal_glance.h.
 */
struct literal_glance matcher_glance(const struct matcher *m, enum rule_kind kind, struct slice usual);

/* The reply rules that ask for no words, only for codes. */
const struct reply_rule *const *matcher_code_rules(struct matcher *m, size_t *count);

/* Calls `found` for each entry of `kind` of which a scanned pattern matches (replies: text,
 * providers: text, formats: recognise, phrases: text), in no order, perhaps more than once. */
typedef void matcher_found(void *context, const void *entry, const struct rule_pattern *pattern,
                           const struct pattern_match *match);
void matcher_scan(struct matcher *m, enum rule_kind kind, struct match_text text, matcher_found *found,
                  void *context);

/* The rules for a header field of that name, up to NULL; NULL: none. */
const struct header_rule *const *matcher_header_rules(const struct matcher *m, struct slice name);

/* By a host's name; NULL when no provider is known by it. */
const struct provider *matcher_provider_of_host(const struct matcher *m, struct slice host);

/* One pattern on one text. */
bool matcher_try(struct matcher *m, const struct rule_pattern *pattern, struct slice text, size_t start,
                 struct pattern_match *match);

/* The pattern of a list that matches first in the text; the match, or false. */
bool matcher_first(struct matcher *m, const struct rule_pattern *list, struct slice text,
                   struct pattern_match *match);

/* Compile all patterns to machine code now, which a process in its sandbox cannot; with two threads at most.
 */
void matcher_compile_all(struct matcher *m, unsigned threads);

/* The second opinion that doubts its rules; NULL: none does, for the built-in rules are not among them. */
const struct opinion_model *matcher_opinion(const struct matcher *m);

/* Another opinion, which is to outlive the matcher: for tests of what was learned. */
void matcher_use_opinion(struct matcher *m, const struct opinion_model *opinion);

/* The entry whose pattern was last stopped by a limit, since the last call; NULL: none. */
const char *matcher_stopped(struct matcher *m);

#endif
