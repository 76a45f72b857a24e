/* Each signature of a message verified, with keys from the snapshot: see dkim.h. */
#include "analyze/auth/dkim.h"

#include "analyze/auth/body_hash.h"
#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_body.h"
#include "analyze/auth/dkim_coverage.h"
#include "analyze/auth/dkim_header.h"
#include "analyze/auth/dkim_judge.h"
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

/* --- tags --- */

/* What voids it whatever its hashes say; all of it is told. */
static bool judge_tags(const struct verifying *run, struct dkim_verdict *v, const struct signature *s) {
    const char *wrong[DKIM_MOST_WRONG];
    unsigned count = dkim_wrong_tags(s, wrong);
    bool is_expired =
        s->expires >= 0 && (run->when >= 0 ? run->when : (int64_t)time(NULL)) > s->expires + DRIFT;
    struct slice reason = SLICE_EMPTY;
    for (unsigned i = 0; i < count; i++)
        dkim_append(&reason, slice_of(wrong[i]), run->arena);
    if (is_expired && !count)
        reason = run->when >= 0 ? SLICE("it had expired (x=) when the mail was received")
                                : SLICE("it has expired (x=); when the mail was received is not known");
    if (reason.len)
        dkim_set_result(v, count ? DKIM_PERMERROR : DKIM_FAIL, reason);
    return reason.len > 0;
}

/* --- keys --- */

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
        dkim_append(
            &v->note,
            arena_printf(
                arena,
                "only the first %lld bytes of the body are signed (l=); the %lld after them could have been "
                "added by anybody: some receivers count this as no signature",
                (long long)s->length, (long long)whole - (long long)s->length),
            arena);
    else
        dkim_append(
            &v->note,
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
        dkim_append(&v->note, coverage.warning, run->arena);
    if (run->when >= 0 && s->time > run->when + DRIFT)
        dkim_append(
            &v->note,
            SLICE("its time (t=) is later than when the mail was received: a clock is wrong, and some "
                  "receivers (OpenDKIM) "
                  "refuse that"),
            run->arena);
    if (p->records > 1)
        dkim_append(&v->note,
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
    if (dkim_judge_key(v, p, run->arena))
        return NULL;
    const char *wrong = dkim_wrong_key(p, s);
    EVP_PKEY *key = dkim_checker_key(run->checker, p);
    if (wrong || !key) {
        struct slice damage = wrong ? SLICE_EMPTY : key_damage(p->text, run->arena);
        dkim_set_result(v, DKIM_PERMERROR,
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
    dkim_judge_hashes(v, run->mail, signer, run->arena);
    if (v->result != DKIM_PASS)
        explain(run, v, s, signer == SIGNER_OTHER_KEY ? NULL : &p->key);
    dkim_judge_strength(v, &p->key, run->arena);
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
    dkim_set_result(v, before.result, before.reason);
    dkim_append(&v->reason, key ? arena_printf(run->arena, "apart from that, %.*s", S(hashes)) : hashes,
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
        dkim_set_result(v, DKIM_UNCHECKED, SLICE("more than 20 signatures: this one was not verified"));
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
        dkim_append(
            &only->note,
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
