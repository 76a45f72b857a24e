/* The DNS tree walk: see dmarc_walk.h. */
#include "analyze/auth/dmarc_walk.h"

#include "parsers/dns/name.h"
#include "parsers/dns/tags.h"

#define LABELS_KEPT 7 /* of a name with eight or more, behind the first query */

/* Was it meant to be one? Nothing else belongs at such a name. */
static bool is_like_record(struct slice text) {
    return slice_find_nocase(text, SLICE("dmarc")) < text.len || tag_find(text, SLICE("p")).len;
}

void dmarc_find(struct slice domain, struct resolver *resolver, struct dmarc_at *at) {
    struct slice name = arena_printf(resolver->arena, "_dmarc.%.*s", S(domain));
    struct dns_answer answer = dns_lookup(resolver, name, DNS_TXT);
    *at = (struct dmarc_at){.domain = domain, .status = answer.status};
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (dmarc_record_is(r->text) && at->count++ == 0)
            at->text = r->text;
        else if (!at->like.len && is_like_record(r->text))
            at->like = r->text;
    if (answer.status == DNS_FOUND && (at->count != 1 || !dmarc_record_parse(at->text, &at->record)))
        at->status = DNS_NODATA;
}

static size_t count_labels(struct slice name) {
    size_t count = 0;
    for (; name.len; name = dns_name_parent(name))
        count++;
    return count;
}

static struct slice last_labels(struct slice name, size_t count) {
    for (size_t have = count_labels(name); have > count; have--)
        name = dns_name_parent(name);
    return name;
}

static bool ends_walk(const struct dmarc_at *at) {
    return at->status == DNS_FOUND && at->record.psd != 'u';
}

static void take_steps(struct dmarc_walk *walk, struct slice domain, struct resolver *resolver) {
    size_t labels = count_labels(domain);
    for (struct slice name = domain; name.len && walk->count < DMARC_MOST_STEPS;) {
        struct dmarc_at *at = &walk->steps[walk->count++];
        dmarc_find(name, resolver, at);
        if (ends_walk(at))
            break;
        name =
            walk->count == 1 && labels > LABELS_KEPT ? last_labels(name, LABELS_KEPT) : dns_name_parent(name);
    }
}

/* The organisation's record, where it has one, into *found (section 4.10.2). */
static struct slice select_organisation(struct dmarc_walk *walk, const struct dmarc_at **found) {
    struct slice start = walk->steps[0].domain;
    const struct dmarc_at *top = NULL;
    for (unsigned i = 0; i < walk->count; i++) {
        const struct dmarc_at *at = &walk->steps[i];
        if (at->status != DNS_FOUND)
            continue;
        if (i > 0 && at->record.psd == 'y') { /* the name one label below it */
            struct slice below = last_labels(start, count_labels(at->domain) + 1);
            walk->suffix = at;
            *found = top && slice_equal_nocase(top->domain, below) ? top : NULL;
            return below;
        }
        top = at;
    }
    *found = top;
    return top ? top->domain : start;
}

/* What a suffix publishes is seldom in a snapshot, and seldom anything. */
static bool is_trouble(const struct dmarc_at *at, struct slice list_organisation) {
    bool is_suffix = at->domain.len < list_organisation.len;
    return dns_is_failure(at->status) || (at->status == DNS_UNKNOWN && !is_suffix);
}

void dmarc_walk_tree(struct slice domain, struct slice list_organisation, struct resolver *resolver,
                     struct dmarc_walk *walk) {
    const struct dmarc_at *of_organisation;
    *walk = (struct dmarc_walk){0};
    take_steps(walk, domain, resolver);
    walk->organisation = domain;
    if (!walk->count)
        return;
    walk->organisation = select_organisation(walk, &of_organisation);
    const struct dmarc_at *own = &walk->steps[0];
    walk->policy = own->status == DNS_FOUND ? own : of_organisation ? of_organisation : walk->suffix;
    for (unsigned i = 0; i < walk->count && !walk->above_trouble; i++)
        if (is_trouble(&walk->steps[i], list_organisation))
            walk->above_trouble = &walk->steps[i];
    if (own->status != DNS_FOUND)
        walk->own_trouble = walk->above_trouble;
}
