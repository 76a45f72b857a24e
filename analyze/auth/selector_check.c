/* The DKIM keys of a domain that has not written yet: see selector_check.h. */
#include "analyze/auth/selector_check.h"

#include "analyze/auth/alias_audit.h"
#include "analyze/auth/engine.h"
#include "analyze/auth/key_damage.h"
#include "analyze/auth/published_key.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"
#include "parsers/dns/tags.h"

#define ADVISED_BITS 2048 /* of RSA (RFC 8301 section 3.2) */
#define MOST_TAGS    20   /* of a record that is put right */

/* What signers and providers call their keys by default. */
static const char *const usual_selectors[] = {
    "default", "dkim", "mail", "google", "selector1", "selector2", "s1",       "s2",   "k1",    "k2", "key1",
    "mx",      "smtp", "fm1",  "fm2",    "fm3",       "zoho",      "mandrill", "sig1", "dkim1", "x"};

struct reading {
    const struct check_kind *kind;
    struct check_list *list;
    struct slice domain;
    bool is_named;        /* the selectors were given */
    struct slice damaged; /* the last record that is no key: a wildcard answers under all names */
    unsigned found, open, revoked;
    unsigned keys, ed25519; /* that can be used */
};

#define FOUND(r, outcome, result, ...)                                                                       \
    check_add((r)->list, (r)->kind, (outcome), (result), (r)->domain, TEXT((r)->list, __VA_ARGS__))

static const char new_key[] =
    "Make a new RSA key of 2048 bits under another selector (opendkim-genkey -b 2048, rspamadm "
    "dkim_keygen -b 2048), publish it, then sign with it.";

/* The record without the tag, as it should be. */
static void propose_without(struct reading *r, struct check *c, const struct published_key *p,
                            const char *name) {
    struct slice out = SLICE_EMPTY;
    struct slice rest = p->text;
    struct tag tag;
    bool is_wrong = false;
    for (unsigned i = 0; i < MOST_TAGS && tag_next(&rest, &tag, &is_wrong); i++)
        if (!slice_equal_nocase(tag.name, slice_of(name)))
            out = TEXT(r->list, "%.*s%s%.*s=%.*s", S(out), out.len ? "; " : "", S(tag.name), S(tag.value));
    check_remedy(r->list, c, TEXT(r->list, "Take %s= out of the record at %.*s.", name, S(p->name)));
    check_propose(r->list, c, p->name, "TXT", out);
}

/* An RSA key under k=ed25519: those have 32 bytes (RFC 8463 section 4). */
static bool is_other_type(const struct published_key *p) {
    return slice_equal_nocase(p->key.type, SLICE("ed25519")) && p->key.bytes.len > 100 &&
           (unsigned char)p->key.bytes.ptr[0] == 0x30;
}

static void judge_strength(struct reading *r, const struct published_key *p, const char *selector) {
    bool is_rsa;
    unsigned bits = engine()->key_bits(&p->key, &is_rsa);
    struct check *c = NULL;
    struct slice damage = bits || is_other_type(p) ? SLICE_EMPTY : key_damage(p->text, r->list->arena);
    if (!bits)
        c = FOUND(r, CHECK_FAIL, "bad-key", "the DKIM key under the selector %s cannot be read%s%s%.*s",
                  selector, is_other_type(p) ? ": k= says ed25519, but it is an RSA key" : "",
                  damage.len ? ": " : "", S(damage));
    else if (is_rsa && bits < DKIM_LEAST_BITS)
        c = FOUND(r, CHECK_FAIL, "short-key",
                  "the DKIM key under the selector %s has %u bits: receivers ignore those under 1024 (RFC "
                  "8301 section "
                  "3.2), and anybody can compute its private half",
                  selector, bits);
    else if (is_rsa && bits < ADVISED_BITS)
        c = FOUND(r, CHECK_WARNING, "weak-key",
                  "the DKIM key under the selector %s has %u bits: it counts, but signers should use 2048 "
                  "(RFC 8301 "
                  "section 3.2)",
                  selector, bits);
    else
        FOUND(r, CHECK_PASS, "key", "a DKIM key is published under the selector %s (%.*s, %u bits)", selector,
              S(p->key.type), bits);
    if (!bits && is_other_type(p))
        propose_without(r, c, p, "k");
    else if (c)
        check_remedy(r->list, c, slice_of(new_key));
    r->keys += bits > 0;
    r->ed25519 += bits > 0 && !is_rsa;
}

