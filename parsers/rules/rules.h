/* What the rule files say, in memory. The built-in files are turned into tables of these types when
 * mailwhy is built (parsers/rules/generate.c); files given with --rules are read when it runs (load.h).
 * Lists of strings end with NULL, lists of patterns with a NULL regex. */
#ifndef MAILWHY_RULES_H
#define MAILWHY_RULES_H

#include "parsers/base/arena.h"

#include <stdbool.h>

struct rule_pattern {
    const char *regex;
    unsigned weight; /* characters that any match holds at least */
};

/* Where an entry stands. */
struct rule_place {
    const char *file;
    unsigned line, column;
    bool is_builtin; /* made of rules/ when mailwhy was built */
};

/* Every type of entry of a list begins so. */
struct rule_head {
    struct rule_place place;
    const char *id;
};

/* A check of analyze/auth whose result says whether a reply of a cause is right. */
struct cause_check {
    struct rule_place place;
    const char *check;                  /* its id */
    const char *role;                   /* alone (default), one-of, detail: see cause_check.h */
    const char *subject;                /* sender, recipient: only what it says of that domain counts */
    const char *const *contradicted_by; /* results that contradict, though it did not pass */
    const char *const *supported_by;    /* the only results that support; then none contradicts */
    const char *claim;                  /* what the reply says: "that …"; of a detail: none */
};

struct cause {
    struct rule_place place;
    const char *id, *title, *meaning, *fixer, *permanent; /* permanent: yes, no, reply (as the code says) */
    const char *given_up_fixer; /* once the mail is not tried any more; NULL: as `fixer` */
    const char
        *hits; /* sender: it depends on who sends, and may hit all mail of a sender or server; NULL: not */
    const char *const *names;      /* other words by which it is asked for, in whatever language */
    const char *const *background; /* paragraphs: what one should know to understand it */
    const char *const *remedy, *const *verify, *const *links;
    const struct cause_check *const *checked_by; /* NULL: no check can tell; ends with NULL */
    const char *source, *seen, *how;             /* seen: when its advice was last gone over */
};

struct reply_rule {
    struct rule_place place;
    const char *id, *cause;
    const struct rule_pattern *text;
    /* conditions: each that is given must hold; a list holds when one of its words does */
    const char *const *code, *const *enhanced, *const *command, *const *provider, *const *software,
                                                                                      *const *reporter;
    const char *taught; /* no: the second opinion does not learn from its examples, which stand in what it is
                           tested on */
    const char *names;  /* list, code, program: its words name the thing itself, and need no second opinion */
    const char *proven; /* yes: it was right on every reply of others that it won, three and more */
    const char *level;  /* exact, phrase (default), hint, near, bare */
    const char *const *set;        /* entities that the rule itself knows: name, value, name, value, … */
    const char *written_by;        /* the provider whose replies alone are worded so; NULL: anyone's may be */
    const char *permanent, *fixer; /* override the cause's */
    const char *const *remedy, *const *links;
    const char *const *examples, *const *not_examples;
    const char *source, *seen, *how; /* where its words were seen, when (YYYY-MM or YYYY-MM-DD), and how */
};

/* What to do about a cause, or about all causes of a category, at one provider. */
struct provider_advice {
    struct rule_place place;
    const char *const *cause;      /* "reputation.ip", or "reputation" for the category */
    const char *const *says;       /* words or codes of which the reply holds one; NULL: whatever it says */
    const char *permanent, *fixer; /* override the cause's */
    const char *const *remedy, *const *links;
    const char *source, *seen, *how;
};

struct provider {
    struct rule_place place;
    const char *id, *name;
    const char *const *hosts;        /* names, or suffixes that begin with a dot */
    const char *const *names;        /* other words by which it is asked for */
    const char *const *spoken;       /* what people call it in a sentence about their mail */
    const struct rule_pattern *text; /* how its replies can be told, whatever the host */
    const char *const *spf;          /* names that its customers include in their SPF records */
    const char *const *relays;       /* hosts from which it sends for customers; NULL: any of its hosts may */
    const char *page;                /* of its postmasters */
    const char *form;                /* where to ask to be let in again: a page or an address */
    const char *loop;                /* its feedback loop: a page */
    const char *tool;                /* where it shows senders what it thinks of them */
    const char *const *asks;         /* what it asks of senders */
    const char *const *asks_in;      /* causes, or categories, in which that is what counts */
    const struct provider_advice *const *advice; /* by cause; NULL: none; ends with NULL */
    const char *const *source;                   /* where page, form, loop, tool, asks and spf were seen */
    const char *seen, *how;
    const char *const *networks; /* CIDR blocks from which its own hosts hand mail to each other */
    const char *results;         /* where it writes Authentication-Results, and removes what others wrote in
                                    its name: "below" its Received field, "anywhere" */
    const char *mailboxes;     /* "public": of everybody, so that no recipient has an administrator to ask */
    const char *const *one_of; /* it stands for whichever of these it is, who word their replies alike */
};

