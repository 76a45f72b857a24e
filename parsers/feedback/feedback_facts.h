/* What a report of a receiver says: see feedback.h. Absent text is an empty slice. */
#ifndef MAILWHY_FEEDBACK_FACTS_H
#define MAILWHY_FEEDBACK_FACTS_H

#include "parsers/base/arena.h"

#include <stdint.h>

/* What one authentication result of a row says. */
struct feedback_result {
    struct feedback_result *next;
    bool is_dkim; /* else SPF */
    struct slice domain, selector, result;
    struct slice scope; /* of SPF: mfrom, or helo; empty: not said */
};

/* Mail of one address that was judged alike. */
struct feedback_row {
    struct feedback_row *next;
    struct slice ip;
    int64_t count;
    struct slice disposition;     /* what the receiver did: none, pass, quarantine, reject */
    struct slice dkim, spf;       /* pass or fail, aligned with the From domain */
    struct slice reason, comment; /* why it did not do what the policy asks; the first */
    struct slice header_from, envelope_from, envelope_to;
    struct feedback_result *results; /* up to LIMIT_FEEDBACK_RESULTS */
    size_t result_count;
};

/* What the domain publishes, as the receiver saw it. */
struct feedback_policy {
    struct slice domain, p, sp, np, adkim, aspf, pct, testing;
};

/* How sessions to a domain failed to be secured (RFC 8460 section 4). */
struct tls_failure {
    struct tls_failure *next;
    struct slice type, sender_ip, receiver_host, receiver_ip, code;
    int64_t count;
};

struct tls_policy {
    struct tls_policy *next;
    struct slice type, domain, mx; /* mx: its patterns, joined */
    int64_t successes, failures;
    struct tls_failure *details;
};

enum feedback_kind { FEEDBACK_NONE, FEEDBACK_DMARC, FEEDBACK_TLS };

struct feedback {
    enum feedback_kind kind;
    struct slice organisation, contact, id;
    int64_t begin, end; /* seconds since the epoch; -1: not given */
    struct feedback_policy policy;
    struct feedback_row *rows;
    size_t row_count;
    bool has_more; /* more rows than LIMIT_FEEDBACK_ROWS: they were not kept */
    struct tls_policy *policies;
    size_t policy_count;
};

#define LIMIT_FEEDBACK_ROWS    10000
#define LIMIT_FEEDBACK_RESULTS 20
#define LIMIT_FEEDBACK_BYTES   ((size_t)64 << 20) /* of a report, expanded */

#endif
