/* An SPF record as its terms (RFC 7208 sections 4.5, 4.6, 5, 6, 12). Nothing is looked up here. */
#ifndef MAILWHY_SPF_RECORD_H
#define MAILWHY_SPF_RECORD_H

#include "parsers/base/arena.h"
#include "parsers/base/ip.h"

enum spf_kind {
    SPF_ALL,
    SPF_INCLUDE,
    SPF_A,
    SPF_MX,
    SPF_PTR,
    SPF_IP4,
    SPF_IP6,
    SPF_EXISTS,
    SPF_REDIRECT, /* modifiers from here */
    SPF_EXP,
    SPF_UNKNOWN_MODIFIER
};

struct spf_term {
    struct spf_term *next;
    enum spf_kind kind;
    char qualifier;         /* + - ? ~ */
    struct slice text;      /* as it stands in the record */
    struct slice domain;    /* domain-spec; empty: none */
    int prefix4, prefix6;   /* of a and mx; -1: none given */
    struct network network; /* of ip4 and ip6 */
};

struct spf_record {
    struct spf_term *terms; /* mechanisms, in order */
    const struct spf_term *redirect, *exp;
    struct slice error; /* what is wrong, in words; empty: nothing */
    struct slice wrong; /* the term */
};

/* Is it a record of SPF version 1? */
bool spf_record_is(struct slice text);

/* Parse one for which spf_record_is holds. Returns false where its syntax is wrong: all such records are
 * permerror (RFC 7208 section 4.6). */
bool spf_record_parse(struct slice text, struct arena *arena, struct spf_record *record);

/* The same of terms without the version before them. */
bool spf_terms_parse(struct slice terms, struct arena *arena, struct spf_record *record);

/* The terms, where their syntax is right; else empty. */
struct slice spf_terms_if_right(struct slice terms, struct arena *arena);

/* One macro of a domain-spec or explanation (section 7), or one literal character. */
struct spf_macro {
    char letter;    /* 0: a literal `text` */
    bool is_escape; /* upper case: to be URL-escaped */
    unsigned keep;  /* parts to keep, from the right; 0: all */
    bool is_reversed;
    struct slice delimiters; /* empty: "." */
    struct slice text;
};

/* Take the next piece off `rest`. Returns false at the end, or (with *is_wrong set) where the syntax is
 * wrong. */
bool spf_macro_next(struct slice *rest, struct spf_macro *macro, bool *is_wrong);

#endif
