/* The tree of SPF records: see spf_tree.h. */
#include "analyze/auth/spf_tree.h"

#include "parsers/base/text.h"

#define MOST_OF_DEPTH 20
#define MOST_OF_SUMS  1500 /* bytes */

struct reading {
    struct spf_tree *tree;
    struct resolver *resolver;
};

static void read_node(struct reading *r, struct spf_node *node, unsigned depth);

static bool is_lookup(const struct spf_term *t) {
    return t->kind == SPF_INCLUDE || t->kind == SPF_A || t->kind == SPF_MX || t->kind == SPF_PTR ||
           t->kind == SPF_EXISTS || t->kind == SPF_REDIRECT;
}

static bool stands_above(const struct spf_node *node, struct slice domain) {
    for (; node; node = node->parent)
        if (slice_equal_nocase(node->domain, domain))
            return true;
    return false;
}

static void add_child(struct reading *r, struct spf_node *node, struct spf_node ***end,
                      const struct spf_term *t, unsigned depth) {
    struct spf_node *child = ARENA_NEW(r->resolver->arena, struct spf_node);
    *child = (struct spf_node){.parent = node, .term = t, .domain = t->domain};
    **end = child;
    *end = &child->next;
    if (slice_find_char(t->domain, '%') < t->domain.len)
        child->state = SPF_NODE_MACRO;
    else if (stands_above(node, t->domain))
        child->state = SPF_NODE_LOOP;
    else
        read_node(r, child, depth + 1);
    node->lookups += child->lookups;
}

static void read_terms(struct reading *r, struct spf_node *node, unsigned depth) {
    struct spf_node **end = &node->children;
    for (const struct spf_term *t = node->record.terms; t; t = t->next) {
        node->lookups += is_lookup(t);
        if (t->kind == SPF_INCLUDE)
            add_child(r, node, &end, t, depth);
        if (t->kind == SPF_ALL)
            return; /* what follows is not read (RFC 7208 section 5.1), nor is redirect= */
    }
    if (node->record.redirect) {
        node->lookups++;
        add_child(r, node, &end, node->record.redirect, depth);
    }
}

static void read_text(struct reading *r, struct spf_node *node, unsigned depth) {
    bool is_right = spf_record_parse(node->text, r->resolver->arena, &node->record);
    node->state = is_right ? SPF_NODE_READ : SPF_NODE_WRONG;
    if (is_right)
        read_terms(r, node, depth);
}

static void read_node(struct reading *r, struct spf_node *node, unsigned depth) {
    unsigned count = 0;
    r->tree->is_cut |= r->tree->nodes >= SPF_MOST_NODES || depth > MOST_OF_DEPTH;
    node->state = SPF_NODE_OPEN;
    if (r->tree->is_cut)
        return;
    r->tree->nodes++;
    struct dns_answer answer = dns_lookup(r->resolver, node->domain, DNS_TXT);
    node->status = answer.status;
    for (const struct dns_record *d = answer.records; d; d = d->next)
        if (spf_record_is(d->text) && count++ == 0)
            node->text = d->text;
    if (dns_is_open(answer.status))
        return;
    if (count != 1)
        node->state = count ? SPF_NODE_SEVERAL : SPF_NODE_NONE;
    else
        read_text(r, node, depth);
}

void spf_tree_read(struct spf_tree *tree, struct slice domain, struct resolver *resolver) {
    struct reading r = {tree, resolver};
    *tree = (struct spf_tree){.root = {.domain = domain}};
    read_node(&r, &tree->root, 0);
}

void spf_tree_read_text(struct spf_tree *tree, struct slice domain, struct slice text,
                        struct resolver *resolver) {
    struct reading r = {tree, resolver};
    *tree = (struct spf_tree){.root = {.domain = domain, .text = text, .status = DNS_FOUND}, .nodes = 1};
    read_text(&r, &tree->root, 0);
}
const struct spf_node *spf_tree_next(const struct spf_node *node) {
    if (node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

static void add_sums(const struct spf_node *node, GString *out) {
    const struct spf_node *child = node->children;
    const char *between = "";
    const struct spf_term *t = node->record.terms;
    for (; out->len < MOST_OF_SUMS; t = t ? t->next : NULL) {
        const struct spf_term *shown = t ? t : node->record.redirect;
        if (!shown || (!t && !child))
            return;
        if (is_lookup(shown)) {
            bool has_child = child && child->term == shown;
            g_string_append_printf(out, "%s%.*s %u", between, S(text_upto(shown->text, 120)),
                                   1 + (has_child ? child->lookups : 0));
            between = ", ";
            if (has_child && child->lookups) {
                g_string_append(out, " (");
                add_sums(child, out);
                g_string_append_c(out, ')');
            }
            child = has_child ? child->next : child;
        }
        if (!t)
            return;
    }
    g_string_append(out, ", …");
}

struct slice spf_tree_sums(const struct spf_node *node, struct arena *arena) {
    g_autoptr(GString) out = g_string_new(NULL);
    add_sums(node, out);
    return text_clean_line(arena, arena_copy(arena, (struct slice){out->str, out->len}));
}
