/* Each signature of a message verified, with keys from the snapshot: see dkim.h. */
#include "analyze/auth/dkim.h"

#include "analyze/auth/body_hash.h"
#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_body.h"
#include "analyze/auth/dkim_coverage.h"
#include "analyze/auth/dkim_header.h"
#include "analyze/auth/dkim_keys.h"
#include "analyze/auth/dkim_narrow.h"
#include "analyze/auth/dkim_tags.h"
#include "analyze/auth/key_damage.h"
#include "analyze/auth/public_key.h"
#include "parsers/base/address.h"
#include "parsers/base/memory.h"
#include "parsers/base/text.h"
#include "parsers/dns/name.h"
#include "parsers/message/signature.h"

#include <time.h>

#define ADVISED_BITS   2048
#define MOST_OF_RECORD 500 /* bytes of a key's record that are shown */
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

/* One more reason, or note, behind those that are there. */
static void append(struct slice *text, struct slice more, struct arena *arena) {
    *text = text->len ? arena_printf(arena, "%.*s; %.*s", S(*text), S(more)) : more;
}

/* --- tags --- */

/* What voids it whatever its hashes say; all of it is told. */
static bool judge_tags(const struct verifying *run, struct dkim_verdict *v, const struct signature *s) {
    const char *wrong[DKIM_MOST_WRONG];
    unsigned count = dkim_wrong_tags(s, wrong);
    bool is_expired =
        s->expires >= 0 && (run->when >= 0 ? run->when : (int64_t)time(NULL)) > s->expires + DRIFT;
    struct slice reason = SLICE_EMPTY;
    for (unsigned i = 0; i < count; i++)
        append(&reason, slice_of(wrong[i]), run->arena);
    if (is_expired && !count)
        reason = run->when >= 0 ? SLICE("it had expired (x=) when the mail was received")
                                : SLICE("it has expired (x=); when the mail was received is not known");
    if (reason.len)
        set_result(v, count ? DKIM_PERMERROR : DKIM_FAIL, reason);
    return reason.len > 0;
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
    else if (!p->is_usable) {
        struct slice damage = key_damage(p->text, arena);
        set_result(v, DKIM_PERMERROR,
                   arena_printf(arena, "the record at %.*s is not a usable key: %s%s%.*s%s", S(name),
                                p->key.error, damage.len ? " (" : "", S(damage), damage.len ? ")" : ""));
    } else
        return false;
    return true;
}

/* What was found of the key, for readers. */
static void show_key(struct dkim_verdict *v, const struct published_key *p, struct arena *arena) {
    v->key_name = text_upto(text_clean_line(arena, p->name), 250);
    v->key_alias = p->alias.len ? dns_name_show(arena, p->alias) : SLICE_EMPTY;
    v->key_record = text_shown(arena, p->text, MOST_OF_RECORD);
}

/* --- hashes --- */

/* Trying out changes costs passes over the message: for the first failures only. */
/* `key`: NULL where no change of the header can explain it. */
static void explain(struct verifying *run, struct dkim_verdict *v, const struct signature *s,
                    const struct dkim_key *key) {
    struct arena *arena = run->resolver->arena;
    if (run->explained++ >= MOST_EXPLAINED)
        return;
    if (v->header_hash == HASH_MISMATCH && key)
        v->likely = dkim_explain_header(run->mail, v->field, s, key, arena);
    if (v->body_hash != HASH_MISMATCH)
        return;
    struct slice body = dkim_explain_body(run->mail, s, arena);
    if (!body.len)
        body = dkim_narrow_body(&run->all, run->mail, s, arena);
    if (body.len)
        v->likely = v->likely.len ? arena_printf(arena, "%.*s; and %.*s", S(v->likely), S(body)) : body;
}

/* Why the signature over the header does not hold. */
static struct slice header_words(const struct dkim_verdict *v, enum signer signer, struct arena *arena) {
    if (signer == SIGNER_OTHER_KEY)
        return arena_printf(arena,
                            "the signature is not valid: it was made with another key than the one at %.*s; "
                            "that was replaced since, or the signer "
                            "uses a private key that does not belong to it (or b= was damaged)",
                            S(v->key_name));
    if (signer == SIGNER_THIS_KEY)
        return SLICE(
            "the signature is not valid over the header: a signed field was changed (the key is the one that "
            "signed it)");
    return SLICE("the signature is not valid over the header: a signed field was changed, or the key is not "
                 "the one that "
                 "signed it");
}

