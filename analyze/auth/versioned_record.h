/* Records that begin with a version: "v=STSv1; …". */
#ifndef MAILWHY_VERSIONED_RECORD_H
#define MAILWHY_VERSIONED_RECORD_H

#include "analyze/auth/check.h"
#include "analyze/auth/check_kind.h"

#define VERSIONED_MOST_WRONG 6
#define VERSIONED_MOST_TAGS  4

struct versioned_kind {
    const char *what;   /* "MTA-STS" */
    const char *prefix; /* before the domain */
    const char *version;
    const char *stem;                            /* of a text that was meant to be one */
    const char *tags[VERSIONED_MOST_TAGS + 1];   /* other than v= */
    const char *wrong[VERSIONED_MOST_WRONG + 1]; /* prefixes under which it is published by mistake */
};
extern const struct versioned_kind versioned_sts, versioned_tls_reports, versioned_bimi;

/* The record into *text; empty: there is none, and the answer's status says why. Of several the last counts.
 */
struct dns_answer versioned_record_find(struct check_list *list, const struct versioned_kind *of,
                                        struct slice domain, struct slice *text);

/* The texts at PREFIX.DOMAIN that are of a version, and the one that was meant to be. */
struct versioned {
    const struct versioned_kind *of;
    struct slice name, text; /* the first that begins as it must */
    struct slice like;       /* the first that does not, though the stem stands in it */
    unsigned count;          /* that begin as they must */
    enum dns_status status;
};

struct versioned versioned_find(struct check_list *list, const struct versioned_kind *of,
                                struct slice domain);

/* Is there one record that counts? What is wrong else is told, also that it stands under another name, with
 * the record as it should be. */
bool versioned_is_one(struct check_list *list, const struct check_kind *kind, const struct versioned *v,
                      struct slice domain);

#endif
