/* Results of checks. A check says in one sentence what it found, with a word for the result, and what to do
 * about it. Which checks there are: see check_kinds.h. */
#ifndef MAILWHY_CHECK_H
#define MAILWHY_CHECK_H

#include "analyze/auth/resolver.h"

enum check_outcome { CHECK_PASS, CHECK_FAIL, CHECK_WARNING, CHECK_UNCHECKED };
#define CHECK_OUTCOMES (CHECK_UNCHECKED + 1)

struct remedy {
    struct remedy *next;
    struct slice text;
};

/* A record of the DNS as it should be. */
struct proposal {
    struct proposal *next;
    struct slice name, text;
    const char *type; /* static: "TXT" */
};

struct check_kind;

/* The result where the DNS says that there is no domain of the subject's name. */
#define CHECK_NO_DOMAIN "nxdomain"

struct check {
    struct check *next;
    const struct check_kind *kind;
    enum check_outcome outcome;
    struct slice result;  /* one word: pass, none, listed, … */
    struct slice subject; /* the domain, address or list that was checked */
    struct slice text;    /* in a sentence */
    struct slice means;   /* of a listing: the part of the list that its answer names, as "CSS"; else empty */
    struct remedy *remedies;
    struct proposal *proposals; /* records to publish in the place of what is there */
};

/* In the order in which they were found. */
struct check_list {
    struct check *first, **end;
    struct resolver *resolver;
    struct arena *arena;
};

void check_list_init(struct check_list *list, struct resolver *resolver);

/* Add what was found. `result` is static; the slices live as long as the list. */
struct check *check_add(struct check_list *list, const struct check_kind *kind, enum check_outcome outcome,
                        const char *result, struct slice subject, struct slice text);
void check_remedy(struct check_list *list, struct check *check, struct slice text);

void check_propose(struct check_list *list, struct check *check, struct slice name, const char *type,
                   struct slice text);

/* The first of a kind, and the next of the same kind; NULL: no more. */
const struct check *check_first(const struct check_list *list, const struct check_kind *kind);
const struct check *check_next(const struct check *check);

/* What a listing means; empty where further ones of the same subject mean something else. */
struct slice check_means(const struct check *check);

/* Was this subject checked already? */
bool check_has_subject(const struct check_list *list, const struct check_kind *kind, struct slice subject);

const char *check_outcome_name(enum check_outcome outcome);

#define TEXT(list, ...) arena_printf((list)->arena, __VA_ARGS__)

#endif
