/* The tags of a signature judged: see dkim_tags.h. */
#include "analyze/auth/dkim_tags.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/dns/tags.h"

static bool is_known_algorithm(struct slice algorithm) {
    static const struct slice known[] = {{"rsa-sha256", 10}, {"ed25519-sha256", 14}, {"rsa-sha1", 8}};
    bool is_known = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        is_known |= slice_equal_nocase(algorithm, known[i]);
    return is_known;
}

static const char *wrong_version(const struct signature *s) {
    if (slice_equal(s->version, SLICE("1")))
        return NULL;
    return s->version.len ? "its version (v=) is not 1" : "it has no version (v=)";
}

static const char *wrong_algorithm(const struct signature *s) {
    if (is_known_algorithm(s->algorithm))
        return NULL;
    return s->algorithm.len ? "its algorithm (a=) is not known" : "it names no algorithm (a=)";
}

static const char *wrong_signer(const struct signature *s) {
    if (s->domain.len && s->selector.len)
        return NULL;
    return s->domain.len ? "it names no selector (s=)" : "it names no domain (d=)";
}

static const char *wrong_hashes(const struct signature *s) {
    if (s->bytes.len && s->body_hash.len)
        return NULL;
    return s->bytes.len ? "it has no body hash (bh=)" : "it has no signature (b=)";
}

static const char *wrong_fields(const struct signature *s) {
    if (!s->fields.len)
        return "it does not say which fields it signs (h=)";
    return tag_holds(s->fields, ':', SLICE("from")) ? NULL : "it does not sign the From field (h=)";
}

static const char *wrong_query(const struct signature *s) {
    bool is_known =
        !s->query.len || tag_holds(s->query, ':', SLICE("dns/txt")) || tag_holds(s->query, ':', SLICE("dns"));
    return is_known ? NULL : "its method of fetching the key (q=) is not known";
}

static const char *wrong_identity(const struct signature *s) {
    bool is_within = !s->identity.len || host_is_within(address_domain(s->identity), s->domain);
    return is_within ? NULL : "the domain of its identity (i=) is not d= or below it";
}

static const char *wrong_times(const struct signature *s) {
    return s->expires >= 0 && s->expires < s->time ? "it expires (x=) before it was made (t=)" : NULL;
}

unsigned dkim_wrong_tags(const struct signature *s, const char *wrong[DKIM_MOST_WRONG]) {
    static const char *(*const tests[])(const struct signature *) = {
        wrong_version, wrong_algorithm, wrong_signer,   wrong_hashes,
        wrong_fields,  wrong_query,     wrong_identity, wrong_times};
    _Static_assert(sizeof tests / sizeof *tests < DKIM_MOST_WRONG, "there is room for all");
    unsigned count = 0;
    if (s->error)
        wrong[count++] = s->error;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const char *words = tests[i](s);
        if (words)
            wrong[count++] = words;
    }
    return count;
}

bool dkim_can_be_computed(const struct signature *s) {
    return !s->error && !wrong_algorithm(s) && !wrong_signer(s) && !wrong_hashes(s) && s->fields.len;
}
