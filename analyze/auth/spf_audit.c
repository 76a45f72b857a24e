/* Faults of SPF records: see spf_audit.h. */
#include "analyze/auth/spf_audit.h"

#include "analyze/auth/spf_errors.h"
#include "analyze/auth/spf_lost.h"
#include "analyze/auth/spf_mend.h"
#include "analyze/auth/spf_verdict.h"
#include "parsers/base/text.h"
#include "parsers/dns/typed.h"

#include <sys/socket.h>

#define MOST_FAULTS 20  /* told of one kind */
#define MOST_SHOWN  120 /* bytes of a term */
#define MOST_MENDED 100
#define MOST_MX     10 /* hosts of one term (RFC 7208 section 4.6.4) */

struct auditing {
    struct check_list *list;
    const struct check_kind *kind;
    struct slice domain;
    struct spf_tree tree;
    struct dns_answer answer; /* the TXT records of the domain */
    unsigned faults;
    struct spf_left_out left_out;
    struct slice unread;               /* a text that was meant to be the record, or terms to add */
    struct check *mended[MOST_MENDED]; /* what the one record that is proposed puts right */
    size_t mended_count;
    struct slice flat[SPF_MOST_PARTS + 1]; /* the record without look-ups, and its parts */
    size_t flat_count;
};

/* --- what is told, and the record that mends it --- */

static struct check *add(struct auditing *a, enum check_outcome outcome, const char *result,
                         struct slice text) {
    a->faults++;
    return check_add(a->list, a->kind, outcome, result, a->domain, text);
}

#define FAULT(a, outcome, result, ...) add((a), (outcome), (result), TEXT((a)->list, __VA_ARGS__))

/* `how`: what to do; the proposal follows. */
static void mend(struct auditing *a, struct check *c, const char *how) {
    check_remedy(a->list, c, TEXT(a->list, "%s", how));
    if (a->mended_count < MOST_MENDED)
        a->mended[a->mended_count++] = c;
}

static void leave_out(struct auditing *a, const struct spf_term *t) {
    if (a->left_out.count < SPF_MOST_LEFT_OUT)
        a->left_out.terms[a->left_out.count++] = t->text;
}

/* One record for all that it puts right. */
static void propose(struct auditing *a) {
    if (!a->mended_count)
        return;
    struct slice text =
        a->flat_count ? a->flat[0] : spf_mend(a->answer.records, &a->left_out, a->unread, a->list->resolver);
    for (size_t i = 0; i < a->mended_count; i++)
        check_propose(a->list, a->mended[i], a->domain, "TXT", text);
}

static struct slice shown(struct auditing *a, struct slice text) {
    return text_short(a->list->arena, text_clean_line(a->list->arena, text), MOST_SHOWN);
}

/* --- the record itself --- */

/* What was meant to be the record, and is read by nobody. */
static void find_lost(struct auditing *a) {
    struct spf_lost lost = spf_find_lost(a->answer, a->domain, a->list->resolver);
    if (!lost.text.len)
        return;
    a->unread = lost.text;
    if (lost.name.len)
        mend(a,
             FAULT(a, CHECK_FAIL, "misplaced",
                   "an SPF record stands at %.*s, where no receiver looks for it: it belongs at %.*s itself",
                   S(lost.name), S(a->domain)),
             "Publish the record at the domain itself.");
    else
        mend(a,
             FAULT(a, CHECK_FAIL, "unread-record",
                   "the TXT record \"%.*s\" of %.*s is no SPF record to receivers: one begins with "
                   "\"v=spf1\" and a blank (RFC 7208 section 4.5)%s",
                   S(shown(a, lost.text)), S(a->domain),
                   lost.text.ptr == text_as_typed(lost.text, a->list->arena).ptr
                       ? ""
                       : "; in this one stand quotation marks or blanks as editors of texts make them"),
             "Write it so that it begins with \"v=spf1 \".");
}

/* The address from which mail is to be sent is not among those of the record. */
static void find_absent(struct auditing *a, const struct spf_verdict *v, const struct ip *ip) {
    bool is_refused = v->result == SPF_VERDICT_FAIL || v->result == SPF_VERDICT_SOFTFAIL ||
                      v->result == SPF_VERDICT_NEUTRAL;
    if (!is_refused || v->is_helo || !slice_equal_nocase(v->domain, a->domain) || ip->family == AF_UNSPEC)
        return;
    for (struct check *c = a->list->first; c; c = c->next)
        if (c->kind == a->kind && c->outcome != CHECK_PASS &&
            slice_equal(c->result, slice_of(spf_result_name(v->result)))) {
            a->unread = TEXT(a->list, "%s:%.*s", ip->family == AF_INET6 ? "ip6" : "ip4",
                             S(ip_text(a->list->arena, ip)));
            if (a->mended_count < MOST_MENDED)
                a->mended[a->mended_count++] = c;
            return;
        }
}

