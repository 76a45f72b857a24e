/* Published keys: see published_key.h. */
#include "analyze/auth/published_key.h"

#include "parsers/dns/tags.h"

#define MOST_OTHERS 5 /* records of one name that are kept */

static void add_other(struct published_key *p, struct slice text, struct arena *arena) {
    struct other_key *other = ARENA_NEW(arena, struct other_key);
    *other = (struct other_key){.next = p->others, .text = text};
    if (dkim_key_parse(text, arena, &other->key))
        p->others = other;
}

void key_find(struct published_key *p, struct slice selector, struct slice domain,
              struct resolver *resolver) {
    *p = (struct published_key){
        .name = arena_printf(resolver->arena, "%.*s._domainkey.%.*s", S(selector), S(domain))};
    struct dns_answer answer = dns_lookup(resolver, p->name, DNS_TXT);
    p->status = answer.status;
    dns_is_alias(resolver, p->name, &p->alias);
    for (const struct dns_record *r = answer.records; r; r = r->next) {
        if (p->records++ && p->is_usable) {
            if (p->records <= MOST_OTHERS)
                add_other(p, r->text, resolver->arena);
            continue;
        }
        p->is_usable = dkim_key_parse(r->text, resolver->arena, &p->key);
        p->text = r->text;
    }
}

const char *key_misfit(const struct dkim_key *key, const struct signature *s) {
    size_t dash = slice_find_char(s->algorithm, '-');
    if (!slice_equal_nocase(slice_upto(s->algorithm, dash), key->type))
        return "the type of the key (k=) does not match that of the signature (a=)";
    if (key->hashes.len && !tag_holds(key->hashes, ':', slice_from(s->algorithm, dash + 1)))
        return "the key does not allow the hash that the signature uses (h= of the key)";
    return NULL;
}
