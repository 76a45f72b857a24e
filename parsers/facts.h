/* Every type that a parser may write: read this first.
 *
 * Parsers know formats and pass no judgement. They write facts; each carries where it stands and
 * who said it. Slices point into the input or into the arena of the message: both outlive the facts.
 * Absent text is an empty slice, an absent number is as its comment says.
 *
 * The folders of parsers in their order; each includes only what stands before it:
 *     base     slices, arenas, hash tables, inputs, dates, text, SMTP replies: nothing of mail's structure
 *     rules    what rule files say, and matching with it
 *     dns      snapshots and records
 *     facts.h  the types below
 *     message  the MIME tree, fields, Received and other trace fields; uses the rules for header fields
 *     bounce   reports, feedback, textual formats; uses the rules for formats and phrases
 *     log      lines of logs; beside message and bounce, it uses neither */
#ifndef MAILWHY_FACTS_H
#define MAILWHY_FACTS_H

#include "parsers/base/arena.h"
#include "parsers/base/hash_table.h"
#include "parsers/base/ip.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/rules/action.h"

#include <stdint.h>

/* own: written by a host inside the boundary of trust; remote: said by the other side to a host that
 * we trust; unverified: anyone could have written it. */
enum trust { TRUST_UNVERIFIED, TRUST_REMOTE, TRUST_OWN };

/* Something in the input that is damaged or beyond a limit. */
struct problem {
    struct problem *next;
    bool is_error;
    unsigned line; /* 0: not known */
    struct slice text;
};

struct problem_list {
    struct problem *first, **end;
};

/* What a report says of one recipient. */
struct recipient {
    struct recipient *next;
    struct slice address;  /* where it finally went: Final-Recipient */
    struct slice original; /* as the sender wrote it, where that differs */
    enum action action;
    int status[3];           /* Status field (RFC 3464 section 2.3.4); class 0: none */
    struct slice diagnostic; /* the refusal as it stands in the report; may hold line ends */
    struct slice sentence;   /* what the reporting program says in its own words */
    struct slice command;
    struct slice host, ip; /* who refused it */
    bool is_held;          /* kept back until somebody decides: it waits, and is not tried */
    bool is_own_reason; /* the report marks the reason as its writer's: the type of Diagnostic-Code (RFC 3464
                           section 2.3.6) is another than smtp, and it is no reply of SMTP */
    const char *where;  /* the field or place that `diagnostic` came from (static) */
    unsigned line;      /* of `diagnostic`, else of the recipient */
    unsigned status_line;
    int64_t last_attempt; /* seconds since the epoch; -1: not given */
    int64_t retry_until;
};

/* none: no mail, or nothing of it could be read; transcript: words about a delivery, or a session, without a
 * header; event: as a sending service posts it; report: of a receiver to the owner of a domain (feedback.h).
 */
enum input_kind {
    KIND_NONE,
    KIND_MESSAGE,
    KIND_BOUNCE,
    KIND_AUTO_REPLY,
    KIND_COMPLAINT,
    KIND_CHALLENGE,
    KIND_TRANSCRIPT,
    KIND_EVENT,
    KIND_REPORT
};

/* The message that was returned, or the message itself: its identities. */
struct identity {
    struct slice message_id, from, sender, date_text, subject, to;
    struct slice reply_to; /* the address alone */
    int64_t date;          /* -1: none */
    bool is_present;
};

/* One Received field: who handed the mail to whom. Trust may rest on it only as far as a form of a known
 * program anchors it (parsers/message/received_form.h); what else was read is for people. */
struct hop {
    struct hop *next;
    unsigned line, position; /* position: the number of the field in its header, from 1 */
    struct slice text;       /* the whole value, clean */
    struct slice helo;       /* as the client called itself */
    struct slice name;       /* by reverse DNS, as the writer found it */
    struct slice ip, port;
    struct ip address;    /* the same as `ip`; family 0: none, or the client is not known for sure */
    struct slice local;   /* no network: the user or program that handed it in, as "uid 48" */
    bool is_anchored;     /* the whole field is as a known program writes it */
    bool is_client_known; /* so is what stands behind the client, whose own words break the form or not */
    bool is_handed_over;  /* no network, by the form itself: LMTP on one host, a local program, HTTP inside */
    bool is_name_checked; /* the writer is one that looks names up both ways */
    bool is_name_missing; /* the writer says that the address has no (valid) name */
    bool is_name_doubtful; /* the writer says that the name may be forged */
    struct slice proxy;    /* a second address of the client: of what stands before the server (Yahoo) */
    struct slice by, by_name, by_ip;
    struct slice software;
    struct slice via, with, id, recipient, sender; /* recipient: for; sender: envelope-from */
    struct slice user;                             /* authenticated as; may be empty though it was */
    bool is_authenticated, is_tls;
    struct slice tls_version, tls_cipher;
    int64_t time; /* -1: none */
};

/* What somebody claims to have found about who sent it: one method of an Authentication-Results field
 * (RFC 8601), of an ARC-Authentication-Results field (RFC 8617), or a Received-SPF field (RFC 7208). */
struct property {
    struct property *next;
    struct slice name, value; /* name with its type: "smtp.mailfrom" */
};

