/* What receivers look at beside the message's own signatures: who the client is, whether the sender can be
 * answered, block lists, TLS. Each check is one sentence with its result and what to do. */
#ifndef MAILWHY_CHECK_H
#define MAILWHY_CHECK_H

#include "analyze/auth/arc.h"
#include "analyze/auth/dkim.h"
#include "analyze/auth/dmarc.h"
#include "analyze/auth/spf.h"
#include "parsers/rules/rules.h"

enum check_outcome { CHECK_PASS, CHECK_FAIL, CHECK_WARNING, CHECK_UNCHECKED };

struct remedy {
    struct remedy *next;
    struct slice text;
};

struct check {
    struct check *next;
    const char *name; /* spf, dkim, dmarc, arc, ptr, helo, blocklist, mx, tls */
    enum check_outcome outcome;
    struct slice result;  /* one word: pass, none, listed, … */
    struct slice subject; /* the domain, address or list that was checked */
    struct slice text;    /* in a sentence */
    struct remedy *remedies;
};

struct check_list {
    struct check *first, **end;
    struct resolver *resolver;
    struct arena *arena;
};

/* One delivery, as far as the input tells of it. */
struct transaction {
    struct ip ip;          /* that the receiver saw; family 0: not known */
    const char *ip_source; /* how it is known, in words */
    struct slice helo;     /* empty: not known */
    struct slice sender;   /* of the envelope */
    bool has_sender;       /* false: not known; with an empty sender: <> */
    struct slice from_domain, recipient_domain, receiver;
    int64_t time;              /* -1: not known */
    bool is_tls_known, is_tls; /* of the hop by which the receiver took the mail */
};

void check_list_init(struct check_list *list, struct resolver *resolver);
struct check *check_add(struct check_list *list, const char *name, enum check_outcome outcome,
                        const char *result, struct slice subject, struct slice text);
void check_remedy(struct check_list *list, struct check *check, struct slice text);
const char *check_outcome_name(enum check_outcome outcome);

#define TEXT(list, ...) arena_printf((list)->arena, __VA_ARGS__)

/* host_check.c */
void check_reverse(struct check_list *list, const struct transaction *transaction);
void check_helo(struct check_list *list, const struct transaction *transaction);
/* Does a name look as if it were made from its address, or for dynamic customers? NULL: no; else why. */
const char *name_is_generic(struct slice name, const struct ip *ip);

/* domain_check.c: can a domain get mail? `role`: whose domain it is, in words. */
void check_mx(struct check_list *list, struct slice domain, const char *role);
/* What it asks of senders' TLS, and whether reports on it are wanted. */
void check_tls(struct check_list *list, struct slice domain, const struct transaction *transaction);
void check_bimi(struct check_list *list, struct slice domain);

/* blocklist_check.c: all lists that the rules know, for the address and the domains. */
bool blocklist_holds_domains(const struct blocklist *b);
bool blocklist_holds_addresses(const struct blocklist *b);
/* What is asked of a list with zones: of the domain, else of the address. */
struct slice blocklist_question(const struct blocklist *b, const struct ip *ip, struct slice domain,
                                struct arena *arena);
void check_blocklists(struct check_list *list, const struct transaction *transaction,
                      const struct rulebase *rules);

/* auth_check.c: SPF, DKIM, DMARC and ARC as checks, with what to do. */
void check_spf(struct check_list *list, const struct spf_verdict *spf, const struct transaction *transaction);
void check_dkim(struct check_list *list, const struct dkim_verdict *first, struct slice from_domain);
void check_dmarc(struct check_list *list, const struct dmarc_verdict *dmarc);
void check_arc(struct check_list *list, const struct arc_verdict *arc);

#endif
