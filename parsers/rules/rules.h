/* What the rule files say, in memory. The built-in files are turned into tables of these types when
 * mailwhy is built (parsers/rules/generate.c); files given with --rules are read when it runs.
 * Lists of strings end with NULL, lists of patterns with a NULL regex. */
#ifndef MAILWHY_RULES_H
#define MAILWHY_RULES_H

#include "parsers/base/arena.h"
#include "parsers/rules/literal.h"

#include <stdio.h>

struct rule_pattern {
    const char *regex;
    unsigned weight; /* characters that any match holds at least */
};

/* Where an entry stands. */
struct rule_source {
    const char *file;
    unsigned line, column;
};

/* A check of analyze/auth whose result says whether a reply of a cause is right. */
struct cause_check {
    struct rule_source source;
    const char *check;                  /* its id */
    const char *role;                   /* alone (default), one-of, detail: see enum check_role */
    const char *subject;                /* sender, recipient: only what it says of that domain counts */
    const char *const *contradicted_by; /* results that contradict, though it did not pass */
    const char *const *supported_by;    /* the only results that support; then none contradicts */
    const char *claim;                  /* what the reply says: "that …"; of a detail: none */
};

enum check_role {
    CHECK_ALONE,  /* it decides */
    CHECK_ONE_OF, /* the reply is right only where all of these support it */
    CHECK_DETAIL, /* it only tells more of what another decided */
    CHECK_ROLES
};
enum check_role cause_check_role(const struct cause_check *check);

enum check_subject { SUBJECT_ANY, SUBJECT_SENDER, SUBJECT_RECIPIENT, CHECK_SUBJECTS };
enum check_subject cause_check_subject(const struct cause_check *check);

struct cause {
    struct rule_source source;
    const char *id, *title, *meaning, *fixer, *permanent; /* permanent: yes, no, reply (as the code says) */
    const char *const *background; /* paragraphs: what one should know to understand it */
    const char *const *remedy, *const *verify, *const *links;
    const struct cause_check *const *checked_by; /* NULL: no check can tell; ends with NULL */
};

struct reply_rule {
    struct rule_source source;
    const char *id, *cause;
    const struct rule_pattern *text;
    /* conditions: each that is given must hold; a list holds when one of its words does */
    const char *const *code, *const *enhanced, *const *command, *const *provider, *const *software,
                                                                                      *const *reporter;
    const char *level;             /* exact, phrase (default), hint, near, bare */
    const char *const *set;        /* entities that the rule itself knows: name, value, name, value, … */
    const char *permanent, *fixer; /* override the cause's */
    const char *const *remedy, *const *links;
    const char *const *examples, *const *not_examples;
};

/* What kind of words a rule knows, weakest first. */
enum rule_level {
    LEVEL_CODE,     /* none: the reply code */
    LEVEL_BARE,     /* words that only say that it was refused */
    LEVEL_ENHANCED, /* none: the enhanced code */
    LEVEL_NEAR,     /* words near each other that make a cause likely */
    LEVEL_HINT,     /* words that leave the cause open */
    LEVEL_PHRASE,   /* words that say the cause */
    LEVEL_EXACT     /* the reply names the thing: a list, an error number, a page */
};
enum rule_level rule_level(const struct reply_rule *rule);

/* The level first, then the number of conditions beside the text; higher is stronger. */
unsigned rule_rank(const struct reply_rule *rule);

struct provider {
    struct rule_source source;
    const char *id, *name;
    const char *const *hosts;        /* names, or suffixes that begin with a dot */
    const struct rule_pattern *text; /* how its replies can be told, whatever the host */
    const char *const *links;
    const char *const *networks; /* CIDR blocks from which its own hosts hand mail to each other */
    const char *results;         /* "below": it writes Authentication-Results below its Received field */
};

struct blocklist {
    struct rule_source source;
    const char *id, *name, *cause;
    const char *const *zones;
    const char *const *answers; /* address, meaning, address, meaning, … */
    const char *lookup, *removal, *who, *lists, *closed;
};

/* A kind of bounce, or of another automatic message, that is told by its text. */
struct format {
    struct rule_source source;
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
};

/* How programs quote what a server told them: groups reply, host, ip, command, status. */
struct phrase {
    struct rule_source source;
    const char *id;
    const struct rule_pattern *text;
};

/* What a header field means that is neither Received nor a result of authentication. In `say`, {name} is
 * the group of that name, {value} the group or else the whole field, {meaning} what `values` makes of the
 * group `code`. */
struct header_rule {
    struct rule_source source;
    const char *id;
    const char *const *field; /* names of fields */
    const char *const *has;   /* one of these must stand in it, before a pattern is tried; NULL: no matter */
    const struct rule_pattern *find; /* the first that matches; none: whatever the field says */
    const char *kind;                /* what sort of thing it says: see header_kinds in check.c */
    const char *say;
    const char *const *values;   /* code, meaning, code, meaning, … */
    const char *const *examples; /* field with its value, sentence, field with its value, sentence, … */
    const char *const *not_examples;
};

/* One sort of entry, as an array of pointers. */
struct rule_list {
    const void *const *items;
    size_t count;
};

enum rule_kind {
    RULES_CAUSES,
    RULES_REPLIES,
    RULES_PROVIDERS,
    RULES_BLOCKLISTS,
    RULES_FORMATS,
    RULES_PHRASES,
    RULES_HEADERS,
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

/* What matching needs of a rulebase: see matcher.h. */
struct rule_tables {
    const struct candidate *patterns[RULE_KINDS]; /* replies by falling rank */
    const struct literal_index *index[RULE_KINDS];
    const struct reply_rule *const *code_rules; /* that ask for no words */
    size_t code_rule_count;
};

extern const struct rule_tables builtin_tables;
void rule_tables_build(struct rule_tables *tables, const struct rulebase *base);
void rule_tables_free(struct rule_tables *tables);

/* An error in a rule file, for people: file:line:column, what is wrong, the line itself. */
struct rule_errors {
    FILE *out;
    unsigned count;
};

/* Read rule files in front of the built-in rules (unless no_builtin); an entry with the id of an
 * earlier one replaces it. Errors go to errors->out. The result is to be freed with rulebase_free. */
void rulebase_load(struct rulebase *base, const char *const *files, size_t count, bool no_builtin,
                   struct rule_errors *errors);
void rulebase_free(struct rulebase *base);

/* Report that a word of an entry is not known. `expected`: what would be, ending with NULL; or NULL. */
void rule_complain(struct rule_errors *errors, const struct rule_source *source, const char *what,
                   const char *word, const char *const *expected);

/* Check what the schema cannot: causes exist, ids are unique, entities and levels are known. */
void rulebase_check(const struct rulebase *base, struct rule_errors *errors);

const struct cause *rulebase_cause(const struct rulebase *base, const char *id);

/* The schema: which keys an entry of each kind has. The loader and the generator both walk it. */
enum key_type {
    KEY_STRING,
    KEY_STRINGS,
    KEY_PAIRS,
    KEY_ENTRIES, /* a list of entries of a schema of their own */
    KEY_PATTERNS,
    KEY_CHOICES /* patterns of which any may match: the alternatives of one are patterns of their own */
};

struct rule_key {
    const char *name;
    size_t offset;
    enum key_type type;
    bool required;
    const struct rule_schema *entries; /* of KEY_ENTRIES; else NULL */
};

struct rule_schema {
    const char *key;    /* of the list in the file: "replies" */
    const char *c_type; /* for the generator */
    size_t size;
    const struct rule_key *keys;
    size_t key_count;
};

extern const struct rule_schema rule_schemas[RULE_KINDS];

#endif