struct blocklist {
    struct rule_place place;
    const char *id, *name, *cause;
    const char *const *zones;
    const char *const *answers; /* address, meaning, address, meaning, … */
    const char *lookup, *removal, *who, *lists, *closed;
    const char *asked; /* no: it answers those who have a key for it, or by a number and not by yes and no */
    const char *source, *seen, *how;
};

/* A kind of bounce, or of another automatic message, that is told by its text. */
struct format {
    struct rule_place place;
    const char *id, *software, *kind;     /* kind: bounce (default), auto-reply, complaint, challenge */
    const char *rank;                     /* "last": only when no other format fits */
    const struct rule_pattern *recognise; /* any of these, on "Field: value" lines and the body's start */
    const struct rule_pattern *also;      /* and all of these */
    const struct rule_pattern *begin;     /* the line after which the report begins */
    const struct rule_pattern *returned;  /* the line at which the returned message begins */
    const struct rule_pattern *recipient; /* a line that begins what is said of one recipient */
    const struct rule_pattern *end;       /* a line that ends it; default: an empty line */
    const struct rule_pattern *find;      /* where host, command, reply stand, beside the common phrases */
    const char *outcome;                  /* failed (default), delayed, delivered */
    const char *join;                     /* "yes": lines are folded without meaning, read as one */
    const char *names; /* "others": it names the server that answered with each recipient, where one did */
};

/* How programs quote what a server told them: groups reply, host, ip, command, status. */
struct phrase {
    struct rule_place place;
    const char *id;
    const struct rule_pattern *text;
};

/* What a header field means that is neither Received nor a result of authentication. In `say`, {name} is
 * the group of that name, {value} the group or else the whole field, {meaning} what `values` makes of the
 * group `code`. A group {user} is a login or a system's user, {script} a file on a web server: under --redact
 * both are hidden, also where they recur. */
struct header_rule {
    struct rule_place place;
    const char *id;
    const char *const *field; /* names of fields */
    const char *const
        *written_by;        /* providers that write it and remove it from what comes to them; NULL: none */
    const char *const *has; /* one of these must stand in it, before a pattern is tried; NULL: no matter */
    const struct rule_pattern *find; /* the first that matches; none: whatever the field says */
    const struct rule_pattern
        *each; /* a rule of the filter (groups name, points, which may be missing), again and again */
    const char *decode; /* "vade": the value is veiled so (vade_cause.h); NULL: it is not */
    const char *kind;   /* what sort of thing it says: see header_kinds in check.c */
    const char *say;
    const char *const *values;   /* code, meaning, code, meaning, … */
    const char *const *examples; /* field with its value, sentence, field with its value, sentence, … */
    const char *const *not_examples;
    const char *source, *seen, *how;
};

/* A part of a topic, with where what it says was seen. */
struct topic_part {
    struct rule_place place;
    const char *title;
    const char *const *text;  /* paragraphs */
    const char *const *steps; /* what to do, in order; NULL: nothing */
    const char *const *source;
    const char *seen, *how;
};

/* A chapter that people look for, as `mailwhy explain` shows it. */
struct topic {
    struct rule_place place;
    const char *id, *title, *summary;
    const char *const *names;              /* other words by which it is asked for */
    const struct topic_part *const *parts; /* ends with NULL */
    const char *const *causes;             /* what it is about: causes, or categories for all of theirs */
    const char *const *lists;              /* the block lists of these causes or categories are shown */
    const char *const *fields;             /* what is known of these header fields is shown */
    const char *const *links;
};

/* What a system or service exports of its deliveries: records of names and values, as JSON, as rows of a
 * table or as lists of "name: value", which are read alike. `names` below are lists of names, of which the
 * first that a record has counts; "a.b" is b inside of a, "a[].b" that of each element of the list a. Names
 * are the same whatever case they are in and whether '-', '_' or blanks stand in them. */
