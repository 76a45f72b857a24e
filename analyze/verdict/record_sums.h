/* What the DNS data say today of what receivers reported (feedback_today.h), by many reports: each sentence
 * once. */
#ifndef MAILWHY_RECORD_SUMS_H
#define MAILWHY_RECORD_SUMS_H

#include "analyze/auth/check.h"
#include "parsers/base/hash_table.h"

#include <glib.h>

#define LIMIT_RECORD_SUMS 5000 /* sentences that are told apart; further ones are counted only */
#define LIMIT_RECORD_TEXT 600  /* bytes of each text */

struct record_sum {
    const struct check_kind *kind;
    enum check_outcome outcome;
    struct slice result, subject, text; /* as of a struct check */
};

struct record_sums {
    struct arena arena;
    struct hash_table sums;
    GPtrArray *list; /* struct record_sum *; NULL: nothing was held against the DNS */
    uint64_t left_out;
};

/* Append what was found of one report, as bytes; `list` may be NULL. Returns how many. */
uint32_t record_facts_write(GString *out, const struct check_list *list);

/* Take `count` of them off the bytes. `sums` may be NULL: they are passed over. False: they are not whole. */
bool record_facts_take(struct slice *bytes, uint32_t count, struct record_sums *sums);

/* Put them in order: what is wrong today first, then by check and subject. */
void record_sums_sort(const struct record_sums *sums);

void record_sums_free(struct record_sums *sums);

#endif
