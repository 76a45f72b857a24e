/* Each signature of a message verified, with keys from the snapshot: see dkim.h. */
#include "analyze/auth/dkim.h"

#include "analyze/auth/body_hash.h"
#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_body.h"
#include "analyze/auth/dkim_header.h"
#include "analyze/auth/public_key.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/memory.h"
#include "parsers/base/text.h"
#include "parsers/dns/tags.h"
#include "parsers/message/signature.h"

#include <time.h>

#define ADVISED_BITS   2048
#define MOST_EXPLAINED 4
#define DRIFT          300 /* seconds by which clocks may differ */

struct verifying {
    struct dkim_checker *checker;
    struct resolver *resolver;
    struct arena *arena;
    const struct mail_bytes *mail;
    struct header_fields all;
    GString *text;
    int64_t when; /* -1: not known */
    unsigned explained;
    struct kept_hash *hashes; /* those that were computed */
};

static void set_result(struct dkim_verdict *v, enum dkim_result result, struct slice reason) {
    v->result = result;
    v->reason = reason;
}

/* --- tags --- */

static bool is_known_algorithm(struct slice algorithm) {
    static const struct slice known[] = {{"rsa-sha256", 10}, {"ed25519-sha256", 14}, {"rsa-sha1", 8}};
    bool is_known = false;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        is_known |= slice_equal_nocase(algorithm, known[i]);
    return is_known;
}

/* What is wrong with a signature before any key is asked for (RFC 6376 section 6.1.1); NULL: nothing. */
static const char *wrong_tags(const struct signature *s) {
    if (s->error)
        return s->error;
    if (!slice_equal(s->version, SLICE("1")))
        return s->version.len ? "its version (v=) is not 1" : "it has no version (v=)";
    if (!is_known_algorithm(s->algorithm))
        return s->algorithm.len ? "its algorithm (a=) is not known" : "it names no algorithm (a=)";
    if (!s->domain.len || !s->selector.len)
        return s->domain.len ? "it names no selector (s=)" : "it names no domain (d=)";
    if (!s->bytes.len || !s->body_hash.len)
        return s->bytes.len ? "it has no body hash (bh=)" : "it has no signature (b=)";
    if (!s->fields.len)
        return "it does not say which fields it signs (h=)";
    if (!tag_holds(s->fields, ':', SLICE("from")))
        return "it does not sign the From field (h=)";
    if (s->query.len && !tag_holds(s->query, ':', SLICE("dns/txt")) &&
        !tag_holds(s->query, ':', SLICE("dns")))
        return "its method of fetching the key (q=) is not known";
    if (s->identity.len && !host_is_within(address_domain(s->identity), s->domain))
        return "the domain of its identity (i=) is not d= or below it";
    return s->expires >= 0 && s->expires < s->time ? "it expires (x=) before it was made (t=)" : NULL;
}

static bool judge_tags(const struct verifying *run, struct dkim_verdict *v, const struct signature *s) {
    const char *wrong = wrong_tags(s);
    if (wrong)
        set_result(v, DKIM_PERMERROR, slice_of(wrong));
    else if (s->expires >= 0 && (run->when >= 0 ? run->when : (int64_t)time(NULL)) > s->expires + DRIFT)
        set_result(v, DKIM_FAIL,
                   run->when >= 0 ? SLICE("it had expired (x=) when the mail was received")
                                  : SLICE("it has expired (x=); when the mail was received is not known"));
    else
        return false;
    return true;
}

/* --- keys --- */

/* Where the fault lies with the key. */
static bool judge_key(struct dkim_verdict *v, const struct published_key *p, struct arena *arena) {
    struct slice name = text_upto(p->name, 250);
    if (p->status == DNS_UNKNOWN)
        set_result(v, DKIM_UNCHECKED,
                   arena_printf(arena, "the snapshot does not contain its key (%.*s TXT)", S(name)));
    else if (dns_is_failure(p->status))
        set_result(v, DKIM_TEMPERROR,
                   arena_printf(arena, "its key could not be looked up (%.*s): %s", S(name),
                                dns_status_words(p->status)));
    else if (dns_is_none(p->status))
        set_result(
            v, DKIM_PERMERROR,
            arena_printf(arena, "no key is published at %.*s: %s", S(name), dns_status_words(p->status)));
    else if (p->key.is_revoked && !p->key.error)
        set_result(v, DKIM_PERMERROR,
                   arena_printf(arena, "the key at %.*s was revoked (p= is empty)", S(name)));
    else if (!p->is_usable)
        set_result(v, DKIM_PERMERROR,
                   arena_printf(arena, "the record at %.*s is not a usable key: %s", S(name), p->key.error));
    else
        return false;
    return true;
}

