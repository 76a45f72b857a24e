/* The schema of rule files: which keys an entry of each kind has. The loader and the generator both walk it.
 */
#ifndef MAILWHY_RULES_SCHEMA_H
#define MAILWHY_RULES_SCHEMA_H

#include "parsers/rules/rules.h"

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
    bool adds; /* of KEY_ENTRIES: those of an entry laid over another come in front of its, and hide none */
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
