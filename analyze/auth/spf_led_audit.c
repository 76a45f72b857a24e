/* What an SPF record leads to: see spf_led_audit.h. */
#include "analyze/auth/spf_led_audit.h"

#include "analyze/auth/spf_provider.h"
#include "analyze/auth/spf_verdict.h"

#define MOST_MX 10 /* hosts of one term (RFC 7208 section 4.6.4) */

/* The node of the own record's term through which it was come to. */
static const struct spf_node *top_of(const struct spf_node *n) {
    while (n->parent->parent)
        n = n->parent;
    return n;
}

/* The name that was meant, in the same term; empty: it is not known. */
static struct slice meant_instead(struct spf_auditing *a, const struct spf_node *n) {
    const char *meant = n->state == SPF_NODE_NONE ? spf_provider_meant(a->rules, n->term->domain) : NULL;
    size_t start = (size_t)(n->term->domain.ptr - n->term->text.ptr);
    return meant ? TEXT(a->list, "%.*s%s", S(slice_upto(n->term->text, start)), meant) : SLICE_EMPTY;
}

static void judge_node(struct spf_auditing *a, const struct spf_node *n) {
    struct slice of = n->parent->domain;
    struct slice instead = meant_instead(a, n);
    struct slice term = spf_auditing_shown(a, n->term->text);
    struct check *c = NULL;
    if (n->state == SPF_NODE_LOOP)
        c = SPF_FAULT(a, CHECK_FAIL, "loop",
                      "%.*s in the SPF record of %.*s is a loop: it leads back to %.*s, which it was reached "
                      "from; receivers "
                      "come to permerror",
                      S(term), S(of), S(spf_auditing_shown(a, n->domain)));
    else if (n->state == SPF_NODE_NONE)
        c = SPF_FAULT(a, CHECK_FAIL, "dead-include",
                      "%.*s in the SPF record of %.*s leads to nothing: %s; receivers come to permerror (RFC "
                      "7208 section 5.2)%s%.*s",
                      S(term), S(of),
                      n->status == DNS_NXDOMAIN ? "there is no such name" : "that name has no SPF record",
                      instead.len ? "; meant is probably " : "", S(instead));
    else if (n->state == SPF_NODE_SEVERAL)
        c = SPF_FAULT(a, CHECK_FAIL, "broken-include",
                      "%.*s in the SPF record of %.*s leads to more than one SPF record", S(term), S(of));
    else if (n->state == SPF_NODE_WRONG)
        c = SPF_FAULT(a, CHECK_FAIL, "broken-include",
                      "%.*s in the SPF record of %.*s leads to a record with an error at "
                      "\"%.*s\": %.*s",
                      S(term), S(of), S(spf_auditing_shown(a, n->record.wrong)), S(n->record.error));
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
    spf_auditing_replace(a, top->term, n == top ? instead : SLICE_EMPTY);
    spf_auditing_mend(a, c, how);
}

/* An included record that lets everybody pass, or half the world: a provider's networks may be as large as a
 * /8. */
static void judge_included(struct spf_auditing *a, const struct spf_node *n) {
    const struct spf_term *t = n->state == SPF_NODE_READ ? n->record.terms : NULL;
    while (t && !((t->kind == SPF_ALL || (spf_network_is_huge(t) && t->network.prefix < 8)) &&
                  t->qualifier == '+'))
        t = t->next;
    if (!t || n->term->kind != SPF_INCLUDE)
        return;
    const struct spf_node *top = top_of(n);
    spf_auditing_leave_out(a, top->term);
    spf_auditing_mend(
        a,
        SPF_FAULT(a, CHECK_FAIL, "pass-all",
                  "%.*s in the SPF record of %.*s leads to a record with %.*s: nearly every address of the "
                  "world passes, "
                  "and anybody can send in its name",
                  S(spf_auditing_shown(a, n->term->text)), S(n->parent->domain),
                  S(spf_auditing_shown(a, t->text))),
        "Take the include out, until its provider has corrected its record.");
}

