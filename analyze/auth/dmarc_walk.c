/* The tree walk of DMARCbis: see dmarc_walk.h. */
#include "analyze/auth/dmarc_walk.h"
#include "parsers/dns/name.h"

#define MOST_STEPS 8 /* look-ups of one walk */

enum dns_status dmarc_find(struct slice domain, struct resolver *resolver, struct slice *text) {
    struct slice name = arena_printf(resolver->arena, "_dmarc.%.*s", S(domain));
    struct dns_answer answer = dns_lookup(resolver, name, DNS_TXT);
    unsigned count = 0;
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (dmarc_record_is(r->text)) {
            *text = r->text;
            count++;
        }
    return answer.status != DNS_FOUND ? answer.status : count == 1 ? DNS_FOUND : DNS_NODATA;
}

static size_t count_labels(struct slice name) {
    size_t count = 0;
    for (; name.len; name = dns_name_parent(name))
        count++;
    return count;
}

struct walking {
    struct dmarc_walk *walk;
    struct slice start, below; /* below: the name one step down */
    bool is_decided;
};

/* What the record at one step decides. */
static void take_record(struct walking *w, struct slice name, struct slice text) {
    struct dmarc_record record;
    struct dmarc_walk *walk = w->walk;
    dmarc_record_parse(text, &record);
    bool is_start = name.len == w->start.len;
    if (is_start || walk->found_at.len != w->start.len) { /* its own record wins; else the topmost */
        walk->found_at = name;
        walk->record = record;
    }
    walk->organisation = name;
    w->is_decided = record.psd == 'n';
    if (record.psd == 'y' && !is_start) {
        walk->organisation = w->below;
        w->is_decided = true;
    }
}

void dmarc_walk_tree(struct slice domain, struct resolver *resolver, struct dmarc_walk *walk) {
    struct walking w = {.walk = walk, .start = domain, .below = domain};
    struct slice text;
    *walk = (struct dmarc_walk){0};
    for (int i = 0; i < MOST_STEPS && domain.len && !w.is_decided; i++) {
        enum dns_status status = dmarc_find(domain, resolver, &text);
        walk->is_missing |= status == DNS_UNKNOWN;
        if (status == DNS_FOUND)
            take_record(&w, domain, text);
        w.below = domain;
        domain = dns_name_parent(domain);
        while (i == 0 && count_labels(domain) >= MOST_STEPS)
            domain = dns_name_parent(domain);
    }
}
