/* DNS block lists (RFC 5782), as the snapshot holds their answers: all that the rules know. */
#include "analyze/auth/blocklist_check.h"

#include "analyze/auth/blocklist_question.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"
#include "parsers/base/text.h"

struct listing {
    struct check_list *list;
    const struct blocklist *blocklist;
    unsigned asked, open;
};

/* What the list says that an answer means. */
static const char *meaning_of(const struct blocklist *b, struct slice answer) {
    for (const char *const *a = b->answers; a && *a; a += 2)
        if (slice_equal(slice_of(a[0]), answer))
            return a[1];
    return NULL;
}

/* "CSS" of "CSS, recent spam or low reputation"; empty: it names no part of the list. */
static struct slice part_of(const char *meaning) {
    struct slice s = slice_of(meaning);
    size_t capitals = 0;
    while (capitals < s.len && s.ptr[capitals] >= 'A' && s.ptr[capitals] <= 'Z')
        capitals++;
    return capitals > 1 ? slice_upto(s, capitals) : SLICE_EMPTY;
}

/* 127.255.255.0/24 tells of the one who asks, not of what was asked for; so do answers outside 127/8, of
 * domains that were sold (RFC 5782 section 2.1). */
static bool is_error(const struct ip *ip) {
    return ip->bytes[0] != 127 || (ip->bytes[1] == 255 && ip->bytes[2] == 255);
}

static void note_listing(struct listing *l, struct slice subject, const struct dns_record *r,
                         struct slice name) {
    struct check_list *list = l->list;
    const char *zone = l->blocklist->zones[0];
    struct slice answer = ip_text(list->arena, &r->ip);
    const char *meaning = meaning_of(l->blocklist, answer);
    if (is_error(&r->ip)) {
        check_add(list, &blocklist_check, CHECK_UNCHECKED, "error", slice_of(l->blocklist->id),
                  TEXT(list, "%s (%s) answers %.*s for %.*s: %s", l->blocklist->name, zone, S(answer),
                       S(subject), meaning ? meaning : "an error in how the list was asked, not a listing"));
        return;
    }
    struct dns_answer why = dns_lookup(list->resolver, name, DNS_TXT);
    struct slice words = why.records ? text_shown(list->arena, why.records->text, 200) : SLICE_EMPTY;
    struct check *c = check_add(list, &blocklist_check, CHECK_FAIL, "listed", slice_of(l->blocklist->id),
                                TEXT(list, "%.*s is listed by %s (%s answers %.*s%s%s)%s%.*s", S(subject),
                                     l->blocklist->name, zone, S(answer), meaning ? ": " : "",
                                     meaning ? meaning : "", words.len ? "; the list says: " : "", S(words)));
    c->means = part_of(meaning);
    if (l->blocklist->removal)
        check_remedy(list, c,
                     TEXT(list, "Fix the cause first. Removal from %s (%s): %s.", l->blocklist->name,
                          l->blocklist->removal, l->blocklist->who));
}

bool blocklist_is_silent(struct resolver *resolver, const struct blocklist *b) {
    return resolver->snapshot && blocklist_holds_addresses(b) &&
           snapshot_denies(resolver->snapshot, blocklist_test_entry(b, resolver->arena), DNS_A);
}

/* Of the domain, else of the transaction's address. */
static void look_up(struct listing *l, const struct transaction *s, struct slice domain) {
    struct check_list *list = l->list;
    struct slice name = blocklist_question(l->blocklist, &s->ip, domain, list->arena);
    struct slice subject = domain.len ? domain : ip_text(list->arena, &s->ip);
    struct dns_answer answer = dns_lookup(list->resolver, name, DNS_A);
    l->asked++;
    l->open += dns_is_open(answer.status) ||
               (dns_is_none(answer.status) && blocklist_is_silent(list->resolver, l->blocklist));
    for (const struct dns_record *r = answer.records; r; r = r->next)
        note_listing(l, subject, r, name);
}

static void check_blocklists(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    const struct transaction *s = &context->auth->transaction;
    const struct rulebase *rules = context->tools->rules;
    const struct rule_list *all = &rules->lists[RULES_BLOCKLISTS];
    struct listing l = {.list = list};
    struct check **before = list->end;
    struct slice sender = address_domain(s->sender);
    for (size_t i = 0; i < all->count; i++) {
        l.blocklist = all->items[i];
        if (l.blocklist->closed || !blocklist_can_be_asked(l.blocklist))
            continue;
        bool has_domains = blocklist_holds_domains(l.blocklist);
        if (has_domains && s->from_domain.len && blocklist_may_hear(&s->ip, s->from_domain))
            look_up(&l, s, s->from_domain);
        if (has_domains && sender.len && blocklist_may_hear(&s->ip, sender) &&
            !slice_equal_nocase(sender, s->from_domain))
            look_up(&l, s, sender);
        if (blocklist_holds_addresses(l.blocklist) && blocklist_may_hear(&s->ip, SLICE_EMPTY))
            look_up(&l, s, SLICE_EMPTY);
    }
    if (*before || !l.asked)
        return;
    if (l.open)
        check_add(list, &blocklist_check, CHECK_UNCHECKED, "unchecked", SLICE_EMPTY,
                  TEXT(list, "what %u of %u block lists say is not known%s", l.open, l.asked,
                       l.open < l.asked ? "; no listing in the others" : ""));
    else
        check_add(list, &blocklist_check, CHECK_PASS, "pass", SLICE_EMPTY,
                  TEXT(list, "not on any of %u block lists", l.asked));
}

const struct check_kind blocklist_check = {
    .id = "blocklist", .label = "Block lists", .run = check_blocklists};
