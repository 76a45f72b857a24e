/* The records that an SPF record leads to, as a tree: what each costs of the ten look-ups (RFC 7208
 * section 4.6.4), whatever address is asked about. */
#ifndef MAILWHY_SPF_TREE_H
#define MAILWHY_SPF_TREE_H

#include "analyze/auth/resolver.h"
#include "parsers/dns/spf_record.h"

#define SPF_MOST_NODES 100 /* records of one tree; the rest are not followed */

enum spf_node_state {
    SPF_NODE_READ,
    SPF_NODE_LOOP,    /* it stands above itself */
    SPF_NODE_NONE,    /* there is no such name, or no SPF record at it */
    SPF_NODE_SEVERAL, /* more than one record */
    SPF_NODE_WRONG,   /* its syntax is wrong: record.error */
    SPF_NODE_OPEN,    /* it could not be looked up, or is not in the snapshot */
    SPF_NODE_MACRO    /* its name depends on the mail */
};

struct spf_node {
    struct spf_node *next, *children; /* children: in the order of the terms */
    const struct spf_node *parent;
    const struct spf_term *term; /* that leads here; NULL: the root */
    struct slice domain, text;   /* text: the record */
    enum spf_node_state state;
    enum dns_status status;
    struct spf_record record;
    unsigned lookups; /* that it needs, with all below it */
};

struct spf_tree {
    struct spf_node root;
    unsigned nodes;
    bool is_cut; /* more than SPF_MOST_NODES */
};

void spf_tree_read(struct spf_tree *tree, struct slice domain, struct resolver *resolver);

/* The same with another text in the place of the domain's own record. */
void spf_tree_read_text(struct spf_tree *tree, struct slice domain, struct slice text,
                        struct resolver *resolver);

/* The next node in the order of the records; NULL: no more. */
const struct spf_node *spf_tree_next(const struct spf_node *node);

/* "include:a.example 4 (include:b.example 2), mx 1": what each term costs. */
struct slice spf_tree_sums(const struct spf_node *node, struct arena *arena);

#endif
