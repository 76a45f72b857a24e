/* Entries of a kind as bytes, made when mailwhy is built, and as structures once somebody asks for one:
 * there are many built-in replies, of which one input needs some twenty, and pointers cost time at each
 * start. An entry is, in texts that end with NUL: its place (file, line, column), then for each key that it
 * has a byte (the key's number + 1) and the value, then a byte 0. A list begins with its length; a pattern
 * is its expression and its weight. */
#ifndef MAILWHY_RULES_PACKED_H
#define MAILWHY_RULES_PACKED_H

#include "parsers/rules/schema.h"

#include <stdint.h>

struct packed_rules {
    const struct rule_schema *schema; /* without KEY_ENTRIES */
    const char *bytes;
    const uint32_t *starts; /* of each entry in them */
    const void **unpacked;  /* each entry once it was asked for, else NULL; never freed */
};

/* The i-th entry of a list, packed or not; the same each time, and in each thread. */
const void *rule_list_entry(const struct rule_list *list, size_t i);

/* The number of an entry that rule_list_entry gave, from 1; 0: it is none of the list. */
size_t rule_list_number(const struct rule_list *list, const void *entry);

#endif
