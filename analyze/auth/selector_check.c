/* The DKIM keys of a domain that has not written yet: see selector_check.h. */
#include "analyze/auth/selector_check.h"

#include "analyze/auth/dkim_check.h"
#include "analyze/auth/engine.h"
#include "analyze/auth/published_key.h"

/* What signers and providers call their keys by default. */
static const char *const usual_selectors[] = {
    "default", "dkim", "mail", "google", "selector1", "selector2", "s1",       "s2",   "k1",    "k2", "key1",
    "mx",      "smtp", "fm1",  "fm2",    "fm3",       "zoho",      "mandrill", "sig1", "dkim1", "x"};

static void check_key(struct auth *auth, const struct published_key *p, const char *selector) {
    struct check_list *list = &auth->checks;
    struct slice domain = auth->transaction.from_domain;
    if (p->is_usable && !p->key.is_revoked) {
        bool is_rsa;
        unsigned bits = engine()->key_bits(&p->key, &is_rsa);
        bool is_short = is_rsa && bits < DKIM_LEAST_BITS;
        if (bits && !is_short)
            check_add(list, &dkim_check, CHECK_PASS, "key", domain,
                      TEXT(list, "a DKIM key is published under the selector %s (%.*s, %u bits)", selector,
                           S(p->key.type), bits));
        else
            check_add(list, &dkim_check, CHECK_FAIL, is_short ? "short-key" : "bad-key", domain,
                      TEXT(list, "the DKIM key under the selector %s %s", selector,
                           is_short ? "has under 1024 bits: receivers ignore it" : "cannot be read"));
    } else {
        const char *why = p->key.is_revoked ? "was revoked (p= is empty)" : p->key.error;
        struct check *c =
            check_add(list, &dkim_check, CHECK_FAIL, "bad-key", domain,
                      TEXT(list, "the record under the selector %s is not a usable key: %s", selector, why));
        check_remedy(list, c, TEXT(list, "Publish the signer's public key at %.*s.", S(p->name)));
    }
}

static void add_absent(struct auth *auth, unsigned open, bool is_named, bool has_none) {
    struct check_list *list = &auth->checks;
    struct slice domain = auth->transaction.from_domain;
    if (is_named || has_none) {
        struct check *c = check_add(list, &dkim_check, CHECK_FAIL, "no-key", domain,
                                    TEXT(list, "no DKIM key is published %s %.*s",
                                         is_named ? "under the selectors given for" : "by", S(domain)));
        check_remedy(list, c,
                     TEXT(list,
                          "Make a key (opendkim-genkey, rspamadm dkim_keygen), publish it at "
                          "SELECTOR._domainkey.%.*s, and have "
                          "the server sign with d=%.*s.",
                          S(domain), S(domain)));
    } else {
        check_add(list, &dkim_check, CHECK_UNCHECKED, open ? "unchecked" : "unknown", domain,
                  TEXT(list,
                       "no DKIM key is published under the usual selectors of %.*s%s; name the one that is "
                       "used with --selector",
                       S(domain), open ? " that the snapshot contains" : ""));
    }
}

void auth_check_selectors(struct auth *auth, const char *const *selectors, size_t count) {
    struct resolver *resolver = &auth->resolver;
    struct slice domain = auth->transaction.from_domain;
    bool is_named = count > 0;
    unsigned found = 0;
    unsigned open = 0;
    if (!is_named) {
        selectors = usual_selectors;
        count = G_N_ELEMENTS(usual_selectors);
    }
    for (size_t i = 0; i < count; i++) {
        struct published_key p;
        key_find(&p, slice_of(selectors[i]), domain, resolver);
        bool is_open = dns_is_open(p.status);
        open += is_open;
        if (p.status == DNS_FOUND) {
            check_key(auth, &p, selectors[i]);
            found++;
        } else if (is_open && is_named) {
            check_add(&auth->checks, &dkim_check, CHECK_UNCHECKED, "unchecked", domain,
                      TEXT(&auth->checks, "the DKIM key under the selector %s is not known: %s", selectors[i],
                           dns_status_words(p.status)));
            found++;
        }
    }
    /* Where nothing at all stands below _domainkey, there is no key under any selector (RFC 8020). */
    struct dns_answer above =
        dns_lookup(resolver, arena_printf(resolver->arena, "_domainkey.%.*s", S(domain)), DNS_TXT);
    if (!found)
        add_absent(auth, open, is_named, above.status == DNS_NXDOMAIN);
}
