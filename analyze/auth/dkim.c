/* Signatures verified by libopendkim, with keys from the snapshot: see dkim.h. */
#include "analyze/auth/dkim.h"

#include "parsers/base/text.h"

#include <opendkim/dkim.h>
#include <time.h>

#define LEAST_BITS     1024 /* RFC 8301 section 3.2: verifiers must not take shorter keys */
#define ADVISED_BITS   2048
#define MOST_EXPLAINED 4

struct dkim_checker {
    DKIM_LIB *library;
};

struct dkim_checker *dkim_checker_new(void) {
    struct dkim_checker *checker = g_new0(struct dkim_checker, 1);
    return checker;
}

void dkim_checker_free(struct dkim_checker *checker) {
    if (!checker)
        return;
    if (checker->library)
        dkim_close(checker->library);
    g_free(checker);
}

struct verifying {
    struct resolver *resolver;
    const struct mail_bytes *mail;
    struct dkim_verdict *verdict; /* all of them */
    unsigned explained;
};

static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer, size_t size) {
    struct verifying *v = dkim_get_user_context(dkim);
    struct published_key p;
    const char *selector = (const char *)dkim_sig_getselector(signature);
    const char *domain = (const char *)dkim_sig_getdomain(signature);
    key_find(&p, slice_of(selector), slice_of(domain), v->resolver);
    if (p.status == DNS_UNKNOWN || dns_is_failure(p.status))
        return DKIM_CBSTAT_TRYAGAIN;
    if (dns_is_none(p.status))
        return DKIM_CBSTAT_NOTFOUND;
    if (p.text.len >= size || memchr(p.text.ptr, '\0', p.text.len))
        return DKIM_CBSTAT_ERROR;
    memcpy(buffer, p.text.ptr, p.text.len);
    buffer[p.text.len] = '\0';
    return DKIM_CBSTAT_CONTINUE;
}

/* --- the library --- */

