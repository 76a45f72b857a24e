/* The report on one input: what renderers print. Slices live as long as the report's arena. */
#ifndef MAILWHY_REPORT_H
#define MAILWHY_REPORT_H

#include "analyze/chain/chain.h"
#include "analyze/classify/classify.h"
#include "parsers/facts.h"
#include "parsers/feedback/feedback_facts.h"
#include "parsers/message/message.h"

struct evidence {
    struct evidence *next;
    struct slice text;
    const char *where; /* the field or place */
    unsigned line;     /* 0: not known */
    struct slice asserted_by;
    enum trust trust;
};

/* What one's own log says of the verdict's recipient. */
struct log_story;
struct confirmation {
    struct confirmation *next;
    const struct log_story *story;
    bool is_confirmed;    /* the log holds the reply that the report quotes, all of it */
    bool is_same_outcome; /* the log says that the same became of the mail */
    size_t told_in;       /* the verdict of this report, from 1, with which the story is told; 0: this one */
    struct slice words;   /* what of the report the log bears out, or does not */
};

/* What a check on the DNS snapshot says to the verdict. */
enum agreement { AGREEMENT_NEUTRAL, AGREEMENT_SUPPORTS, AGREEMENT_CONTRADICTS };
struct check_kind;
struct finding {
    struct finding *next;
    const struct check_kind *check;
    struct slice result;
    enum agreement agreement;
    struct slice text;
    struct slice
        means; /* of a listing: in which part of the list, as its answer says ("CSS"); empty: not known */
};

/* What a session that was pasted shows beside its refusal. */
struct remark {
    struct remark *next;
    const char *about; /* banner, helo, ptr, starttls, relay */
    bool is_fault;
    struct slice text;
};

/* On whose side the reader stands, where one's own names are known (side.h). */
enum own_side {
    OWN_SIDE_UNKNOWN,
    OWN_SIDE_OUTBOUND,
    OWN_SIDE_INBOUND,
    OWN_SIDE_INTERNAL,
    OWN_SIDE_BACKSCATTER
};
/* From what it is known that a mail which names one's own as its sender is one's own. */
enum stance_ground {
    STANCE_KNOWN, /* a believed host saw it, a check of it passed, or nobody doubts it */
    STANCE_TOLD,  /* a Received field that anybody could have written names a server of one's own */
    STANCE_BARE,  /* nothing tells of its way */
    STANCE_OPEN,  /* its way names no server of one's own, or whoever writes of it only claims to be one */
    STANCE_GROUNDS
};
struct stance {
    enum own_side side; /* OWN_SIDE_UNKNOWN: it names one's own as its sender, and is not theirs, it seems */
    enum stance_ground ground; /* where one's own is said to be the sender */
    struct slice name;         /* the own domain or address by which that is known */
    struct slice server;       /* one's own that handled it; empty: none is known */
    struct slice claimed;      /* of what came in: one's own name as its sender, of which nothing is shown */
    struct slice reason;       /* why it is no mail of one's own, or may be none; empty: nothing says so */
    bool is_forwarded;         /* one's own passed it on, and did not write it */
};

/* From what it is known who refused it (refuser.h). */
enum refuser {
    REFUSER_OPEN,      /* it is not: who reports it, or a server that is not named */
    REFUSER_ANOTHER,   /* not who reports it; the server is not named */
    REFUSER_NAMED,     /* it is named with the recipient */
    REFUSER_WORDS,     /* a provider, by its words */
    REFUSER_LOOPBACK,  /* who reports it: what answered runs on the same machine */
    REFUSER_REASON,    /* who reports it: its report marks the reason as its own */
    REFUSER_PROGRAM,   /* who reports it: its program names the server that answers, and names none here */
    REFUSER_SAME_SIDE, /* who reports it: it is a host of the recipient's domain, and names no other server */
    REFUSERS
};

