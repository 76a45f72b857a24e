/* SPF records put right: see spf_mend.h. */
#include "analyze/auth/spf_mend.h"

#include "analyze/auth/mx_hosts.h"
#include "analyze/auth/spf_meant.h"
#include "parsers/dns/typed.h"

#include <sys/socket.h>

#define MOST_TERMS    200 /* of all records at a name that are merged */
#define MOST_RECORDS  20
#define MOST_JOINED   5   /* words of one term */
#define MOST_NETWORKS 300 /* of a flattened record */
#define MOST_OF_PART  400 /* bytes of one of its parts: an answer of the DNS stays under 512 */

bool spf_network_is_huge(const struct spf_term *t) {
    if (t->kind != SPF_IP4 && t->kind != SPF_IP6)
        return false;
    return t->network.ip.family == AF_INET6 ? t->network.prefix < HUGE_PREFIX6
                                            : t->network.prefix < HUGE_PREFIX4;
}

/* --- one record of several --- */

struct mending {
    struct arena *arena;
    struct slice terms[MOST_TERMS];
    size_t count;
    struct slice redirect;
    const struct spf_left_out *left_out;
    char all; /* its qualifier; '\0': none */
};

/* Of two qualifiers of `all` the more careful one that still says something. */
static char join_all(char one, char other) {
    one = one == '+' || one == '?' ? '~' : one;
    other = other == '+' || other == '?' ? '~' : other;
    return !one ? other : one == other ? one : '~';
}

bool spf_is_version(struct slice word) {
    return slice_equal_nocase(word, SLICE("v=spf1"));
}

bool spf_is_other_version(struct slice word) {
    return slice_starts_nocase(word, SLICE("v=")) && !slice_starts_nocase(word, SLICE("v=spf1"));
}

static struct slice without_sign(struct slice term) {
    return slice_from(term, term.len && ascii_is_any(term.ptr[0], "+-?~") ? 1 : 0);
}

static void take_term(struct mending *m, struct slice term) {
    struct spf_record record;
    if (spf_is_version(term))
        return;
    for (size_t i = 0; i < m->left_out->count; i++)
        if (slice_equal_nocase(term, m->left_out->terms[i])) {
            term = m->left_out->instead[i];
            break;
        }
    if (!term.len || !spf_terms_parse(term, m->arena, &record))
        return;
    const struct spf_term *t = record.terms;
    if (record.redirect && !m->redirect.len)
        m->redirect = term;
    else if (t && t->kind == SPF_ALL)
        m->all = join_all(m->all, t->qualifier);
    if (record.redirect || (t && (t->kind == SPF_ALL || t->kind == SPF_PTR || spf_network_is_huge(t))))
        return;
    for (size_t i = 0; i < m->count; i++) /* the first decides, whatever the sign of the second */
        if (slice_equal_nocase(without_sign(m->terms[i]), without_sign(term)))
            return;
    if (m->count < MOST_TERMS)
        m->terms[m->count++] = term;
}

/* What was meant by a word: one term, or several that stand together. */
static void take_word(struct mending *m, struct slice word) {
    struct slice meant = spf_term_mended(word, m->arena);
    struct slice rest = meant.len ? meant : word;
    struct slice term;
    while (slice_next_word(&rest, &term))
        take_term(m, term);
}

/* "include: host" and "- all" are one term. */
static bool wants_next(struct slice term) {
    char last = term.len ? term.ptr[term.len - 1] : '\0';
    return last == ':' || last == '=' || (term.len == 1 && ascii_is_any(last, "+-?~"));
}

/* As ":host" does behind "include". */
static bool wants_last(struct slice rest) {
    struct slice next;
    return slice_next_word(&rest, &next) && (next.ptr[0] == ':' || next.ptr[0] == '=');
}

/* What is missing between the name of a term and its argument, where a blank stands there; NULL: nothing. */
static const char *missing_sign(struct slice word) {
    static const char *const names[] = {"include", "exists", "ip4", "ip6"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is_nocase(word, names[i]))
            return ":";
    return slice_is_nocase(word, "redirect") ? "=" : NULL;
}

/* A name that ends in a dot and goes on behind a blank: "include:_spf. a.example". */
static bool is_broken_name(struct slice word, struct slice rest, struct arena *arena) {
    struct slice next;
    struct spf_record record;
    return word.len && word.ptr[word.len - 1] == '.' && slice_find_char(word, ':') < word.len &&
           !spf_terms_parse(word, arena, &record) && slice_next_word(&rest, &next) &&
           !spf_terms_parse(next, arena, &record);
}