static bool open_library(struct dkim_checker *checker, int64_t when) {
    if (!checker->library) {
        checker->library = dkim_init(NULL, NULL);
        if (!checker->library)
            return false;
        unsigned flags = DKIM_LIBFLAGS_BADSIGHANDLES;
        unsigned least = 0; /* the length of keys is judged here */
        dkim_options(checker->library, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
        dkim_options(checker->library, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &least, sizeof least);
        dkim_set_key_lookup(checker->library, give_key);
    }
    uint64_t fixed = (uint64_t)when;
    dkim_options(checker->library, DKIM_OP_SETOPT, DKIM_OPTS_FIXEDTIME, &fixed, sizeof fixed);
    return true;
}

/* What an error of a signature means. */
static const struct {
    int error;
    enum dkim_result result;
    const char *words;
} errors[] = {
    {DKIM_SIGERROR_VERSION, DKIM_PERMERROR, "its version (v=) is not 1"},
    {DKIM_SIGERROR_DOMAIN, DKIM_PERMERROR, "the domain of its identity (i=) is not d= or below it"},
    {DKIM_SIGERROR_EXPIRED, DKIM_FAIL, "it had expired (x=) when the mail was received"},
    {DKIM_SIGERROR_FUTURE, DKIM_FAIL, "its time (t=) lies after the mail was received: a clock is wrong"},
    {DKIM_SIGERROR_TIMESTAMPS, DKIM_PERMERROR, "it expires (x=) before it was made (t=)"},
    {DKIM_SIGERROR_INVALID_HC, DKIM_PERMERROR, "its header canonicalisation (c=) is not known"},
    {DKIM_SIGERROR_INVALID_BC, DKIM_PERMERROR, "its body canonicalisation (c=) is not known"},
    {DKIM_SIGERROR_MISSING_A, DKIM_PERMERROR, "it names no algorithm (a=)"},
    {DKIM_SIGERROR_INVALID_A, DKIM_PERMERROR, "its algorithm (a=) is not known"},
    {DKIM_SIGERROR_MISSING_H, DKIM_PERMERROR, "it does not say which fields it signs (h=)"},
    {DKIM_SIGERROR_EMPTY_H, DKIM_PERMERROR, "it signs no field (h= is empty)"},
    {DKIM_SIGERROR_INVALID_H, DKIM_PERMERROR, "it does not sign the From field (h=)"},
    {DKIM_SIGERROR_INVALID_L, DKIM_PERMERROR, "its body length (l=) is no number"},
    {DKIM_SIGERROR_TOOLARGE_L, DKIM_FAIL,
     "the body is shorter than the length that was signed (l=): it was cut"},
    {DKIM_SIGERROR_INVALID_Q, DKIM_PERMERROR, "its way to fetch the key (q=) is not known"},
    {DKIM_SIGERROR_INVALID_QO, DKIM_PERMERROR, "its way to fetch the key (q=) is not known"},
    {DKIM_SIGERROR_MISSING_D, DKIM_PERMERROR, "it names no domain (d=)"},
    {DKIM_SIGERROR_EMPTY_D, DKIM_PERMERROR, "it names no domain (d=)"},
    {DKIM_SIGERROR_MISSING_S, DKIM_PERMERROR, "it names no selector (s=)"},
    {DKIM_SIGERROR_EMPTY_S, DKIM_PERMERROR, "it names no selector (s=)"},
    {DKIM_SIGERROR_MISSING_B, DKIM_PERMERROR, "it holds no signature (b=)"},
    {DKIM_SIGERROR_EMPTY_B, DKIM_PERMERROR, "it holds no signature (b=)"},
    {DKIM_SIGERROR_CORRUPT_B, DKIM_PERMERROR, "its signature (b=) is damaged"},
    {DKIM_SIGERROR_MISSING_BH, DKIM_PERMERROR, "it holds no body hash (bh=)"},
    {DKIM_SIGERROR_EMPTY_BH, DKIM_PERMERROR, "it holds no body hash (bh=)"},
    {DKIM_SIGERROR_CORRUPT_BH, DKIM_PERMERROR, "its body hash (bh=) is damaged"},
    {DKIM_SIGERROR_MISSING_V, DKIM_PERMERROR, "it has no version (v=)"},
    {DKIM_SIGERROR_EMPTY_V, DKIM_PERMERROR, "it has no version (v=)"},
    {DKIM_SIGERROR_SUBDOMAIN, DKIM_PERMERROR,
     "the key is for d= alone (t=s), and i= is of a domain below it"},
    {DKIM_SIGERROR_KEYHASHMISMATCH, DKIM_PERMERROR,
     "the key is not for the hash that the signature uses (h= of the key)"},
    {DKIM_SIGERROR_KEYUNKNOWNHASH, DKIM_PERMERROR, "the key is for a hash that is not known (h= of the key)"},
    {DKIM_SIGERROR_NOTEMAILKEY, DKIM_PERMERROR, "the key is not meant for mail (s= of the key)"},
    {DKIM_SIGERROR_KEYVERSION, DKIM_PERMERROR, "the key's version (v=) is not DKIM1"},
    {DKIM_SIGERROR_KEYTYPEMISSING, DKIM_PERMERROR, "the kind of the key (k=) is missing"},
    {DKIM_SIGERROR_KEYTYPEUNKNOWN, DKIM_PERMERROR,
     "the kind of the key (k=) is not that of the signature (a=)"},
    {DKIM_SIGERROR_KEYREVOKED, DKIM_PERMERROR, "the key was revoked (p= is empty)"},
    {DKIM_SIGERROR_KEYDECODE, DKIM_PERMERROR, "the key cannot be read: its p= is damaged"},
    {DKIM_SIGERROR_DNSSYNTAX, DKIM_PERMERROR, "the key record is damaged"},
};

static void say(struct dkim_verdict *v, enum dkim_result result, struct slice reason) {
    v->result = result;
    v->reason = reason;
}

static struct slice age_words(struct dkim_verdict *v, const char *words, int64_t when, struct arena *arena) {
    const char *end = when == -1 ? " (by its own times: when it was received is not known)" : "";
    (void)v;
    return arena_printf(arena, "%s%s", words, end);
}

/* Where the fault lies with the key. */
static bool judge_key(struct dkim_verdict *v, const struct published_key *p, struct arena *arena) {
    struct slice name = text_upto(p->name, 250);
    if (p->status == DNS_UNKNOWN)
        say(v, DKIM_UNCHECKED, arena_printf(arena, "the snapshot does not hold its key (%.*s TXT)", S(name)));
    else if (dns_is_failure(p->status))
        say(v, DKIM_TEMPERROR,
            arena_printf(arena, "its key could not be asked (%.*s): %s", S(name),
                         dns_status_words(p->status)));
    else if (dns_is_none(p->status))
        say(v, DKIM_PERMERROR,
            arena_printf(arena, "no key is published at %.*s: %s", S(name), dns_status_words(p->status)));
    else if (p->key.is_revoked && !p->key.error)
        say(v, DKIM_PERMERROR, arena_printf(arena, "the key at %.*s was revoked (p= is empty)", S(name)));
    else if (!p->is_usable)
        say(v, DKIM_PERMERROR,
            arena_printf(arena, "the record at %.*s is no usable key: %s", S(name), p->key.error));
    else
        return false;
    return true;
}

static bool judge_error(struct dkim_verdict *v, int error, int64_t when, struct arena *arena) {
    for (size_t i = 0; i < G_N_ELEMENTS(errors); i++)
        if (errors[i].error == error) {
            say(v, errors[i].result,
                error == DKIM_SIGERROR_EXPIRED ? age_words(v, errors[i].words, when, arena)
                                               : slice_of(errors[i].words));
            return true;
        }
    return false;
}

/* Trying out changes costs passes over the message: for the first failures only. */
static void explain(struct verifying *run, struct dkim_verdict *v, const struct signed_by *s,
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
    if (mail->no_body) {
        bool holds = v->header_hash == HASH_MATCH;
        v->body_hash = HASH_UNCHECKED;
        say(v, DKIM_UNCHECKED,
            arena_printf(
                arena,
                "the body is not here (%s), so its hash cannot be tested; the signature over the header %s",
                mail->no_body, holds ? "holds" : "does not hold: the header is not as it was signed"));
    } else if (v->header_hash == HASH_MATCH && v->body_hash == HASH_MATCH) {
        say(v, DKIM_PASS, SLICE("the signature holds: header and body are as they were signed"));
    } else if (v->header_hash == HASH_MATCH) {
        say(v, DKIM_FAIL, SLICE("the body hash does not match: the body was changed after signing"));
    } else {
        const char *body = v->body_hash == HASH_MATCH ? "the body is as it was signed"
                                                      : "the body hash does not match either";
        say(v, DKIM_FAIL,
            arena_printf(
                arena,
                "the signature does not hold over the header: a signed field was changed, or the key is "
                "another one than signed; %s",
                body));
    }
}

/* What receivers make of a signature that holds. */
static void judge_strength(struct dkim_verdict *v, const struct dkim_key *key, struct arena *arena) {
    bool is_rsa = slice_starts_nocase(v->algorithm, SLICE("rsa"));
    if (key->is_testing)
        v->note = SLICE("the key says that its domain is only testing DKIM (t=y)");
    if (is_rsa && v->bits && v->bits < ADVISED_BITS && v->bits >= LEAST_BITS)
        v->note = arena_printf(arena, "the key has %u bits: it counts, but 2048 are advised", v->bits);
    if (v->result != DKIM_PASS)
        return;
    if (slice_ends_nocase(v->algorithm, SLICE("-sha1")))
        say(v, DKIM_POLICY,
            SLICE("the signature holds, but rsa-sha1 must not be used (RFC 8301): Gmail, Microsoft and "
                  "others count it as none"));
    else if (is_rsa && v->bits && v->bits < LEAST_BITS)
        say(v, DKIM_POLICY,
            arena_printf(
                arena,
                "the signature holds, but its key has only %u bits: receivers count those under %d as none "
                "(RFC 8301)",
                v->bits, LEAST_BITS));
}

static void note_tail(struct dkim_verdict *v, const struct mail_bytes *mail, const struct signed_by *s,
                      struct arena *arena) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t whole = 0;
    if (s->length < 0 || !digest_of(s) || mail->no_body)
        return;
    canon_body_hash(mail->body, s->is_relaxed_body, -1, digest_of(s), hash, &whole);
    if ((int64_t)whole < s->length)
        v->likely = SLICE("the body is shorter than the length that was signed (l=): it was cut");
    else if ((int64_t)whole > s->length)
        v->note =
            arena_printf(arena,
                         "only the first %lld bytes of the body are signed (l=); the %lld behind them were "
                         "added by anybody: some receivers count this as no signature",
                         (long long)s->length, (long long)whole - (long long)s->length);
    else
        v->note = SLICE("it signs a length of the body (l=): anybody may add to the body; leave l= out");
}

