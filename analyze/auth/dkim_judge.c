/* What a key and the hashes say of a signature: see dkim_judge.h. */
#include "analyze/auth/dkim_judge.h"

#include "analyze/auth/dkim_tags.h"
#include "analyze/auth/key_damage.h"
#include "parsers/base/text.h"

#define ADVISED_BITS 2048

void dkim_set_result(struct dkim_verdict *v, enum dkim_result result, struct slice reason) {
    v->result = result;
    v->reason = reason;
}

void dkim_append(struct slice *text, struct slice more, struct arena *arena) {
    *text = text->len ? arena_printf(arena, "%.*s; %.*s", S(*text), S(more)) : more;
}

bool dkim_judge_key(struct dkim_verdict *v, const struct published_key *p, struct arena *arena) {
    struct slice name = text_upto(p->name, 250);
    if (p->status == DNS_UNKNOWN)
        dkim_set_result(v, DKIM_UNCHECKED,
                        arena_printf(arena, "the snapshot does not contain its key (%.*s TXT)", S(name)));
    else if (dns_is_failure(p->status))
        dkim_set_result(v, DKIM_TEMPERROR,
                        arena_printf(arena, "its key could not be looked up (%.*s): %s", S(name),
                                     dns_status_words(p->status)));
    else if (dns_is_none(p->status))
        dkim_set_result(
            v, DKIM_PERMERROR,
            arena_printf(arena, "no key is published at %.*s: %s", S(name), dns_status_words(p->status)));
    else if (p->key.is_revoked && !p->key.error)
        dkim_set_result(v, DKIM_PERMERROR,
                        arena_printf(arena, "the key at %.*s was revoked (p= is empty)", S(name)));
    else if (!p->is_usable) {
        struct slice damage = key_damage(p->text, arena);
        dkim_set_result(v, DKIM_PERMERROR,
                        arena_printf(arena, "the record at %.*s is not a usable key: %s%s%.*s%s", S(name),
                                     p->key.error, damage.len ? " (" : "", S(damage), damage.len ? ")" : ""));
    } else
        return false;
    return true;
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

void dkim_judge_hashes(struct dkim_verdict *v, const struct mail_bytes *mail, enum signer signer,
                       struct arena *arena) {
    if (mail->body_missing_reason) {
        bool holds = v->header_hash == HASH_MATCH;
        v->body_hash = HASH_UNCHECKED;
        dkim_set_result(
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
    dkim_set_result(v, holds ? DKIM_PASS : DKIM_FAIL, hash_words(v, signer, arena));
}

void dkim_judge_strength(struct dkim_verdict *v, const struct dkim_key *key, struct arena *arena) {
    bool is_rsa = slice_starts_nocase(v->algorithm, SLICE("rsa"));
    bool is_short = is_rsa && v->bits && v->bits < DKIM_LEAST_BITS;
    bool is_sha1 = slice_ends_nocase(v->algorithm, SLICE("-sha1"));
    bool holds = v->result == DKIM_PASS;
    v->is_of_key |= is_short;
    if (key->is_testing)
        dkim_append(&v->note, SLICE("the key says that its domain is only testing DKIM (t=y)"), arena);
    if (is_rsa && v->bits && v->bits < ADVISED_BITS && !is_short)
        dkim_append(
            &v->note,
            arena_printf(arena, "the key has %u bits: that counts, but 2048 are recommended", v->bits),
            arena);
    if (holds && (is_short || is_sha1))
        dkim_set_result(v, DKIM_POLICY, SLICE("the signature is valid, but"));
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