static void find_several(struct auditing *a) {
    unsigned count = 0;
    for (const struct dns_record *r = a->answer.records; r; r = r->next)
        count += spf_record_is(r->text);
    if (a->tree.root.state != SPF_NODE_SEVERAL)
        return;
    mend(a,
         FAULT(a, CHECK_FAIL, "two-records",
               "%.*s has %u SPF records, and only one is allowed: receivers come to permerror (RFC 7208 "
               "section 4.5)",
               S(a->domain), count),
         "Publish one SPF record in the place of all of them.");
}

static void find_syntax(struct auditing *a) {
    const struct spf_record *record = &a->tree.root.record;
    if (a->tree.root.state != SPF_NODE_WRONG)
        return;
    struct slice meant = spf_term_mended(record->wrong, a->list->arena);
    mend(a,
         FAULT(a, CHECK_FAIL, "syntax",
               "the SPF record of %.*s has an error at \"%.*s\": %.*s%s%.*s%.*s; receivers come to "
               "permerror",
               S(a->domain), S(shown(a, record->wrong)), S(record->error),
               meant.len ? "; meant is probably " : "", S(meant),
               S(spf_errors_behind(a->tree.root.text, record->wrong, a->list->arena))),
         "Correct the record.");
}

/* A record that receivers do not come to the end of is read on as it was meant: what else is wrong with it
 * comes to light only when it was corrected. */
static void read_on(struct auditing *a) {
    enum spf_node_state state = a->tree.root.state;
    if (state == SPF_NODE_WRONG || state == SPF_NODE_SEVERAL || (state == SPF_NODE_NONE && a->unread.len))
        spf_tree_read_text(&a->tree, a->domain, spf_as_meant(a->answer.records, a->unread, a->list->arena),
                           a->list->resolver);
}

static const struct spf_term *find_all(const struct spf_node *node) {
    for (const struct spf_term *t = node->record.terms; t; t = t->next)
        if (t->kind == SPF_ALL)
            return t;
    return NULL;
}

/* The record whose `all` decides: the own, or the one that it redirects to. */
static const struct spf_node *deciding(const struct spf_node *node) {
    while (node->record.redirect && !find_all(node)) {
        const struct spf_node *child = node->children;
        while (child && child->term != node->record.redirect)
            child = child->next;
        if (!child || child->state != SPF_NODE_READ)
            return NULL;
        node = child;
    }
    return node;
}

static void find_weak_end(struct auditing *a) {
    const struct spf_node *node = deciding(&a->tree.root);
    const struct spf_term *all = node ? find_all(node) : NULL;
    if (!node || (all && (all->qualifier == '-' || all->qualifier == '~')))
        return;
    struct slice where = node->domain;
    struct check *c;
    if (all && all->qualifier == '+')
        c = FAULT(a, CHECK_FAIL, "pass-all",
                  "the SPF record of %.*s ends in %.*s: every address of the world passes, and anybody can "
                  "send in its "
                  "name",
                  S(where), S(all->text));
    else if (all)
        c = FAULT(a, CHECK_WARNING, "neutral-all",
                  "the SPF record of %.*s ends in ?all: it says nothing about servers that it does not name",
                  S(where));
    else
        c = FAULT(
            a, CHECK_WARNING, "no-all",
            "the SPF record of %.*s has no `all` at its end: to servers that it does not name it is neutral",
            S(where));
    if (node == &a->tree.root)
        mend(a, c, "End the record with ~all, or with -all once it names all servers.");
    else
        check_remedy(a->list, c, TEXT(a->list, "End the record of %.*s with ~all or -all.", S(where)));
}

static void find_behind_all(struct auditing *a) {
    const struct spf_term *all = find_all(&a->tree.root);
    const struct spf_record *record = &a->tree.root.record;
    if (all && all->next)
        mend(a,
             FAULT(a, CHECK_FAIL, "behind-all",
                   "\"%.*s\" of the SPF record of %.*s stands behind %.*s, where nobody "
                   "reads it (RFC 7208 section 5.1)",
                   S(shown(a, all->next->text)), S(a->domain), S(all->text)),
             "Put `all` at the end.");
    if (all && record->redirect)
        mend(a,
             FAULT(a, CHECK_WARNING, "redirect-and-all",
                   "the SPF record of %.*s has both %.*s and %.*s: with `all`, "
                   "redirect= is not read (RFC 7208 section 6.1)",
                   S(a->domain), S(all->text), S(shown(a, record->redirect->text))),
             "Leave redirect= out; where its record is needed, include: it.");
}