/* What libopendkim lets pass. Returns false where nothing is wrong. */
static bool judge_tags(struct dkim_verdict *v, const struct signed_by *s) {
    struct slice domain = slice_from(s->identity, slice_find_char(s->identity, '@') + 1);
    size_t more = domain.len - s->domain.len;
    bool is_inside = domain.len >= s->domain.len && slice_ends_nocase(domain, s->domain) &&
                     (more == 0 || domain.ptr[more - 1] == '.');
    if (!s->identity.len || is_inside || !s->domain.len)
        return false;
    say(v, DKIM_PERMERROR, SLICE("the domain of its identity (i=) is not d= or below it"));
    return true;
}

/* k= of the key is the first part of a= (RFC 6376 section 3.6.1). */
static bool judge_kind(struct dkim_verdict *v, const struct published_key *p) {
    struct slice kind = slice_upto(v->algorithm, slice_find_char(v->algorithm, '-'));
    if (slice_equal_nocase(kind, p->key.type))
        return false;
    say(v, DKIM_PERMERROR, SLICE("the kind of the key (k=) is not that of the signature (a=)"));
    return true;
}

static void judge(struct verifying *run, struct dkim_verdict *v, DKIM_SIGINFO *signature, int64_t when) {
    struct arena *arena = run->resolver->arena;
    struct signed_by s;
    struct published_key p;
    unsigned bits = 0;
    signed_by_parse(v->field.raw, arena, &s);
    if (judge_tags(v, &s))
        return;
    int error = signature ? dkim_sig_geterror(signature) : DKIM_SIGERROR_MISSING_D;
    bool is_of_key = error == DKIM_SIGERROR_NOKEY || error == DKIM_SIGERROR_KEYFAIL ||
                     error == DKIM_SIGERROR_DNSSYNTAX ||
                     (error >= DKIM_SIGERROR_KEYVERSION && error <= DKIM_SIGERROR_KEYDECODE);
    unsigned flags = signature ? dkim_sig_getflags(signature) : 0;
    if (!is_of_key && !(flags & DKIM_SIGFLAG_PROCESSED) && judge_error(v, error, when, arena))
        return;
    key_find(&p, s.selector, s.domain, run->resolver);
    if (judge_key(v, &p, arena) || judge_kind(v, &p) ||
        (error != DKIM_SIGERROR_BADSIG && judge_error(v, error, when, arena)))
        return;
    if (dkim_sig_getkeysize(signature, &bits) == DKIM_STAT_OK)
        v->bits = slice_starts_nocase(v->algorithm, SLICE("ed25519")) ? 256 : bits;
    if (!(flags & DKIM_SIGFLAG_PROCESSED)) {
        say(v, DKIM_PERMERROR, SLICE("it could not be verified: key and signature do not fit each other"));
        return;
    }
    v->header_hash = flags & DKIM_SIGFLAG_PASSED ? HASH_MATCH : HASH_MISMATCH;
    v->body_hash = dkim_sig_getbh(signature) == DKIM_SIGBH_MATCH ? HASH_MATCH : HASH_MISMATCH;
    judge_hashes(v, run->mail, arena);
    if (v->result != DKIM_PASS)
        explain(run, v, &s, &p.key);
    judge_strength(v, &p.key, arena);
    note_tail(v, run->mail, &s, arena);
    if (p.records > 1 && !v->note.len)
        v->note = arena_printf(arena, "%u records stand at %.*s: receivers may take another one, or none",
                               p.records, S(text_upto(p.name, 250)));
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
        struct signed_by s;
        struct dkim_verdict *v = ARENA_NEW(arena, struct dkim_verdict);
        signed_by_parse(all->fields[i].raw, arena, &s);
        v->field = all->fields[i];
        v->domain = tag_text(s.domain, arena);
        v->selector = tag_text(s.selector, arena);
        v->algorithm = tag_text(s.algorithm, arena);
        say(v, DKIM_UNCHECKED, SLICE("more than 20 signatures: this one was not verified"));
        *end = v;
        end = &v->next;
    }
    return first;
}