static void judge_ptr(struct spf_auditing *a, const struct spf_node *n) {
    const struct spf_term *t = n->state == SPF_NODE_READ ? n->record.terms : NULL;
    while (t && t->kind != SPF_PTR)
        t = t->next;
    if (t)
        check_remedy(
            a->list,
            SPF_FAULT(a, CHECK_WARNING, "ptr",
                      "%.*s in the SPF record of %.*s leads to a record with ptr, which should not be "
                      "used: it is slow, and some receivers skip it (RFC 7208 section 5.5)",
                      S(spf_auditing_shown(a, n->term->text)), S(n->parent->domain)),
            TEXT(a->list, "Ask who keeps the record of %.*s to name its servers by ip4:, ip6: or a:.",
                 S(spf_auditing_shown(a, n->domain))));
}

static void find_nodes(struct spf_auditing *a) {
    unsigned before = a->faults;
    for (const struct spf_node *n = spf_tree_next(&a->tree.root); n && a->faults - before < SPF_MOST_FAULTS;
         n = spf_tree_next(n)) {
        judge_node(a, n);
        judge_included(a, n);
        judge_ptr(a, n);
    }
}

static void find_cost(struct spf_auditing *a) {
    unsigned lookups = a->tree.root.lookups;
    if (lookups <= SPF_MOST_LOOKUPS || a->tree.is_cut)
        return;
    struct check *c =
        SPF_FAULT(a, CHECK_FAIL, "too-many-lookups",
                  "the SPF record of %.*s needs %u look-ups, and %d are allowed (RFC 7208 section 4.6.4): "
                  "receivers come to permerror for servers that stand behind the tenth: %.*s",
                  S(a->domain), lookups, SPF_MOST_LOOKUPS, S(spf_tree_sums(&a->tree.root, a->list->arena)));
    if (lookups - a->repeated <= SPF_MOST_LOOKUPS) {
        spf_auditing_mend(a, c, "Leave out what stands twice: without that, they are few enough.");
        return;
    }
    a->flat_count = spf_flatten(&a->tree, a->list->resolver, a->flat);
    if (!a->flat_count) {
        check_remedy(
            a->list, c,
            SLICE("Take out what no longer sends for you, or give each provider a subdomain of its own."));
        return;
    }
    spf_auditing_mend(
        a, c,
        "Take out what no longer sends for you; or give each provider a subdomain of its own; or publish "
        "the addresses "
        "themselves (below), and renew them when a provider changes its own.");
    for (size_t i = 1; i < a->flat_count; i++)
        check_propose(a->list, c, TEXT(a->list, "_spf%zu.%.*s", i, S(a->domain)), "TXT", a->flat[i]);
}

/* The host of a term that has no address at all: a look-up that finds nothing (section 4.6.4 allows two). */
static bool finds_nothing(struct spf_auditing *a, const struct spf_node *n, const struct spf_term *t) {
    struct slice target = t->domain.len ? t->domain : n->domain;
    if ((t->kind != SPF_A && t->kind != SPF_MX && t->kind != SPF_EXISTS) ||
        slice_find_char(target, '%') < target.len)
        return false;
    if (t->kind == SPF_EXISTS)
        return dns_is_none(dns_lookup(a->list->resolver, target, DNS_A).status);
    if (t->kind == SPF_MX)
        return dns_is_none(dns_lookup(a->list->resolver, target, DNS_MX).status);
    return dns_is_none(host_addresses(a->list->resolver, target).status);
}

static void find_many_hosts(struct spf_auditing *a) {
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
        spf_auditing_leave_out(a, t);
        spf_auditing_mend(
            a,
            SPF_FAULT(
                a, CHECK_FAIL, "too-many-hosts",
                "%.*s in the SPF record of %.*s has %u hosts, and %d are allowed (RFC 7208 section 4.6.4): "
                "receivers come to permerror",
                S(spf_auditing_shown(a, t->text)), S(a->domain), hosts, MOST_MX),
            "Name the addresses from which they send, by ip4: and ip6:.");
    }
}