struct export_kind {
    struct rule_place place;
    const char *id;
    const char *about;           /* whose records these are */
    const char *const *known_by; /* names that each of its records has; "a|b": one of these */
    const char *const *inside;   /* names under which its records stand in others, as an object, a list, or as
                                    JSON in a string */
    const char *const *event;    /* names, whose values together say what happened; here all count */
    const char *const *outcomes; /* value, outcome, value, outcome, …: see export_outcome_words in check.c */
    const char *const *recipient; /* one or several, each with its own event, reply, code, status */
    const char *const *time;      /* of the event */
    const char *const *queued;    /* when the message came in */
    const char *const *sender, *const *reply, *const *code, *const *status;
    const char *const *last_reply; /* what was answered last, where `reply` only tells that it was given up */
    const char *const *relay, *const *relay_ip, *const *client, *const *client_ip;
    const char *const *user; /* who handed the message in: a login */
    const char *const *queue_id, *const *message_id, *const *size;
    const char *const *of_domain; /* where several recipients are named: only those of that domain */
    const char *lines; /* yes: its records are lines of words, names and values ("code=250 text='Ok'") */
    const struct rule_pattern
        *find;           /* on the recipient, the event and the reply: groups with the names of keys */
    const char *remote;  /* yes: its mail goes to others, whether it names a host or not */
    const char *repeats; /* yes: several records may tell of the same delivery */
    const char *const *examples; /* records; behind each a line "=> …" for each recipient: export_test.h */
    const char *source, *seen, *how;
};

/* What a reply of success says of a mail that was taken and not delivered. */
struct taken_rule {
    struct rule_place place;
    const char *id;
    const struct rule_pattern *text;
    const char *outcome; /* held, discarded, bounced, forwarded */
    const char *const *examples, *const *not_examples;
    const char *source, *seen, *how;
};

/* What a cause means to two readers who have no use for our details. The customer's texts are translated
 * (po/). */
struct reader_text {
    struct rule_place place;
    const char *id;           /* a cause, or a category for all of its causes that have no entry */
    const char *customer;     /* what happened, for the customer who sent the mail */
    const char *const *steps; /* what the customer can do; with parts {temporary: …} and {permanent: …} */
    const char *turn;         /* a fixer, where it is another's turn than of who can fix the cause; or NULL */
    const char *ask;          /* what the receiver's postmaster is asked; NULL: nothing */
};

/* What a cause means where the reader's own server refused what others sent to it. */
struct inbound_text {
    struct rule_place place;
    const char *id;           /* a cause, or a category for all of its causes that have no entry */
    const char *title;        /* in place of that of the cause; or NULL */
    const char *fixer;        /* receiver-operator: the reader */
    const char *const *steps; /* what can be done on this server */
    const char *source, *seen, *how;
};

/* One sort of entry, as an array of pointers, or packed: then `items` is NULL. Replies, and entries of any
 * kind, are reached by rule_list_entry (packed.h). */
struct rule_list {
    const void *const *items;
    size_t count;
    const struct packed_rules *packed; /* the built-in replies */
};

enum rule_kind {
    RULES_CAUSES,
    RULES_REPLIES,
    RULES_PROVIDERS,
    RULES_BLOCKLISTS,
    RULES_FORMATS,
    RULES_PHRASES,
    RULES_HEADERS,
    RULES_TOPICS,
    RULES_EXPORTS,
    RULES_READERS,
    RULES_TAKEN,
    RULES_INBOUND,
    RULE_KINDS
};

struct rulebase {
    struct rule_list lists[RULE_KINDS];
    struct arena arena; /* holds what was loaded at run time */
};

extern const struct rulebase builtin_rules;

/* A scanned pattern and the entry that it belongs to. */
struct candidate {
    const void *entry;
    const struct rule_pattern *pattern;
};

void rulebase_free(struct rulebase *base);

/* NULL: there is no cause of that id. */
const struct cause *rulebase_cause(const struct rulebase *base, const char *id);

/* Is it the cause of that id, or one of that category: "reputation.ip", or "reputation"? */
bool cause_is_of(const char *cause, const char *word);

/* Is there such a cause, or category of causes? */
bool rulebase_has_cause(const struct rulebase *base, const char *word);

/* What readers are told of a cause: its own entry, else that of its category; NULL: nothing. */
const struct reader_text *rulebase_reader(const struct rulebase *base, const char *cause);

/* The same of what this server refused; where the cause has no entry, that of unknown ones. NULL: nothing, or
 * no `base`. */
const struct inbound_text *rulebase_inbound(const struct rulebase *base, const char *cause);

/* NULL: there is no provider of that id, or `id` is NULL. */
const struct provider *rulebase_provider(const struct rulebase *base, const char *id);

/* The same; where it stands for one of several, `known` if it is one of these. `known` may be NULL. */
const struct provider *rulebase_provider_or(const struct rulebase *base, const char *id,
                                            const struct provider *known);

/* What to do about a cause at a provider whose reply has that enhanced code and those words: the first that
 * it has for that cause, else for its category; NULL: nothing of its own. `provider` may be NULL. */
const struct provider_advice *provider_advise(const struct provider *provider, const char *cause,
                                              const int code[3], struct slice words, struct arena *arena);

#endif