static void judge_flags(struct reading *r, const struct published_key *p, const char *selector) {
    if (p->key.is_testing)
        propose_without(
            r,
            FOUND(r, CHECK_WARNING, "testing",
                  "the DKIM key under the selector %s says that its domain is only testing (t=y): "
                  "receivers may "
                  "treat its signatures as none (RFC 6376 section 3.6.1)",
                  selector),
            p, "t");
    if (p->key.hashes.len && !tag_holds(p->key.hashes, ':', SLICE("sha256")))
        propose_without(
            r,
            FOUND(r, CHECK_FAIL, "sha1-only",
                  "the DKIM key under the selector %s allows only %.*s (h=), and receivers take only sha256 "
                  "(RFC 8301 section 3.1): no signature with it counts",
                  selector, S(text_clean_line(r->list->arena, text_upto(p->key.hashes, 60)))),
            p, "h");
    if (p->records > 1)
        check_remedy(r->list,
                     FOUND(r, CHECK_WARNING, "several-keys",
                           "%u records stand under the selector %s: receivers use any of them, or none (RFC "
                           "6376 section "
                           "3.6.2.2)",
                           p->records, selector),
                     TEXT(r->list, "Leave one record at %.*s.", S(p->name)));
}

static void judge_unusable(struct reading *r, const struct published_key *p, const char *selector) {
    if (slice_equal(r->damaged, p->text))
        return;
    r->damaged = p->text;
    struct slice damage = key_damage(p->text, r->list->arena);
    struct slice right = key_mended(p->text, r->list->arena);
    struct check *c =
        FOUND(r, CHECK_FAIL, "bad-key", "the record under the selector %s is not a usable key: %s%s%.*s%s",
              selector, p->key.error, damage.len ? " (" : "", S(damage), damage.len ? ")" : "");
    check_remedy(r->list, c, TEXT(r->list, "Publish the signer's public key at %.*s.", S(p->name)));
    if (right.len)
        check_propose(r->list, c, p->name, "TXT", right);
}

static void check_key(struct reading *r, const struct published_key *p, const char *selector) {
    if (!p->is_usable) {
        judge_unusable(r, p, selector);
    } else if (p->key.is_revoked && r->is_named) {
        struct check *c = FOUND(
            r, CHECK_FAIL, "bad-key",
            "the record under the selector %s is not a usable key: was revoked (p= is empty)", selector);
        check_remedy(r->list, c, TEXT(r->list, "Publish the signer's public key at %.*s.", S(p->name)));
    } else if (p->key.is_revoked) {
        r->revoked++;
        FOUND(r, CHECK_PASS, "revoked", "the DKIM key under the selector %s was revoked, as retired keys are",
              selector);
    } else {
        judge_strength(r, p, selector);
        judge_flags(r, p, selector);
    }
}

/* Nothing is found, though the name leads somewhere. */
static bool judge_alias(struct reading *r, const struct published_key *p, const char *selector) {
    if (!p->alias.len || !dns_is_none(p->status))
        return false;
    struct slice target = dns_name_show(r->list->arena, p->alias);
    struct check *c = FOUND(r, CHECK_FAIL, "dangling-alias",
                            "the selector %s is an alias (CNAME) of %.*s, where there is no key: %s",
                            selector, S(target), dns_status_words(p->status));
    check_remedy(r->list, c,
                 TEXT(r->list,
                      "Ask the provider behind %.*s to publish the key, correct the CNAME at %.*s, or remove "
                      "it.",
                      S(target), S(p->name)));
    return true;
}

/* The key stands at a name at which no receiver looks for it. */
static bool judge_misplaced(struct reading *r, const struct published_key *p, const char *selector) {
    const struct {
        struct slice name;
        const char *why;
    } names[] = {
        {TEXT(r->list, "%.*s.%.*s", S(p->name), S(r->domain)), "the domain was appended twice"},
        {TEXT(r->list, "%s.%.*s", selector, S(r->domain)), "._domainkey is missing"},
        {TEXT(r->list, "%s.domainkey.%.*s", selector, S(r->domain)), "the underscore is missing"},
        {TEXT(r->list, "_domainkey.%s.%.*s", selector, S(r->domain)), "the order is wrong"},
    };
    if (!dns_is_none(p->status) || !r->is_named)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct dns_answer answer = dns_lookup(r->list->resolver, names[i].name, DNS_TXT);
        const struct dns_record *d = answer.records;
        struct dkim_key key;
        while (d && !(dkim_key_parse(d->text, r->list->arena, &key) && tag_find(d->text, SLICE("p")).len))
            d = d->next;
        if (!d)
            continue;
        struct check *c =
            FOUND(r, CHECK_FAIL, "misplaced",
                  "the DKIM key of the selector %s stands at %.*s, where no receiver looks for it "
                  "(%s): it belongs at %.*s",
                  selector, S(names[i].name), names[i].why, S(p->name));
        check_remedy(r->list, c,
                     SLICE("Publish the record at its name; many forms append the domain by themselves."));
        check_propose(r->list, c, p->name, "TXT", d->text);
        return true;
    }
    return false;
}