static struct slice hash_words(const struct dkim_verdict *v, enum signer signer, struct arena *arena) {
    if (v->header_hash == HASH_MATCH && v->body_hash == HASH_MATCH)
        return SLICE("the signature is valid: header and body are as they were signed");
    if (v->header_hash == HASH_MATCH)
        return SLICE("the body hash does not match: the body was changed after signing");
    const char *body =
        v->body_hash == HASH_MATCH ? "the body is as it was signed" : "the body hash does not match either";
    return arena_printf(arena, "%.*s; %s", S(header_words(v, signer, arena)), body);
}

static void judge_hashes(struct dkim_verdict *v, const struct mail_bytes *mail, enum signer signer,
                         struct arena *arena) {
    if (mail->body_missing_reason) {
        bool holds = v->header_hash == HASH_MATCH;
        v->body_hash = HASH_UNCHECKED;
        set_result(
            v, DKIM_UNCHECKED,
            arena_printf(
                arena,
                "the body is missing (%s), so its hash cannot be checked; the signature over the header %s",
                mail->body_missing_reason,
                holds ? "is valid"
                : signer == SIGNER_OTHER_KEY
                    ? "is not valid: it was made with another key than the one that is published"
                    : "is not valid: the header is not as it was signed"));
        return;
    }
    bool holds = v->header_hash == HASH_MATCH && v->body_hash == HASH_MATCH;
    set_result(v, holds ? DKIM_PASS : DKIM_FAIL, hash_words(v, signer, arena));
}

/* What receivers make of a signature that holds. */
static void judge_strength(struct dkim_verdict *v, const struct dkim_key *key, struct arena *arena) {
    bool is_rsa = slice_starts_nocase(v->algorithm, SLICE("rsa"));
    bool is_short = is_rsa && v->bits && v->bits < DKIM_LEAST_BITS;
    bool is_sha1 = slice_ends_nocase(v->algorithm, SLICE("-sha1"));
    bool holds = v->result == DKIM_PASS;
    v->is_of_key |= is_short;
    if (key->is_testing)
        append(&v->note, SLICE("the key says that its domain is only testing DKIM (t=y)"), arena);
    if (is_rsa && v->bits && v->bits < ADVISED_BITS && !is_short)
        append(&v->note,
               arena_printf(arena, "the key has %u bits: that counts, but 2048 are recommended", v->bits),
               arena);
    if (holds && (is_short || is_sha1))
        set_result(v, DKIM_POLICY, SLICE("the signature is valid, but"));
    if (is_sha1)
        v->reason = arena_printf(
            arena,
            "%.*s%s rsa-sha1 must not be used (RFC 8301): Gmail, Microsoft and others count it as no "
            "signature",
            S(v->reason), holds ? "" : "; besides,");
    if (is_short)
        v->reason = arena_printf(
            arena, "%.*s%s its key has only %u bits: receivers count those under %d as none (RFC 8301)",
            S(v->reason),
            !holds    ? "; besides,"
            : is_sha1 ? "; and"
                      : "",
            v->bits, DKIM_LEAST_BITS);
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
        append(
            &v->note,
            arena_printf(
                arena,
                "only the first %lld bytes of the body are signed (l=); the %lld after them could have been "
                "added by anybody: some receivers count this as no signature",
                (long long)s->length, (long long)whole - (long long)s->length),
            arena);
    else
        append(&v->note,
               SLICE("it signs only a length of the body (l=), so anybody can add to the body: leave l= out"),
               arena);
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
    struct dkim_coverage coverage = dkim_cover(&run->all, s, run->arena);
    v->coverage = coverage.words;
    if (coverage.warning.len)
        append(&v->note, coverage.warning, run->arena);
    if (run->when >= 0 && s->time > run->when + DRIFT)
        append(&v->note,
               SLICE("its time (t=) is later than when the mail was received: a clock is wrong, and some "
                     "receivers (OpenDKIM) "
                     "refuse that"),
               run->arena);
    if (p->records > 1)
        append(&v->note,
               arena_printf(run->arena,
                            "there are %u records at %.*s: receivers may use another one, or none",
                            p->records, S(text_upto(p->name, 250))),
               run->arena);
}