static void judge_term(struct auditing *a, const struct spf_term *t) {
    if (t->kind == SPF_PTR)
        mend(a,
             FAULT(a, CHECK_WARNING, "ptr",
                   "the SPF record of %.*s uses ptr, which should not be used: it is slow, and "
                   "some receivers skip it (RFC 7208 section 5.5)",
                   S(a->domain)),
             "Name the servers by ip4:, ip6: or a: in the place of ptr.");
    if (spf_network_is_huge(t) && t->qualifier == '+')
        mend(a,
             FAULT(a, t->network.prefix < 8 ? CHECK_FAIL : CHECK_WARNING, "huge-network",
                   "%.*s of the SPF record of %.*s lets a whole network pass (%s addresses): who rents one "
                   "of them can "
                   "send in its name",
                   S(shown(a, t->text)), S(a->domain),
                   t->network.ip.family == AF_INET6
                       ? "more than a provider gets"
                       : TEXT(a->list, "%llu", 1ULL << (32 - t->network.prefix)).ptr),
             "Name only the addresses of the servers that send.");
    else if ((t->kind == SPF_IP4 || t->kind == SPF_IP6) && ip_is_internal(&t->network.ip) &&
             t->network.prefix)
        FAULT(a, CHECK_WARNING, "private-network",
              "%.*s of the SPF record of %.*s is a private network: receivers on the internet never see its "
              "addresses",
              S(shown(a, t->text)), S(a->domain));
}

static void find_terms(struct auditing *a) {
    unsigned before = a->faults;
    for (const struct spf_term *t = a->tree.root.record.terms; t && a->faults - before < MOST_FAULTS;
         t = t->next)
        judge_term(a, t);
}

/* Words that are read as something else than was meant, and so pass unnoticed. */
static void find_ignored(struct auditing *a) {
    struct slice rest = slice_from(a->tree.root.text, 6);
    struct slice word;
    for (unsigned i = 0; i < MOST_FAULTS && slice_next_word(&rest, &word); i++) {
        struct slice meant = spf_term_mended(word, a->list->arena);
        if (meant.len)
            mend(a,
                 FAULT(a, CHECK_FAIL, "ignored-term",
                       "\"%.*s\" of the SPF record of %.*s is passed over by receivers, for there is no such "
                       "modifier: "
                       "meant is probably %.*s",
                       S(shown(a, word)), S(a->domain), S(meant)),
                 "Correct the record.");
    }
}

/* --- what it leads to --- */

/* The node of the own record's term through which it was come to. */
static const struct spf_node *top_of(const struct spf_node *n) {
    while (n->parent->parent)
        n = n->parent;
    return n;
}

static void judge_node(struct auditing *a, const struct spf_node *n) {
    struct slice of = n->parent->domain;
    struct slice term = shown(a, n->term->text);
    struct check *c = NULL;
    if (n->state == SPF_NODE_LOOP)
        c = FAULT(a, CHECK_FAIL, "loop",
                  "%.*s in the SPF record of %.*s is a loop: it leads back to %.*s, which it was reached "
                  "from; receivers "
                  "come to permerror",
                  S(term), S(of), S(shown(a, n->domain)));
    else if (n->state == SPF_NODE_NONE)
        c = FAULT(a, CHECK_FAIL, "dead-include",
                  "%.*s in the SPF record of %.*s leads to nothing: %s; receivers come to permerror (RFC "
                  "7208 section 5.2)",
                  S(term), S(of),
                  n->status == DNS_NXDOMAIN ? "there is no such name" : "that name has no SPF record");
    else if (n->state == SPF_NODE_SEVERAL)
        c = FAULT(a, CHECK_FAIL, "broken-include",
                  "%.*s in the SPF record of %.*s leads to more than one SPF record", S(term), S(of));
    else if (n->state == SPF_NODE_WRONG)
        c = FAULT(a, CHECK_FAIL, "broken-include",
                  "%.*s in the SPF record of %.*s leads to a record with an error at "
                  "\"%.*s\": %.*s",
                  S(term), S(of), S(shown(a, n->record.wrong)), S(n->record.error));
    if (!c)
        return;
    const char *how = TEXT(a->list,
                           "Take \"%.*s\" out of the SPF record of %.*s, or replace it by what its provider "
                           "names today.",
                           S(term), S(of))
                          .ptr;
    const struct spf_node *top = top_of(n);
    if (n != top && n->state != SPF_NODE_LOOP) {
        check_remedy(a->list, c, slice_of(how));
        return;
    }
    leave_out(a, top->term);
    mend(a, c, how);
}

static void find_nodes(struct auditing *a) {
    unsigned before = a->faults;
    for (const struct spf_node *n = spf_tree_next(&a->tree.root); n && a->faults - before < MOST_FAULTS;
         n = spf_tree_next(n))
        judge_node(a, n);
}