bool spf_word_next(struct slice *rest, struct arena *arena, struct slice *word) {
    struct slice next;
    if (!slice_next_word(rest, word))
        return false;
    const char *sign = missing_sign(*word);
    if (sign && !wants_last(*rest) && slice_next_word(rest, &next))
        *word = arena_printf(arena, "%.*s%s%.*s", S(*word), sign, S(next));
    if (is_broken_name(*word, *rest, arena) && slice_next_word(rest, &next))
        *word = arena_printf(arena, "%.*s%.*s", S(*word), S(next));
    for (unsigned i = 0; i < MOST_JOINED && (wants_next(*word) || wants_last(*rest)); i++) {
        if (!slice_next_word(rest, &next))
            break;
        *word = arena_printf(arena, "%.*s%.*s", S(*word), S(next));
    }
    return true;
}

static void take_record(struct mending *m, struct slice text) {
    struct slice rest = slice_from(text, 6);
    struct slice word;
    for (unsigned i = 0; i < MOST_TERMS && spf_word_next(&rest, m->arena, &word); i++) {
        if (spf_is_other_version(word))
            return;
        take_word(m, word);
    }
}

/* What stands behind "v=spf1" or what was written in its place, as a record that begins so. */
static struct slice as_record(struct slice text, struct arena *arena) {
    text = text_as_typed(text, arena);
    size_t at = slice_find_nocase(text, SLICE("spf1"));
    size_t whole = slice_find_nocase(text, SLICE("v=spf1"));
    if (whole < text.len)
        text = slice_from(text, whole + 6);
    else if (at < text.len && at < 8)
        text = slice_from(text, at + 4);
    else if (slice_starts_nocase(text, SLICE("spf2.0")) || slice_starts_nocase(text, SLICE("v=spf")))
        text = slice_from(text, slice_find_char(text, ' '));
    return arena_printf(arena, "v=spf1 %.*s", S(text));
}

struct slice spf_mend(const struct dns_record *r, const struct spf_left_out *left_out, struct slice unread,
                      struct resolver *resolver) {
    struct mending *m = ARENA_NEW(resolver->arena, struct mending);
    m->arena = resolver->arena;
    m->left_out = left_out;
    if (unread.len)
        take_record(m, as_record(unread, m->arena));
    for (unsigned i = 0; r && i < MOST_RECORDS; r = r->next)
        if (spf_record_is(r->text)) {
            take_record(m, r->text);
            i++;
        }
    struct slice out = SLICE("v=spf1");
    for (size_t i = 0; i < m->count; i++)
        out = arena_printf(m->arena, "%.*s %.*s", S(out), S(m->terms[i]));
    if (m->all || !m->redirect.len)
        return arena_printf(m->arena, "%.*s %call", S(out), m->all ? m->all : '~');
    return arena_printf(m->arena, "%.*s %.*s", S(out), S(m->redirect));
}

/* --- as it was meant, faults of sense and all --- */

struct meaning {
    struct arena *arena;
    struct slice text, redirect;
    unsigned terms; /* MOST_TERMS of them: the rest is left out */
};

static void add_meant(struct meaning *m, struct slice term, bool is_last) {
    struct spf_record record;
    if (m->terms >= MOST_TERMS || !spf_terms_parse(term, m->arena, &record))
        return;
    m->terms++;
    if (record.redirect)
        m->redirect = m->redirect.len ? m->redirect : term;
    else if (is_last || !record.terms || record.terms->kind != SPF_ALL)
        m->text = arena_printf(m->arena, "%.*s %.*s", S(m->text), S(term));
}

/* Of records that another follows the `all` is left out: it would hide that. */
static void add_record_meant(struct meaning *m, struct slice text, bool is_last) {
    struct slice rest = slice_from(text, 6);
    struct slice word, term;
    for (unsigned i = 0; i < MOST_TERMS && spf_word_next(&rest, m->arena, &word); i++) {
        if (spf_is_other_version(word))
            return;
        struct slice meant = spf_term_mended(word, m->arena);
        meant = meant.len ? meant : word;
        while (slice_next_word(&meant, &term))
            add_meant(m, term, is_last);
    }
}

struct slice spf_as_meant(const struct dns_record *r, struct slice unread, struct arena *arena) {
    struct meaning m = {.arena = arena, .text = SLICE("v=spf1")};
    struct slice before = SLICE_EMPTY;
    for (unsigned i = 0; r && i < MOST_RECORDS; r = r->next)
        if (spf_record_is(r->text)) {
            if (before.len)
                add_record_meant(&m, before, false);
            before = r->text;
            i++;
        }
    if (before.len)
        add_record_meant(&m, before, true);
    else if (unread.len)
        add_record_meant(&m, as_record(unread, arena), true);
    if (m.redirect.len)
        m.text = arena_printf(arena, "%.*s %.*s", S(m.text), S(m.redirect));
    return m.text;
}