/* A key at _domainkey itself, with no selector before it. */
static bool judge_without_selector(struct reading *r, const struct dns_answer *above, struct slice name) {
    const struct dns_record *d = above->status == DNS_FOUND ? above->records : NULL;
    struct dkim_key key;
    while (d && !(dkim_key_parse(d->text, r->list->arena, &key) && key.bytes.len))
        d = d->next;
    if (!d)
        return false;
    check_remedy(r->list,
                 FOUND(r, CHECK_FAIL, "misplaced",
                       "a DKIM key stands at %.*s, where no receiver looks for it: before _domainkey belongs "
                       "the selector that the signer uses (s= of its signatures)",
                       S(name)),
                 TEXT(r->list, "Publish the record at SELECTOR.%.*s.", S(name)));
    return true;
}

static void add_absent(struct reading *r, bool has_none) {
    if (r->is_named || has_none) {
        struct check *c = FOUND(r, CHECK_FAIL, "no-key", "no DKIM key is published %s %.*s",
                                r->is_named ? "under the selectors given for" : "by", S(r->domain));
        check_remedy(r->list, c,
                     TEXT(r->list,
                          "Make a key (opendkim-genkey, rspamadm dkim_keygen), publish it at "
                          "SELECTOR._domainkey.%.*s, and have "
                          "the server sign with d=%.*s.",
                          S(r->domain), S(r->domain)));
    } else {
        FOUND(r, CHECK_UNCHECKED, r->open ? "unchecked" : "unknown",
              "no DKIM key is published under the usual selectors of %.*s%s; name the one that is used with "
              "--selector",
              S(r->domain), r->open ? " that the snapshot contains" : "");
    }
}

static void look_up(struct reading *r, const char *selector) {
    struct published_key p;
    key_find(&p, slice_of(selector), r->domain, r->list->resolver);
    bool is_open = dns_is_open(p.status);
    alias_audit(r->list, r->kind, r->domain, p.name);
    r->open += is_open;
    if (p.status == DNS_FOUND) {
        check_key(r, &p, selector);
        r->found++;
    } else if (is_open && r->is_named) {
        FOUND(r, CHECK_UNCHECKED, "unchecked", "the DKIM key under the selector %s is not known: %s",
              selector, dns_status_words(p.status));
        r->found++;
    } else {
        r->found += judge_alias(r, &p, selector) || judge_misplaced(r, &p, selector);
    }
}

void auth_check_selectors(struct auth *auth, const struct check_kind *kind, const char *const *selectors,
                          size_t count) {
    struct reading r = {
        .kind = kind, .list = &auth->checks, .domain = auth->transaction.from_domain, .is_named = count > 0};
    if (!r.is_named) {
        selectors = usual_selectors;
        count = G_N_ELEMENTS(usual_selectors);
    }
    for (size_t i = 0; i < count; i++)
        look_up(&r, selectors[i]);
    if (r.keys && r.keys == r.ed25519)
        check_remedy(r.list,
                     FOUND(&r, CHECK_WARNING, "ed25519-only",
                           "only Ed25519 keys are found: many receivers cannot verify those "
                           "signatures (RFC 8463)"),
                     SLICE("Sign with an RSA key of 2048 bits too."));
    if (r.revoked && r.revoked == r.found)
        check_remedy(
            r.list,
            FOUND(&r, CHECK_WARNING, "only-revoked",
                  "every DKIM key that is found was revoked (p= is empty): with none of them is mail signed"),
            SLICE("Publish the key of the selector that signs today, or name that with --selector."));
    /* Where nothing at all stands below _domainkey, there is no key under any selector (RFC 8020). */
    struct slice name = arena_printf(auth->resolver.arena, "_domainkey.%.*s", S(r.domain));
    struct dns_answer above = dns_lookup(&auth->resolver, name, DNS_TXT);
    if (!r.found && !judge_without_selector(&r, &above, name))
        add_absent(&r, above.status == DNS_NXDOMAIN);
}