/* --- hashes --- */

/* Trying out changes costs passes over the message: for the first failures only. */
static void explain(struct verifying *run, struct dkim_verdict *v, const struct signature *s,
                    const struct dkim_key *key) {
    struct arena *arena = run->resolver->arena;
    if (run->explained++ >= MOST_EXPLAINED)
        return;
    if (v->header_hash == HASH_MISMATCH)
        v->likely = dkim_explain_header(run->mail, v->field, s, key, arena);
    if (v->body_hash != HASH_MISMATCH)
        return;
    struct slice body = dkim_explain_body(run->mail, s, arena);
    if (body.len)
        v->likely = v->likely.len ? arena_printf(arena, "%.*s; and %.*s", S(v->likely), S(body)) : body;
}

static void judge_hashes(struct dkim_verdict *v, const struct mail_bytes *mail, struct arena *arena) {
    if (mail->body_missing_reason) {
        bool holds = v->header_hash == HASH_MATCH;
        v->body_hash = HASH_UNCHECKED;
        set_result(
            v, DKIM_UNCHECKED,
            arena_printf(
                arena,
                "the body is missing (%s), so its hash cannot be checked; the signature over the header %s",
                mail->body_missing_reason,
                holds ? "is valid" : "is not valid: the header is not as it was signed"));
    } else if (v->header_hash == HASH_MATCH && v->body_hash == HASH_MATCH) {
        set_result(v, DKIM_PASS, SLICE("the signature is valid: header and body are as they were signed"));
    } else if (v->header_hash == HASH_MATCH) {
        set_result(v, DKIM_FAIL, SLICE("the body hash does not match: the body was changed after signing"));
    } else {
        const char *body = v->body_hash == HASH_MATCH ? "the body is as it was signed"
                                                      : "the body hash does not match either";
        set_result(
            v, DKIM_FAIL,
            arena_printf(
                arena,
                "the signature is not valid over the header: a signed field was changed, or the key is not "
                "the one that signed it; %s",
                body));
    }
}

/* What receivers make of a signature that holds. */
static void judge_strength(struct dkim_verdict *v, const struct dkim_key *key, struct arena *arena) {
    bool is_rsa = slice_starts_nocase(v->algorithm, SLICE("rsa"));
    if (key->is_testing)
        v->note = SLICE("the key says that its domain is only testing DKIM (t=y)");
    if (is_rsa && v->bits && v->bits < ADVISED_BITS && v->bits >= DKIM_LEAST_BITS)
        v->note = arena_printf(arena, "the key has %u bits: that counts, but 2048 are recommended", v->bits);
    if (v->result != DKIM_PASS)
        return;
    if (slice_ends_nocase(v->algorithm, SLICE("-sha1")))
        set_result(
            v, DKIM_POLICY,
            SLICE("the signature is valid, but rsa-sha1 must not be used (RFC 8301): Gmail, Microsoft and "
                  "others count it as no signature"));
    else if (is_rsa && v->bits && v->bits < DKIM_LEAST_BITS)
        set_result(v, DKIM_POLICY,
                   arena_printf(arena,
                                "the signature is valid, but its key has only %u bits: receivers count those "
                                "under %d as none "
                                "(RFC 8301)",
                                v->bits, DKIM_LEAST_BITS));
}

static void note_tail(struct dkim_verdict *v, const struct mail_bytes *mail, const struct signature *s,
                      struct arena *arena) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t whole = 0;
    if (s->length < 0 || !digest_of(s) || mail->body_missing_reason)
        return;
    body_hash(mail->body, s->is_relaxed_body, -1, digest_of(s), hash, &whole);
    if ((int64_t)whole < s->length)
        v->likely = SLICE("the body is shorter than the signed length (l=): it was cut short");
    else if ((int64_t)whole > s->length)
        v->note = arena_printf(
            arena,
            "only the first %lld bytes of the body are signed (l=); the %lld after them could have been "
            "added by anybody: some receivers count this as no signature",
            (long long)s->length, (long long)whole - (long long)s->length);
    else
        v->note =
            SLICE("it signs only a length of the body (l=), so anybody can add to the body: leave l= out");
}

/* Signatures that hash the body in the same way share its hash. */
struct kept_hash {
    struct kept_hash *next;
    bool is_relaxed;
    int64_t length;
    const EVP_MD *digest;
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size;
};

static const struct kept_hash *hash_body(struct verifying *run, const struct signature *s) {
    const EVP_MD *digest = digest_of(s);
    for (const struct kept_hash *h = run->hashes; h; h = h->next)
        if (h->is_relaxed == s->is_relaxed_body && h->length == s->length && h->digest == digest)
            return h;
    size_t whole;
    struct kept_hash *h = ARENA_NEW(run->arena, struct kept_hash);
    *h = (struct kept_hash){
        .next = run->hashes, .is_relaxed = s->is_relaxed_body, .length = s->length, .digest = digest};
    h->size = body_hash(run->mail->body, s->is_relaxed_body, s->length, digest, h->hash, &whole);
    run->hashes = h;
    return h;
}