/* The public key of a signature; NULL, with the result, where there is none that is for it. */
static EVP_PKEY *find_key(struct verifying *run, struct dkim_verdict *v, struct published_key *p) {
    const struct signature *s = v->tags;
    key_find(p, s->selector, s->domain, run->resolver);
    show_key(v, p, run->arena);
    if (judge_key(v, p, run->arena))
        return NULL;
    const char *wrong = dkim_wrong_key(p, s);
    EVP_PKEY *key = dkim_checker_key(run->checker, p);
    if (wrong || !key) {
        struct slice damage = wrong ? SLICE_EMPTY : key_damage(p->text, run->arena);
        set_result(v, DKIM_PERMERROR,
                   wrong        ? slice_of(wrong)
                   : damage.len ? arena_printf(run->arena, "the key cannot be read: %.*s", S(damage))
                                : SLICE("the key cannot be read: its p= is damaged"));
        return NULL;
    }
    v->bits = (unsigned)EVP_PKEY_get_bits(key);
    return key;
}

/* The key with which the signature holds takes the place of the first at its name. */
static EVP_PKEY *try_others(struct verifying *run, struct dkim_verdict *v, struct published_key *p,
                            EVP_PKEY *key) {
    EVP_PKEY *other =
        v->header_hash == HASH_MATCH ? NULL : dkim_other_key(run->checker, v->tags, run->text, p);
    if (!other)
        return key;
    v->header_hash = HASH_MATCH;
    v->bits = (unsigned)EVP_PKEY_get_bits(other);
    show_key(v, p, run->arena);
    return other;
}

static void judge_with_key(struct verifying *run, struct dkim_verdict *v, struct published_key *p,
                           EVP_PKEY *key) {
    const struct signature *s = v->tags;
    verify(run, v, s, key);
    key = try_others(run, v, p, key);
    enum signer signer = v->header_hash == HASH_MATCH ? SIGNER_THIS_KEY : signature_signer(key, s);
    v->is_of_key = signer == SIGNER_OTHER_KEY;
    judge_hashes(v, run->mail, signer, run->arena);
    if (v->result != DKIM_PASS)
        explain(run, v, s, signer == SIGNER_OTHER_KEY ? NULL : &p->key);
    judge_strength(v, &p->key, run->arena);
    note_tail(v, run->mail, s, run->arena);
    note_oddities(run, v, s, p);
}

/* What voids a signature leaves its hashes worth telling. */
static void judge_signature(struct verifying *run, struct dkim_verdict *v) {
    struct published_key p;
    struct dkim_verdict before = *v;
    bool is_void = judge_tags(run, v, v->tags);
    before.result = v->result;
    before.reason = v->reason;
    if (is_void && !dkim_can_be_computed(v->tags))
        return;
    EVP_PKEY *key = find_key(run, v, &p);
    v->is_of_key = !key;
    if (key)
        judge_with_key(run, v, &p, key);
    if (!is_void)
        return;
    struct slice hashes = v->reason;
    set_result(v, before.result, before.reason);
    append(&v->reason, key ? arena_printf(run->arena, "apart from that, %.*s", S(hashes)) : hashes,
           run->arena);
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

/* Where nothing else passes, receivers that do not know Ed25519 see unsigned mail. */
static void warn_of_ed25519(struct dkim_verdict *first, struct arena *arena) {
    struct dkim_verdict *only = NULL;
    for (struct dkim_verdict *v = first; v; v = v->next) {
        if (v->result == DKIM_PASS && !slice_starts_nocase(v->algorithm, SLICE("ed25519")))
            return;
        only = v->result == DKIM_PASS && !only ? v : only;
    }
    if (only)
        append(&only->note,
               SLICE("only an Ed25519 signature passes: many receivers (OpenDKIM among them) cannot verify "
                     "that, and take "
                     "the mail for unsigned; sign with RSA too (RFC 8463)"),
               arena);
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
    warn_of_ed25519(first, run.arena);
    memory_check("to verify signatures");
    g_string_free(run.text, TRUE);
    return first;
}