/* libopendkim wants CRLF; it is fed in pieces. */
#define PIECE ((size_t)64 << 10)

typedef void take_piece(DKIM *dkim, GString *piece);

static void with_crlf(DKIM *dkim, struct slice text, size_t most, GString *piece, take_piece *take) {
    g_string_truncate(piece, 0);
    while (text.len) {
        size_t at = slice_find_char(text, '\n');
        bool is_bare = at < text.len && (at == 0 || text.ptr[at - 1] != '\r');
        g_string_append_len(piece, text.ptr, (gssize)at);
        if (at < text.len)
            g_string_append(piece, is_bare ? "\r\n" : "\n");
        text = slice_from(text, at + 1);
        if (piece->len < most)
            continue;
        take(dkim, piece);
        g_string_truncate(piece, 0);
    }
    if (piece->len)
        take(dkim, piece);
}

static void take_header(DKIM *dkim, GString *piece) {
    dkim_header(dkim, (unsigned char *)piece->str, piece->len);
}

static void take_body(DKIM *dkim, GString *piece) {
    dkim_body(dkim, (unsigned char *)piece->str, piece->len);
}

static void feed_header(DKIM *dkim, const struct header_fields *all, GString *piece) {
    unsigned signatures = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct field *f = &all->fields[i];
        bool is_signature = slice_equal_nocase(f->name, SLICE("dkim-signature"));
        if (is_signature && ++signatures > DKIM_MOST_SIGNATURES)
            continue;
        size_t len = (size_t)(f->raw.ptr + f->raw.len - f->name.ptr);
        if (!memchr(f->name.ptr, '\0', len))
            with_crlf(dkim, (struct slice){f->name.ptr, len}, SIZE_MAX, piece, take_header);
    }
}

