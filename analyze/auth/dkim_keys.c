/* Which of the keys at a name is that of a signature: see dkim_keys.h. */
#include "analyze/auth/dkim_keys.h"

#include "parsers/base/address.h"

const char *dkim_wrong_key(const struct published_key *p, const struct signature *s) {
    const char *wrong = key_misfit(&p->key, s);
    if (!wrong && p->key.is_strict && s->identity.len &&
        !slice_equal_nocase(address_domain(s->identity), s->domain))
        wrong = "the key is for d= alone (t=s), and i= names a subdomain of it";
    return wrong;
}

EVP_PKEY *dkim_other_key(struct dkim_checker *checker, const struct signature *s, const GString *text,
                         struct published_key *p) {
    for (const struct other_key *o = p->others; o; o = o->next) {
        struct published_key other = *p;
        other.text = o->text;
        other.key = o->key;
        EVP_PKEY *key = dkim_wrong_key(&other, s) ? NULL : dkim_checker_key(checker, &other);
        if (!key || !signature_holds(key, s, text))
            continue;
        *p = other;
        return key;
    }
    return NULL;
}
