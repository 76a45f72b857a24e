/* What verifying a DKIM signature came to. */
#ifndef MAILWHY_DKIM_VERDICT_H
#define MAILWHY_DKIM_VERDICT_H

#include "parsers/facts.h"
#include "parsers/message/field.h"
#include "parsers/message/message.h"

enum dkim_result {
    DKIM_PASS,
    DKIM_FAIL,
    DKIM_POLICY, /* it verifies, but in a way that receivers do not count (RFC 8601 section 2.7.1) */
    DKIM_TEMPERROR,
    DKIM_PERMERROR,
    DKIM_UNCHECKED,
    DKIM_RESULTS
};

enum hash_result { HASH_UNCHECKED, HASH_MATCH, HASH_MISMATCH };

struct dkim_verdict {
    struct dkim_verdict *next;
    enum dkim_result result;
    struct field field; /* the signature's own */
    const struct signature *tags;
    struct slice domain, selector, algorithm; /* d s a, clean and not longer than 300 bytes */
    unsigned bits;                            /* of the key; 0: not known */
    enum hash_result header_hash, body_hash;
    bool is_of_key;      /* what is wrong lies with the key, or with whose key it is */
    struct slice reason; /* what was found */
    struct slice likely; /* for a failure: what change would explain it; empty: none that was tried */
    struct slice second; /* what libopendkim says; empty: it was not asked */
    struct slice
        second_reason;     /* who is right, and what a receiver that runs it does; empty where both agree */
    struct slice coverage; /* which fields it signs not, or more than once; may be empty */
    struct slice key_name, key_alias,
        key_record;    /* where its key was looked for, what that is a CNAME of, and what
                          stands there, clean and not longer than 500 bytes */
    struct slice note; /* what else to know: testing, a tail behind l=, a short key; may be empty */
};

const char *dkim_result_name(enum dkim_result result);

#endif
