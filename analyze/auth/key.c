/* Published DKIM keys: see dkim.h. */
#include "analyze/auth/dkim.h"

void key_find(struct published_key *p, struct slice selector, struct slice domain,
              struct resolver *resolver) {
    *p = (struct published_key){
        .name = arena_printf(resolver->arena, "%.*s._domainkey.%.*s", S(selector), S(domain))};
    struct dns_answer answer = dns_lookup(resolver, p->name, DNS_TXT);
    p->status = answer.status;
    for (const struct dns_record *r = answer.records; r; r = r->next) {
        if (p->records++ && p->is_usable)
            continue;
        p->text = r->text;
        p->is_usable = dkim_key_parse(r->text, resolver->arena, &p->key);
    }
}

bool domain_is_within(struct slice name, struct slice domain) {
    size_t more = name.len - domain.len;
    return domain.len && name.len >= domain.len && slice_ends_nocase(name, domain) &&
           (more == 0 || name.ptr[more - 1] == '.');
}