static void find_void(struct spf_auditing *a) {
    unsigned before = a->faults;
    for (const struct spf_node *n = &a->tree.root; n; n = spf_tree_next(n))
        for (const struct spf_term *t = n->record.terms; t && a->faults - before < SPF_MOST_FAULTS;
             t = t->next)
            if (n->state == SPF_NODE_READ && finds_nothing(a, n, t)) {
                struct check *c =
                    SPF_FAULT(a, CHECK_WARNING, "void-lookup",
                              "%.*s in the SPF record of %.*s finds nothing: %s; receivers stop at the third "
                              "such look-up (RFC 7208 section 4.6.4)",
                              S(spf_auditing_shown(a, t->text)), S(n->domain),
                              t->kind == SPF_MX ? "there is no MX" : "that name has no address");
                if (n == &a->tree.root) {
                    spf_auditing_leave_out(a, t);
                    spf_auditing_mend(
                        a, c, TEXT(a->list, "Take \"%.*s\" out.", S(spf_auditing_shown(a, t->text))).ptr);
                }
            }
}

/* Where the explanation stands; empty: the mail decides, by a macro other than the domain of the record. */
static struct slice place_of_explanation(struct spf_auditing *a, struct slice spec) {
    struct slice out = SLICE_EMPTY;
    struct spf_macro m;
    bool is_wrong;
    while (spf_macro_next(&spec, &m, &is_wrong)) {
        if (m.letter && (m.letter != 'd' || m.is_escape || m.keep || m.is_reversed || m.delimiters.len))
            return SLICE_EMPTY;
        out = TEXT(a->list, "%.*s%.*s", S(out), S(m.letter ? a->domain : m.text));
    }
    return is_wrong ? SLICE_EMPTY : out;
}

/* Is it ASCII with right macros, as an explanation must be (RFC 7208 section 6.2)? */
static bool is_explanation(struct slice text) {
    struct spf_macro m;
    bool is_wrong;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x7f || text.ptr[i] < ' ')
            return false;
    while (spf_macro_next(&text, &m, &is_wrong))
        ;
    return !is_wrong;
}

/* What is wrong with the explanation, in words; NULL: nothing that is known. */
static const char *wrong_explanation(struct spf_auditing *a, struct slice name) {
    struct dns_answer answer = dns_lookup(a->list->resolver, name, DNS_TXT);
    if (dns_is_none(answer.status))
        return answer.status == DNS_NXDOMAIN ? "there is no such name" : "that name has no text (TXT)";
    if (answer.status != DNS_FOUND)
        return NULL;
    if (answer.records->next)
        return "more than one text (TXT) stands there";
    if (spf_record_is(answer.records->text))
        return "an SPF record stands there, and no text";
    return is_explanation(answer.records->text) ? NULL
                                                : "its text is not plain ASCII, or has a macro that is wrong";
}

static void find_explanation(struct spf_auditing *a) {
    const struct spf_term *exp = a->tree.root.record.exp;
    struct slice name = exp ? place_of_explanation(a, exp->domain) : SLICE_EMPTY;
    const char *wrong = name.len ? wrong_explanation(a, name) : NULL;
    if (!wrong)
        return;
    spf_auditing_leave_out(a, exp);
    spf_auditing_mend(
        a,
        SPF_FAULT(a, CHECK_WARNING, "explanation",
                  "%.*s of the SPF record of %.*s leads to no explanation: %s (%.*s); receivers "
                  "refuse without it (RFC 7208 section 6.2)",
                  S(spf_auditing_shown(a, exp->text)), S(a->domain), wrong, S(spf_auditing_shown(a, name))),
        "Publish one line of plain text there, or take exp= out.");
}

void spf_audit_led(struct spf_auditing *a) {
    find_nodes(a);
    find_cost(a);
    find_void(a);
    find_many_hosts(a);
    find_explanation(a);
}
