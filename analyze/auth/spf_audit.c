/* Faults of SPF records: see spf_audit.h. */
#include "analyze/auth/spf_audit.h"

#include "analyze/auth/spf_errors.h"
#include "analyze/auth/spf_led_audit.h"
#include "analyze/auth/spf_lost.h"
#include "analyze/auth/spf_meant.h"
#include "analyze/auth/spf_names.h"
#include "parsers/dns/typed.h"

#include <sys/socket.h>

#define MOST_ASKING 50 /* terms of a record that are held against each other */

/* One record for all that it puts right. */
static void propose(struct spf_auditing *a) {
    if (!a->mended_count)
        return;
    struct slice text =
        a->flat_count ? a->flat[0] : spf_mend(a->answer.records, &a->left_out, a->unread, a->list->resolver);
    for (size_t i = 0; i < a->mended_count; i++) {
        a->mended[i]->proposals = NULL; /* this one puts right all that is wrong, not the address alone */
        check_propose(a->list, a->mended[i], a->domain, "TXT", text);
    }
}

/* --- the record itself --- */

/* What was meant to be the record, and is read by nobody. */
static void find_lost(struct spf_auditing *a) {
    struct spf_lost lost = spf_find_lost(a->answer, a->domain, a->list->resolver);
    if (!lost.text.len)
        return;
    a->unread = lost.text;
    if (lost.name.len)
        spf_auditing_mend(
            a,
            SPF_FAULT(
                a, CHECK_FAIL, "misplaced",
                "an SPF record stands at %.*s, where no receiver looks for it: it belongs at %.*s itself",
                S(lost.name), S(a->domain)),
            "Publish the record at the domain itself.");
    else
        spf_auditing_mend(
            a,
            SPF_FAULT(a, CHECK_FAIL, "unread-record",
                      "the TXT record \"%.*s\" of %.*s is no SPF record to receivers: one begins with "
                      "\"v=spf1\" and a blank (RFC 7208 section 4.5)%s",
                      S(spf_auditing_shown(a, lost.text)), S(a->domain),
                      lost.text.ptr == text_as_typed(lost.text, a->list->arena).ptr
                          ? ""
                          : "; in this one stand characters that only look like plain ones"),
            "Write it so that it begins with \"v=spf1 \".");
}

/* A record of the type SPF, which was given up (RFC 7208 section 3.1). It is asked for only where the domain
 * has no other, so that an audit of all others needs no question more. */
static void find_old_type(struct spf_auditing *a) {
    if (a->tree.root.state != SPF_NODE_NONE)
        return;
    const struct dns_record *r = dns_lookup(a->list->resolver, a->domain, DNS_SPF).records;
    while (r && !spf_record_is(r->text))
        r = r->next;
    if (!r)
        return;
    a->unread = r->text;
    spf_auditing_mend(a,
                      SPF_FAULT(a, CHECK_FAIL, "old-type",
                                "the SPF record of %.*s is of the type SPF (99), which no receiver asks for: "
                                "it must be of the type TXT (RFC 7208 section 3.1)",
                                S(a->domain)),
                      "Publish the same text as TXT.");
}

static struct slice term_of(struct spf_auditing *a, const struct ip *ip) {
    return TEXT(a->list, "%s:%.*s", ip->family == AF_INET6 ? "ip6" : "ip4", S(ip_text(a->list->arena, ip)));
}

/* There is no record at all: one to begin with, to what was found already. */
static void find_none(struct spf_auditing *a, const struct spf_verdict *v, const struct ip *ip) {
    for (struct check *c = a->list->first; c; c = c->next)
        if (v->result == SPF_VERDICT_NONE && !v->is_helo && slice_equal_nocase(v->domain, a->domain) &&
            ip->family != AF_UNSPEC && c->kind == a->kind && c->outcome != CHECK_PASS &&
            slice_equal(c->result, slice_of(spf_result_name(v->result)))) {
            a->unread = term_of(a, ip);
            a->mended[a->mended_count++] = c;
            return;
        }
}