static void judge_all(struct verifying *run, DKIM *dkim, int64_t when) {
    DKIM_SIGINFO **signatures = NULL;
    int count = 0;
    int at = 0;
    if (dkim_getsiglist(dkim, &signatures, &count) != DKIM_STAT_OK)
        count = 0;
    for (struct dkim_verdict *v = run->verdict; v && at < DKIM_MOST_SIGNATURES; v = v->next, at++)
        judge(run, v, at < count ? signatures[at] : NULL, when);
}

struct dkim_verdict *dkim_verify_all(struct dkim_checker *checker, const struct mail_bytes *mail,
                                     int64_t when, struct resolver *resolver) {
    struct header_fields all;
    struct verifying run = {.resolver = resolver, .mail = mail};
    DKIM_STAT status;
    header_split(&all, mail->header, resolver->arena);
    run.verdict = list_signatures(&all, resolver->arena);
    if (!run.verdict || !open_library(checker, when >= 0 ? when : time(NULL)))
        return run.verdict;
    DKIM *dkim = dkim_verify(checker->library, (const unsigned char *)"mailwhy", NULL, &status);
    if (!dkim)
        return run.verdict;
    dkim_set_user_context(dkim, &run);
    GString *piece = g_string_sized_new(PIECE + 1024);
    feed_header(dkim, &all, piece);
    dkim_eoh(dkim);
    with_crlf(dkim, mail->body, PIECE, piece, take_body);
    g_string_free(piece, TRUE);
    dkim_eom(dkim, NULL);
    judge_all(&run, dkim, when);
    dkim_free(dkim);
    return run.verdict;
}