/* --- flattened --- */

struct flattening {
    struct resolver *resolver;
    struct slice networks[MOST_NETWORKS];
    size_t count;
    bool is_impossible;
};

static void add_network(struct flattening *f, const struct ip *ip, int prefix) {
    struct arena *arena = f->resolver->arena;
    int whole = ip->family == AF_INET6 ? 128 : 32;
    struct slice text = ip_text(arena, ip);
    text = arena_printf(arena, "%s:%.*s", whole == 32 ? "ip4" : "ip6", S(text));
    if (prefix >= 0 && prefix < whole)
        text = arena_printf(arena, "%.*s/%d", S(text), prefix);
    for (size_t i = 0; i < f->count; i++)
        if (slice_equal(f->networks[i], text))
            return;
    f->is_impossible |= f->count == MOST_NETWORKS;
    if (!f->is_impossible)
        f->networks[f->count++] = text;
}

static void add_host(struct flattening *f, const struct spf_term *t, struct slice host) {
    struct host_addresses all = host_addresses(f->resolver, host);
    f->is_impossible |= dns_is_open(all.status);
    for (size_t i = 0; i < all.count && !f->is_impossible; i++)
        add_network(f, &all.ips[i], all.ips[i].family == AF_INET6 ? t->prefix6 : t->prefix4);
}

static void add_term(struct flattening *f, const struct spf_node *node, const struct spf_term *t) {
    struct slice target = t->domain.len ? t->domain : node->domain;
    bool has_macro = slice_find_char(t->domain, '%') < t->domain.len;
    if (t->kind == SPF_INCLUDE || t->kind == SPF_PTR || (!node->parent && spf_network_is_huge(t)))
        return;
    f->is_impossible |= t->qualifier != '+';
    if (t->kind == SPF_IP4 || t->kind == SPF_IP6) {
        add_network(f, &t->network.ip, (int)t->network.prefix);
        return;
    }
    f->is_impossible |= has_macro || t->kind == SPF_EXISTS;
    if (f->is_impossible)
        return;
    if (t->kind == SPF_A) {
        add_host(f, t, target);
        return;
    }
    struct dns_answer mx = mx_hosts(f->resolver, target);
    unsigned hosts = 0;
    for (const struct dns_record *r = mx.records; mx.status == DNS_FOUND && r && hosts < 10;
         r = r->next, hosts++)
        add_host(f, t, r->host);
}

static char qualifier_of_all(const struct spf_node *root) {
    for (const struct spf_term *t = root->record.terms; t; t = t->next)
        if (t->kind == SPF_ALL)
            return t->qualifier == '-' ? '-' : '~';
    return '~';
}

static size_t write_parts(const struct flattening *f, const struct spf_tree *tree, struct slice *parts) {
    struct arena *arena = f->resolver->arena;
    char all = qualifier_of_all(&tree->root);
    size_t count = 0;
    for (size_t i = 0; i < f->count; i++) {
        bool is_full = !count || parts[count].len + f->networks[i].len + 6 > MOST_OF_PART;
        if (is_full && count == SPF_MOST_PARTS)
            return 0;
        if (is_full)
            parts[++count] = SLICE("v=spf1");
        parts[count] = arena_printf(arena, "%.*s %.*s", S(parts[count]), S(f->networks[i]));
    }
    if (count == 1) {
        parts[0] = arena_printf(arena, "%.*s %call", S(parts[1]), all);
        return 1;
    }
    parts[0] = SLICE("v=spf1");
    for (size_t i = 1; i <= count; i++) {
        parts[i] = arena_printf(arena, "%.*s ~all", S(parts[i]));
        parts[0] = arena_printf(arena, "%.*s include:_spf%zu.%.*s", S(parts[0]), i, S(tree->root.domain));
    }
    parts[0] = arena_printf(arena, "%.*s %call", S(parts[0]), all);
    return count + 1;
}

size_t spf_flatten(const struct spf_tree *tree, struct resolver *resolver,
                   struct slice parts[SPF_MOST_PARTS + 1]) {
    struct flattening *f = ARENA_NEW(resolver->arena, struct flattening);
    f->resolver = resolver;
    f->is_impossible = tree->is_cut;
    for (const struct spf_node *n = &tree->root; n && !f->is_impossible; n = spf_tree_next(n)) {
        f->is_impossible |=
            n->state == SPF_NODE_MACRO || n->state == SPF_NODE_OPEN || n->state == SPF_NODE_WRONG;
        for (const struct spf_term *t = n->record.terms; t && t->kind != SPF_ALL && !f->is_impossible;
             t = t->next)
            add_term(f, n, t);
    }
    return f->is_impossible || !f->count ? 0 : write_parts(f, tree, parts);
}