/* The address from which mail is to be sent is not among those of the record. */
static void find_absent(struct spf_auditing *a, const struct spf_verdict *v, const struct ip *ip) {
    bool is_refused = v->result == SPF_VERDICT_FAIL || v->result == SPF_VERDICT_SOFTFAIL ||
                      v->result == SPF_VERDICT_NEUTRAL;
    if (v->is_helo || !slice_equal_nocase(v->domain, a->domain) || ip->family == AF_UNSPEC)
        return;
    /* a record that receivers do not come to the end of, or that lets it pass by what is to go: would the one
     * that is proposed let it pass? */
    if ((v->result == SPF_VERDICT_PERMERROR || v->result == SPF_VERDICT_PASS) && a->mended_count &&
        !a->flat_count && !a->unread.len && !spf_tree_may_name(&a->tree, &a->left_out, ip, a->list->resolver))
        a->unread = term_of(a, ip);
    for (struct check *c = a->list->first; c && is_refused; c = c->next)
        if (c->kind == a->kind && c->outcome != CHECK_PASS &&
            slice_equal(c->result, slice_of(spf_result_name(v->result)))) {
            a->unread = term_of(a, ip);
            if (a->mended_count < SPF_MOST_MENDED)
                a->mended[a->mended_count++] = c;
            return;
        }
}

static void find_several(struct spf_auditing *a) {
    unsigned count = 0;
    for (const struct dns_record *r = a->answer.records; r; r = r->next)
        count += spf_record_is(r->text);
    if (a->tree.root.state != SPF_NODE_SEVERAL)
        return;
    spf_auditing_mend(
        a,
        SPF_FAULT(a, CHECK_FAIL, "two-records",
                  "%.*s has %u SPF records, and only one is allowed: receivers come to permerror (RFC 7208 "
                  "section 4.5)",
                  S(a->domain), count),
        "Publish one SPF record in the place of all of them.");
}

static void find_syntax(struct spf_auditing *a) {
    const struct spf_record *record = &a->tree.root.record;
    if (a->tree.root.state != SPF_NODE_WRONG)
        return;
    struct slice meant = spf_term_mended(record->wrong, a->list->arena);
    spf_auditing_mend(
        a,
        SPF_FAULT(a, CHECK_FAIL, "syntax",
                  "the SPF record of %.*s has an error at \"%.*s\": %.*s%s%.*s%.*s; receivers come to "
                  "permerror",
                  S(a->domain), S(spf_auditing_shown(a, record->wrong)), S(record->error),
                  meant.len ? "; meant is probably " : "", S(meant),
                  S(spf_errors_behind(a->tree.root.text, record->wrong, a->list->arena))),
        "Correct the record.");
}

/* A record that receivers do not come to the end of is read on as it was meant: what else is wrong with it
 * comes to light only when it was corrected. */
