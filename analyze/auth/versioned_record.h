/* Records that begin with a version: "v=STSv1; …". */
#ifndef MAILWHY_VERSIONED_RECORD_H
#define MAILWHY_VERSIONED_RECORD_H

#include "analyze/auth/check.h"
#include "analyze/auth/check_kind.h"

/* The TXT record of that version at PREFIX.DOMAIN into *text; empty: there is none, and the answer's status
 * says why. Of several the last counts. */
struct dns_answer versioned_record_find(struct check_list *list, const char *prefix, struct slice domain,
                                        const char *version, struct slice *text);

/* The texts at PREFIX.DOMAIN that are of a version, and the one that was meant to be. */
struct versioned {
    struct slice name, text; /* the first that begins as it must */
    struct slice like;       /* the first that does not, though `stem`, a part of the version, stands in it */
    unsigned count;          /* that begin as they must */
};

struct versioned versioned_find(struct check_list *list, const char *prefix, struct slice domain,
                                const char *version, const char *stem);

/* Is there one record that counts? What is wrong else is told of `what`, with the record as it should be. */
bool versioned_is_one(struct check_list *list, const struct check_kind *kind, const struct versioned *v,
                      struct slice domain, const char *what, const char *version);

#endif