struct verdict {
    struct verdict *next;
    struct slice recipient;
    enum action outcome;                    /* ACTION_UNKNOWN: it is not about a delivery */
    const struct cause *cause, *underlying; /* underlying: NULL where it is the same or not known */
    const char *fixer;
    bool is_permanent, is_given_up, is_lasting_known; /* as of struct judgement */
    bool is_forwarded; /* its envelope sender, or the address it first went to, shows that we only passed it
                          on */
    struct slice led_from; /* the address that the mail was for, where an alias or forwarding leads on from it
                              to `recipient`, and that cannot be reached; else empty */
    bool is_redirected;    /* the report shows that it was passed on to another domain than it was sent to, by
                              whomever */
    bool is_notice;        /* it went out with the null sender, as bounces do */
    bool is_perhaps_none;  /* there may be no bounce at all, but words of one */
    bool is_of_program; /* a mail program or script tells of it, which keeps no queue (sending_program.h) */
    enum confidence confidence;
    enum doubt doubt;          /* what the second opinion did */
    int score, other_score;    /* right in 100 (classify/doubt.h); 0: not known */
    const struct cause *other; /* what else it could be; NULL: nothing */
    struct reply reply;
    struct slice host, ip; /* who refused it */
    enum refuser refuser;
    const struct provider *provider;
    const char *software; /* that reports it; NULL: not known */
    const struct provider
        *sent_by; /* the service whose host reports it, having tried to hand it on; NULL: none */
    const struct provider *client_of; /* the service whose address was refused (client_of.h); NULL: none */
    struct entity *entities;
    const struct blocklist *blocklist; /* that the reply names; NULL: none */
    const struct reply_rule *rule;
    const struct inbound_text
        *inbound; /* a line of its own log tells that a server refused it; NULL: no such line does */
    struct evidence *evidence;
    struct confirmation *log;
    bool bears_own_name; /* the report says that a host of --trust wrote it, but no field of that host shows
                            it */
    bool log_has_more;   /* stories about it than are told */
    struct finding *checks;
    struct finding *checks_after; /* of a later snapshot */
    struct remark *remarks;       /* on the session in which it was refused */
    int64_t last_attempt, retry_until;
    const struct stance *stance; /* of the report; NULL: not known */
};

/* What people ask of a message that arrived. */
enum asked {
    ASKED_AUTHENTIC, /* is it what it claims to be? */
    ASKED_SPAM,      /* did a filter take it for spam, and why? */
    ASKED_DELAY,     /* did it wait, and where? */
    ASKED_ROUTE,     /* which way did it come? */
    ASKED
};

struct answer {
    const char *result; /* yes, no, unknown; of the route: direct, forwarded, list, unknown */
    enum confidence confidence;
    struct slice text; /* the answer in a sentence; empty: it was not asked */
    struct note_list because;
};

/* The way of one message. */
struct delivery_path {
    struct trace trace;
    struct chain chain;
};

struct report {
    struct slice name;
    size_t bytes;
    enum input_kind kind;
    const char *format;
    const char *software;
    const struct provider *service; /* whose software only runs at one provider; NULL: no such */
    struct slice reporter;
    struct slice queue_id;
    struct identity message;
    struct delivery_path mail; /* of the message that it is about */
    struct delivery_path
        carrier;           /* of the report that came about it; as `mail` where it is the message itself */
    bool is_about_another; /* the two are not the same */
    bool is_piece; /* fields of a header that somebody pasted: neither From, To nor Subject is among them */
    struct complaint complaint;
    struct slice human;              /* what an auto-reply or complaint says, in short */
    const struct feedback *feedback; /* of a KIND_REPORT; else NULL */
    struct note_list feedback_log;   /* what logs say of its mails (feedback_log.h) */
    struct verdict *verdicts;
    const struct stance *stance;  /* NULL: no own name takes part, or none is known */
    const struct answer *answers; /* ASKED of them; NULL: it is no message that arrived */
    struct problem_list problems;
    bool was_searched;                 /* in logs */
    bool search_is_partial;            /* of which some could not be read */
    struct verification *verification; /* NULL: no DNS snapshot was given */
    bool has_error;                    /* damaged input: exit status 65 */
};

/* Did the mail arrive, or was it passed on? */
bool verdict_is_delivered(const struct verdict *v);

/* Did nobody answer? What is told of it, be it with a code, is then of who reports it. */
bool verdict_is_silent(const struct verdict *v);

/* Was it refused, or slowed down, because of the address of a service that sends for others? Its users can
 * mend none of that.
 */
bool verdict_hits_service(const struct verdict *v);

/* Can somebody of the sender's mend it? */
bool verdict_is_senders(const struct verdict *v);

const char *kind_name(enum input_kind kind);
const char *asked_name(enum asked asked);
const char *confidence_name(enum confidence c);
const char *trust_name(enum trust t);

const char *refuser_name(enum refuser refuser); /* NULL: it is not known who refused it */

/* Did the host that reports it decide by itself? */
bool refuser_is_reporter(enum refuser refuser);

/* What lies at the bottom, where that is known: the cause to mend, and what a check can bear out. */
const struct cause *verdict_root_cause(const struct verdict *v);

/* Evidence comes in the order in which it is added, and takes the text as it is. */
void verdict_add_evidence(struct verdict *v, struct evidence evidence, struct arena *arena);

/* Add what a check says of the verdict. */
void verdict_add_finding(struct verdict *v, const struct check_kind *check, struct slice result,
                         enum agreement agreement, struct slice text, struct arena *arena);
const char *agreement_name(enum agreement agreement);

#endif