static void read_on(struct spf_auditing *a) {
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

static void find_weak_end(struct spf_auditing *a) {
    const struct spf_node *node = deciding(&a->tree.root);
    const struct spf_term *all = node ? find_all(node) : NULL;
    if (!node || (all && (all->qualifier == '-' || all->qualifier == '~')))
        return;
    struct slice where = node->domain;
    struct check *c;
    if (all && all->qualifier == '+')
        c = SPF_FAULT(
            a, CHECK_FAIL, "pass-all",
            "the SPF record of %.*s ends in %.*s: every address of the world passes, and anybody can "
            "send in its "
            "name",
            S(where), S(all->text));
    else if (all)
        c = SPF_FAULT(
            a, CHECK_WARNING, "neutral-all",
            "the SPF record of %.*s ends in ?all: it says nothing about servers that it does not name",
            S(where));
    else
        c = SPF_FAULT(
            a, CHECK_WARNING, "no-all",
            "the SPF record of %.*s has no `all` at its end: to servers that it does not name it is neutral",
            S(where));
    if (node == &a->tree.root)
        spf_auditing_mend(a, c, "End the record with ~all, or with -all once it names all servers.");
    else
        check_remedy(a->list, c, TEXT(a->list, "End the record of %.*s with ~all or -all.", S(where)));
}

static void find_behind_all(struct spf_auditing *a) {
    const struct spf_term *all = find_all(&a->tree.root);
    const struct spf_record *record = &a->tree.root.record;
    if (all && all->next)
        spf_auditing_mend(a,
                          SPF_FAULT(a, CHECK_FAIL, "behind-all",
                                    "\"%.*s\" of the SPF record of %.*s stands behind %.*s, where nobody "
                                    "reads it (RFC 7208 section 5.1)",
                                    S(spf_auditing_shown(a, all->next->text)), S(a->domain), S(all->text)),
                          "Put `all` at the end.");
    if (all && record->redirect)
        spf_auditing_mend(a,
                          SPF_FAULT(a, CHECK_WARNING, "redirect-and-all",
                                    "the SPF record of %.*s has both %.*s and %.*s: with `all`, "
                                    "redirect= is not read (RFC 7208 section 6.1)",
                                    S(a->domain), S(all->text),
                                    S(spf_auditing_shown(a, record->redirect->text))),
                          "Leave redirect= out; where its record is needed, include: it.");
}

/* "mx/0" and "a/8": the networks of all hosts of that name. The name alone is put in its place. */
static void judge_prefix(struct spf_auditing *a, const struct spf_term *t) {
    bool is_wide4 = t->prefix4 >= 0 && t->prefix4 < HUGE_PREFIX4;
    bool is_wide6 = t->prefix6 >= 0 && t->prefix6 < HUGE_PREFIX6;
    if ((t->kind != SPF_A && t->kind != SPF_MX) || t->qualifier != '+' || (!is_wide4 && !is_wide6))
        return;
    spf_auditing_mend(
        a,
        SPF_FAULT(
            a, CHECK_FAIL, "huge-network",
            "%.*s of the SPF record of %.*s lets the whole networks pass that its hosts stand in (/%d): who "
            "rents one address of them can send in its name",
            S(spf_auditing_shown(a, t->text)), S(a->domain), is_wide4 ? t->prefix4 : t->prefix6),
        "Leave the length of the network out, or name a small one.");
    if (slice_find_char(t->text, '%') == t->text.len)
        spf_auditing_replace(a, t, slice_upto(t->text, slice_find_char(t->text, '/')));
}

static void judge_term(struct spf_auditing *a, const struct spf_term *t) {
    judge_prefix(a, t);
    if (t->kind == SPF_PTR)
        spf_auditing_mend(
            a,
            SPF_FAULT(a, CHECK_WARNING, "ptr",
                      "the SPF record of %.*s uses ptr, which should not be used: it is slow, and "
                      "some receivers skip it (RFC 7208 section 5.5)",
                      S(a->domain)),
            "Name the servers by ip4:, ip6: or a: in the place of ptr.");
    if (spf_network_is_huge(t) && t->qualifier == '+')
        spf_auditing_mend(
            a,
            SPF_FAULT(
                a, t->network.prefix < 8 ? CHECK_FAIL : CHECK_WARNING, "huge-network",
                "%.*s of the SPF record of %.*s lets a whole network pass (%s addresses): who rents one "
                "of them can "
                "send in its name",
                S(spf_auditing_shown(a, t->text)), S(a->domain),
                t->network.ip.family == AF_INET6
                    ? "more than a provider gets"
                    : TEXT(a->list, "%llu", 1ULL << (32 - t->network.prefix)).ptr),
            "Name only the addresses of the servers that send.");
    else if ((t->kind == SPF_IP4 || t->kind == SPF_IP6) && ip_is_internal(&t->network.ip) &&
             t->network.prefix) {
        spf_auditing_mend(a,
                          SPF_FAULT(a, CHECK_WARNING, "private-network",
                                    "%.*s of the SPF record of %.*s is a private network: receivers on the "
                                    "internet never see its "
                                    "addresses",
                                    S(spf_auditing_shown(a, t->text)), S(a->domain)),
                          "Leave it out, unless servers of your own check SPF inside that network.");
        spf_auditing_leave_out(a, t);
    }
}

/* The look-ups that a term takes, with all that it leads to. */
static unsigned cost_of(const struct spf_node *node, const struct spf_term *t) {
    for (const struct spf_node *child = node->children; child; child = child->next)
        if (child->term == t)
            return 1 + child->lookups;
    return 1;
}

static void tell_repeated(struct spf_auditing *a, const struct spf_term *t) {
    spf_auditing_mend(a,
                      SPF_FAULT(a, CHECK_WARNING, "repeated-term",
                                "\"%.*s\" stands twice in the SPF record of %.*s: the second says "
                                "nothing new, and costs look-ups of the ten that are allowed",
                                S(spf_auditing_shown(a, t->text)), S(a->domain)),
                      "Leave it out where it stands again.");
}

/* Terms that ask the DNS and stand twice, each told once: the record that is proposed has each once. */
static void find_repeated(struct spf_auditing *a) {
    const struct spf_term *asking[MOST_ASKING];
    unsigned costs[MOST_ASKING] = {0}; /* of those that stand twice */
    unsigned before = a->faults;
    size_t count = 0;
    for (const struct spf_term *t = a->tree.root.record.terms; t && count < MOST_ASKING; t = t->next) {
        size_t i = 0;
        if (t->kind != SPF_INCLUDE && t->kind != SPF_A && t->kind != SPF_MX && t->kind != SPF_EXISTS)
            continue;
        while (i < count && !slice_equal_nocase(asking[i]->text, t->text))
            i++;
        if (i == count) {
            asking[count++] = t;
            continue;
        }
        if (!costs[i] && a->faults - before < SPF_MOST_FAULTS)
            tell_repeated(a, t);
        if (!costs[i])
            costs[i] = cost_of(&a->tree.root, t);
        a->repeated += costs[i];
    }
}

static void find_terms(struct spf_auditing *a) {
    unsigned before = a->faults;
    for (const struct spf_term *t = a->tree.root.record.terms; t && a->faults - before < SPF_MOST_FAULTS;
         t = t->next)
        judge_term(a, t);
}

/* Words that are read as something else than was meant, and so pass unnoticed. */
static void find_ignored(struct spf_auditing *a) {
    struct slice rest = slice_from(a->tree.root.text, 6);
    struct slice word;
    for (unsigned i = 0; i < SPF_MOST_FAULTS && slice_next_word(&rest, &word); i++) {
        struct slice meant = spf_term_mended(word, a->list->arena);
        if (spf_is_other_version(word)) {
            spf_auditing_mend(
                a,
                SPF_FAULT(a, CHECK_FAIL, "other-record",
                          "\"%.*s\" stands in the SPF record of %.*s, where it means nothing: a "
                          "record of another kind was put behind it, which nobody finds there",
                          S(spf_auditing_shown(a, word)), S(a->domain)),
                "Publish each record by itself, at its own name.");
            return;
        }
        if (spf_is_version(word))
            spf_auditing_mend(a,
                              SPF_FAULT(a, CHECK_WARNING, "version-again",
                                        "\"%.*s\" stands a second time in the SPF record of %.*s, where it "
                                        "means nothing: two records were put together",
                                        S(word), S(a->domain)),
                              "Leave it out behind the beginning.");
        else if (meant.len)
            spf_auditing_mend(a,
                              SPF_FAULT(a, CHECK_FAIL, "ignored-term",
                                        "\"%.*s\" of the SPF record of %.*s is %s: meant is probably %.*s",
                                        S(spf_auditing_shown(a, word)), S(a->domain),
                                        slice_find_char(word, ',') < word.len
                                            ? "one term to receivers, with a comma in its name"
                                        : slice_find(word, SLICE("://")) < word.len
                                            ? "the address of a web page, and no name of the DNS"
                                            : "passed over by receivers, for there is no such modifier",
                                        S(meant)),
                              "Correct the record.");
    }
}

void spf_audit_domain(struct check_list *list, const struct check_kind *kind, const struct rulebase *rules,
                      struct slice domain, const struct spf_verdict *verdict, const struct ip *ip) {
    struct spf_auditing a = {.list = list, .kind = kind, .rules = rules, .domain = domain};
    if (!domain.len)
        return;
    spf_tree_read(&a.tree, domain, list->resolver);
    a.answer = dns_lookup(list->resolver, domain, DNS_TXT);
    find_lost(&a);
    if (!a.unread.len)
        find_old_type(&a);
    find_several(&a);
    find_syntax(&a);
    read_on(&a);
    if (a.tree.root.state == SPF_NODE_READ) {
        find_weak_end(&a);
        find_behind_all(&a);
        find_terms(&a);
        find_repeated(&a);
        find_ignored(&a);
        spf_audit_led(&a);
        find_absent(&a, verdict, ip);
    }
    if (a.tree.root.state == SPF_NODE_NONE && !a.unread.len)
        find_none(&a, verdict, ip);
    propose(&a);
}
