/* What the parts of an audit of SPF share: what is told, and what the one record that is proposed puts right.
 */
#ifndef MAILWHY_SPF_AUDITING_H
#define MAILWHY_SPF_AUDITING_H

#include "analyze/auth/check.h"
#include "analyze/auth/spf_mend.h"
#include "parsers/rules/rules.h"

#define SPF_MOST_FAULTS 20 /* told of one kind */
#define SPF_MOST_MENDED 100

struct spf_auditing {
    struct check_list *list;
    const struct check_kind *kind;
    const struct rulebase *rules; /* may be NULL */
    struct slice domain;
    struct spf_tree tree;
    struct dns_answer answer; /* the TXT records of the domain */
    unsigned faults;
    unsigned repeated; /* look-ups of terms that stand in the record already */
    struct spf_left_out left_out;
    struct slice unread;                   /* a text that was meant to be the record, or terms to add */
    struct check *mended[SPF_MOST_MENDED]; /* what the one record that is proposed puts right */
    size_t mended_count;
    struct slice flat[SPF_MOST_PARTS + 1]; /* the record without look-ups, and its parts */
    size_t flat_count;
};

/* Add what is wrong with the domain's record. */
struct check *spf_auditing_add(struct spf_auditing *a, enum check_outcome outcome, const char *result,
                               struct slice text);
#define SPF_FAULT(a, outcome, result, ...)                                                                   \
    spf_auditing_add((a), (outcome), (result), TEXT((a)->list, __VA_ARGS__))

/* `how`: what to do; the proposal follows. */
void spf_auditing_mend(struct spf_auditing *a, struct check *c, const char *how);

/* The term is not among those of the record that is proposed. */
void spf_auditing_leave_out(struct spf_auditing *a, const struct spf_term *t);

/* The same with a term in its place; empty: none. */
void spf_auditing_replace(struct spf_auditing *a, const struct spf_term *t, struct slice instead);

/* A term of a record, clean and short. */
struct slice spf_auditing_shown(struct spf_auditing *a, struct slice text);

#endif
