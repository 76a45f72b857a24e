/* Regular expressions (PCRE2) that hostile text cannot make run without end, and a prefilter that
 * says which of many can match at all. Both are plain data until first used: a pattern is compiled
 * when a text first holds one of its literals. */
#ifndef MAILWHY_PATTERN_H
#define MAILWHY_PATTERN_H

#include "parsers/base/arena.h"

#include <stdint.h>

#define LIMIT_MATCH_STEPS  200000 /* PCRE2 match limit: some milliseconds */
#define LIMIT_MATCH_DEPTH  2000
#define LIMIT_MATCH_GROUPS 24 /* capture groups of one pattern */

enum { PATTERN_NO_MATCH = 0, PATTERN_MATCH = 1, PATTERN_LIMIT = -1 };

/* The compiled form, one per thread and pattern. */
struct pattern {
    void *code; /* pcre2_code */
    unsigned uses;
    bool is_fast; /* it is machine code */
};

struct pattern_match {
    struct slice whole;
    int groups;
    struct slice group[LIMIT_MATCH_GROUPS]; /* by number, from 1; [0] is the whole */
    const struct pattern *pattern;
};

/* Patterns ignore case, ^ and $ are line ends, texts are valid UTF-8.
 * Returns PATTERN_MATCH, PATTERN_NO_MATCH, or PATTERN_LIMIT when a limit stopped it. */
int pattern_match(struct pattern *p, const char *regex, struct slice text, size_t start,
                  struct pattern_match *m);

/* The text of a named group; empty when it did not take part. */
struct slice pattern_group(const struct pattern_match *m, const char *name);

/* Calls `visit` for each named group that took part. */
typedef void pattern_visit(void *context, const char *name, struct slice text);
void pattern_each_group(const struct pattern_match *m, pattern_visit *visit, void *context);

/* Compile it to machine code now, for who may not do that later. */
void pattern_compile(struct pattern *p, const char *regex);

void pattern_free(struct pattern *p);
void pattern_thread_end(void); /* frees what this thread's matching holds */

/* Is it a valid regular expression? On error the message and the offset in it. */
bool pattern_check(const char *regex, char message[256], size_t *offset);

#endif