static void verify(struct verifying *run, struct dkim_verdict *v, const struct signature *s, EVP_PKEY *key) {
    canon_header(run->text, &run->all, v->field, s);
    v->header_hash = signature_holds(key, s, run->text) ? HASH_MATCH : HASH_MISMATCH;
    if (run->mail->body_missing_reason)
        return;
    const struct kept_hash *h = hash_body(run, s);
    v->body_hash = hash_is_signed(s, h->hash, h->size) ? HASH_MATCH : HASH_MISMATCH;
}

static void note_oddities(const struct verifying *run, struct dkim_verdict *v, const struct signature *s,
                          const struct published_key *p) {
    if (v->note.len)
        return;
    if (run->when >= 0 && s->time > run->when + DRIFT)
        v->note = SLICE("its time (t=) is later than when the mail was received: a clock is wrong, and some "
                        "receivers (OpenDKIM) "
                        "refuse that");
    else if (p->records > 1)
        v->note =
            arena_printf(run->arena, "there are %u records at %.*s: receivers may use another one, or none",
                         p->records, S(text_upto(p->name, 250)));
}

static void judge_signature(struct verifying *run, struct dkim_verdict *v) {
    const struct signature *s = v->tags;
    struct published_key p;
    if (judge_tags(run, v, s))
        return;
    key_find(&p, s->selector, s->domain, run->resolver);
    if (judge_key(v, &p, run->arena))
        return;
    const char *wrong = key_misfit(&p.key, s);
    if (!wrong && p.key.is_strict && s->identity.len &&
        !slice_equal_nocase(address_domain(s->identity), s->domain))
        wrong = "the key is for d= alone (t=s), and i= names a subdomain of it";
    if (wrong) {
        set_result(v, DKIM_PERMERROR, slice_of(wrong));
        return;
    }
    EVP_PKEY *key = dkim_checker_key(run->checker, &p);
    if (!key) {
        set_result(v, DKIM_PERMERROR, SLICE("the key cannot be read: its p= is damaged"));
        return;
    }
    v->bits = (unsigned)EVP_PKEY_get_bits(key);
    verify(run, v, s, key);
    judge_hashes(v, run->mail, run->arena);
    if (v->result != DKIM_PASS)
        explain(run, v, s, &p.key);
    judge_strength(v, &p.key, run->arena);
    note_tail(v, run->mail, s, run->arena);
    note_oddities(run, v, s, &p);
}

/* --- a message --- */

static struct slice tag_text(struct slice value, struct arena *arena) {
    return text_upto(text_clean_line(arena, value), 300);
}

static struct dkim_verdict *list_signatures(const struct header_fields *all, struct arena *arena) {
    struct dkim_verdict *first = NULL;
    struct dkim_verdict **end = &first;
    for (size_t i = 0; i < all->count; i++) {
        if (!slice_equal_nocase(all->fields[i].name, SLICE("dkim-signature")))
            continue;
        struct signature *s = ARENA_NEW(arena, struct signature);
        struct dkim_verdict *v = ARENA_NEW(arena, struct dkim_verdict);
        signature_parse(all->fields[i].raw, SIGNATURE_DKIM, arena, s);
        v->field = all->fields[i];
        v->tags = s;
        v->domain = tag_text(s->domain, arena);
        v->selector = tag_text(s->selector, arena);
        v->algorithm = tag_text(s->algorithm, arena);
        set_result(v, DKIM_UNCHECKED, SLICE("more than 20 signatures: this one was not verified"));
        *end = v;
        end = &v->next;
    }
    return first;
}

struct dkim_verdict *dkim_verify_all(struct dkim_checker *checker, const struct mail_bytes *mail,
                                     int64_t when, struct resolver *resolver) {
    struct verifying run = {
        .checker = checker, .resolver = resolver, .arena = resolver->arena, .mail = mail, .when = when};
    unsigned count = 0;
    header_split(&run.all, mail->header, run.arena);
    struct dkim_verdict *first = list_signatures(&run.all, run.arena);
    if (!first)
        return NULL;
    run.text = g_string_sized_new(4096);
    memory_watch();
    for (struct dkim_verdict *v = first; v && count < DKIM_MOST_SIGNATURES; v = v->next, count++)
        judge_signature(&run, v);
    memory_check("to verify signatures");
    g_string_free(run.text, TRUE);
    return first;
}
