/* What checks work on: one delivery, what is found of it, and the tools to find it with. */
#ifndef MAILWHY_AUTH_CONTEXT_H
#define MAILWHY_AUTH_CONTEXT_H

#include "analyze/auth/arc_verdict.h"
#include "analyze/auth/check.h"
#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/dmarc.h"
#include "analyze/auth/mail_bytes.h"
#include "analyze/auth/spf_verdict.h"
#include "parsers/rules/rules.h"

/* One delivery, as far as the input tells of it. */
struct transaction {
    struct ip ip;          /* that the receiver saw; family 0: not known */
    const char *ip_source; /* how it is known, in words */
    struct slice helo;     /* empty: not known */
    struct slice sender;   /* of the envelope */
    bool has_sender;       /* false: not known; with an empty sender: <> */
    struct slice from_domain, recipient_domain, receiver;
    struct slice from_other;   /* another domain that From names; empty: none */
    int64_t time;              /* -1: not known */
    bool is_tls_known, is_tls; /* of the hop by which the receiver took the mail */
};

struct dkim_checker;   /* see key_cache.h */
struct second_opinion; /* see second_opinion.h */

struct auth {
    struct transaction transaction;
    struct resolver resolver;
    bool has_message;        /* DKIM and ARC were verified */
    struct spf_verdict spf;  /* of the envelope sender */
    struct spf_verdict helo; /* of the HELO name */
    struct dkim_verdict *dkim;
    struct dmarc_verdict dmarc;
    struct arc_verdict arc;
    struct check_list checks;
};

/* What it is found with; of one thread. */
struct auth_tools {
    const struct snapshot *snapshot;
    const struct rulebase *rules;
    struct dkim_checker *dkim;
    struct second_opinion *second;
};

struct check_context {
    struct auth *auth;
    const struct mail_bytes *mail; /* NULL: there is no message */
    const struct auth_tools *tools;
    const char *const *selectors; /* of DKIM keys, in an audit; none: those that signers often use */
    size_t selector_count;
};

#endif