static void find_cost(struct auditing *a) {
    unsigned lookups = a->tree.root.lookups;
    if (lookups <= SPF_MOST_LOOKUPS || a->tree.is_cut)
        return;
    struct check *c =
        FAULT(a, CHECK_FAIL, "too-many-lookups",
              "the SPF record of %.*s needs %u look-ups, and %d are allowed (RFC 7208 section 4.6.4): "
              "receivers come to permerror for servers that stand behind the tenth: %.*s",
              S(a->domain), lookups, SPF_MOST_LOOKUPS, S(spf_tree_sums(&a->tree.root, a->list->arena)));
    a->flat_count = spf_flatten(&a->tree, a->list->resolver, a->flat);
    if (!a->flat_count) {
        check_remedy(
            a->list, c,
            SLICE("Take out what no longer sends for you, or give each provider a subdomain of its own."));
        return;
    }
    mend(a, c,
         "Take out what no longer sends for you; or give each provider a subdomain of its own; or publish "
         "the addresses "
         "themselves (below), and renew them when a provider changes its own.");
    for (size_t i = 1; i < a->flat_count; i++)
        check_propose(a->list, c, TEXT(a->list, "_spf%zu.%.*s", i, S(a->domain)), "TXT", a->flat[i]);
}

/* The host of a term that has no address at all: a look-up that finds nothing (section 4.6.4 allows two). */
static bool finds_nothing(struct auditing *a, const struct spf_node *n, const struct spf_term *t) {
    struct slice target = t->domain.len ? t->domain : n->domain;
    if ((t->kind != SPF_A && t->kind != SPF_MX) || slice_find_char(target, '%') < target.len)
        return false;
    if (t->kind == SPF_MX)
        return dns_is_none(dns_lookup(a->list->resolver, target, DNS_MX).status);
    return dns_is_none(host_addresses(a->list->resolver, target).status);
}

static void find_many_hosts(struct auditing *a) {
    for (const struct spf_term *t = a->tree.root.record.terms; t; t = t->next) {
        struct slice target = t->domain.len ? t->domain : a->domain;
        unsigned hosts = 0;
        if (t->kind != SPF_MX || slice_find_char(target, '%') < target.len)
            continue;
        for (const struct dns_record *r = dns_lookup(a->list->resolver, target, DNS_MX).records; r;
             r = r->next)
            hosts++;
        if (hosts <= MOST_MX)
            continue;
        leave_out(a, t);
        mend(
            a,
            FAULT(a, CHECK_FAIL, "too-many-hosts",
                  "%.*s in the SPF record of %.*s has %u hosts, and %d are allowed (RFC 7208 section 4.6.4): "
                  "receivers come to permerror",
                  S(shown(a, t->text)), S(a->domain), hosts, MOST_MX),
            "Name the addresses from which they send, by ip4: and ip6:.");
    }
}

static void find_void(struct auditing *a) {
    unsigned before = a->faults;
    for (const struct spf_node *n = &a->tree.root; n; n = spf_tree_next(n))
        for (const struct spf_term *t = n->record.terms; t && a->faults - before < MOST_FAULTS; t = t->next)
            if (n->state == SPF_NODE_READ && finds_nothing(a, n, t)) {
                struct check *c =
                    FAULT(a, CHECK_WARNING, "void-lookup",
                          "%.*s in the SPF record of %.*s finds nothing: %s; receivers stop at the third "
                          "such look-up (RFC 7208 section 4.6.4)",
                          S(shown(a, t->text)), S(n->domain),
                          t->kind == SPF_MX ? "there is no MX" : "that name has no address");
                if (n == &a->tree.root) {
                    leave_out(a, t);
                    mend(a, c, TEXT(a->list, "Take \"%.*s\" out.", S(shown(a, t->text))).ptr);
                }
            }
}

void spf_audit_domain(struct check_list *list, const struct check_kind *kind, struct slice domain,
                      const struct spf_verdict *verdict, const struct ip *ip) {
    struct auditing a = {.list = list, .kind = kind, .domain = domain};
    if (!domain.len)
        return;
    spf_tree_read(&a.tree, domain, list->resolver);
    a.answer = dns_lookup(list->resolver, domain, DNS_TXT);
    find_lost(&a);
    find_several(&a);
    find_syntax(&a);
    read_on(&a);
    if (a.tree.root.state == SPF_NODE_READ) {
        find_weak_end(&a);
        find_behind_all(&a);
        find_terms(&a);
        find_ignored(&a);
        find_nodes(&a);
        find_cost(&a);
        find_void(&a);
        find_many_hosts(&a);
        find_absent(&a, verdict, ip);
    }
    propose(&a);
}