struct claim {
    struct claim *next;
    unsigned line, position;
    const char *field;           /* its name as the standards write it */
    unsigned instance;           /* of an ARC set; 0: none */
    struct slice by;             /* authserv-id; empty: none given */
    struct slice method, result; /* lower case; method "none": nothing was checked */
    struct slice reason, comment;
    struct property *properties;
};

/* A DKIM-Signature, ARC-Message-Signature or ARC-Seal field, as it stands: nothing is verified here. */
enum signature_kind { SIGNATURE_DKIM, SIGNATURE_ARC_MESSAGE, SIGNATURE_ARC_SEAL };

struct signature {
    struct signature *next;
    enum signature_kind kind;
    unsigned line, position;
    unsigned instance;                                                  /* i= of ARC; 0: none */
    struct slice version, query, domain, selector, algorithm, identity; /* v q d s a i */
    struct slice fields;                                                /* h= */
    struct slice chain;                                                 /* cv= of a seal */
    struct slice body_hash, bytes;                                      /* bh= and b=, decoded */
    bool is_relaxed_header, is_relaxed_body;                            /* c= */
    int64_t length, time, expires;                                      /* l t x; -1: none */
    const char *error; /* why it cannot be verified (static); NULL: nothing that the tags tell */
};

/* A rule of a spam filter that the mail met, and what it counts in hundredths of a point. */
struct filter_rule {
    struct filter_rule *next;
    struct slice name;
    int points;
    bool has_points; /* some filters list names alone */
};

/* What another field says, put in words by rules/headers.yaml. */
struct header_rule;
struct field_note {
    struct field_note *next;
    unsigned line, position;
    const struct header_rule *rule;
    const char *kind;   /* the rule's; of "verdict": spam or ham, as the points are */
    struct slice field; /* its name */
    struct slice text;  /* the sentence */
    struct slice value; /* what the sentence is about: an address, a list, a number; may be empty */
    struct filter_rule *filter_rules; /* as the field lists them; of many the first */
    int score, required;              /* in hundredths: what it has, and from what on it is spam */
    bool has_score, has_required;
};

/* A filter's note of the id that the host it runs beside has given the mail: X-Rspamd-Queue-Id, or the last
 * word of DKIM-Filter, DMARC-Filter and ARC-Filter (OpenDKIM, OpenDMARC, OpenARC), behind the host's name. */
struct filter_id {
    struct filter_id *next;
    const char *field;
    struct slice id, host;
    unsigned position;
};

/* All trace fields of one header, each list in the order of the fields. */
struct trace {
    struct hop *hops;
    size_t hop_count; /* those above LIMIT_HOPS are counted, not kept */
    struct claim *claims;
    struct signature *signatures;
    struct field_note *field_notes;
    struct slice return_path, list_id, delivered_to; /* the topmost */
    struct slice date; /* of the topmost Date field, as it stands; without an address where there is none */
    unsigned return_path_position, delivered_to_position;
    struct slice from;       /* the From field's address */
    struct slice from_last;  /* that of the lowest, which a signature covers first (RFC 6376 section 5.4.2) */
    struct slice from_other; /* one of another domain in a From field; empty: there is none */
    struct filter_id *filter_ids;
    unsigned from_position; /* of the topmost; 0: there is none */
    unsigned unread;        /* Received fields of which nothing was understood */
};

/* A feedback report (RFC 5965); of an authentication failure (RFC 6591) it says more. */
struct complaint {
    struct slice type, source_ip, reported_domain, user_agent, reporting_mta;
    struct slice failed;   /* Auth-Failure: which method */
    struct slice delivery; /* Delivery-Result: what became of the mail */
    struct slice
        alignment; /* Identity-Alignment (RFC 7489 section 7.3, RFC 9991): what was aligned, or "none" */
    struct slice dkim_domain, results;
};

/* How much shows that a text without the fields of a report is a bounce (likeness.h). A person may write the
 * words of one too. */
enum likeness { LIKENESS_SURE, LIKENESS_LIKELY, LIKENESS_GUESS, LIKENESS_NONE };

/* All that a message says about a delivery. */
struct bounce {
    enum input_kind kind;
    enum likeness likeness;
    const char *format; /* dsn, or the id of a textual format */
    bool is_forwarded;  /* the report stands inside a message that somebody passed on */
    bool is_cut; /* the message ends before what it reports on came: words of the report may be missing */
    bool names_others; /* who writes it names the server that answered, where one did (`names` of a format) */
    bool has_report;   /* the recipients come from the report proper, not from its text */
    const char *software;  /* that wrote the report; NULL: not known */
    struct slice reporter; /* the host that wrote the report */
    struct slice queue_id; /* the reporter's name for the message */
    int64_t arrival;       /* -1: not given */
    struct recipient *recipients, **end;
    size_t count;
    bool has_more;                /* it names more than LIMIT_RECIPIENTS: those behind them are not kept */
    struct hash_table by_address; /* the recipients under `address` and `original` */
    struct identity returned;
    struct slice returned_header; /* of the message that `returned` is; may be empty */
    struct slice returned_whole;  /* the same message with its body, raw; empty: only its header came back */
    struct slice addressee;       /* to whom the report went: who sent the message */
    struct complaint complaint;
    struct slice human; /* the report in words, clean, up to the returned message */
    unsigned human_line;
};

#endif
