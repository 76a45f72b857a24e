/* ARC chains: structure, which needs no key, and sets that are signed here. */
#include "analyze/auth/arc.h"
#include "tests/analyze/auth/signer.h"

#define FROM    "From: Alice <alice@example.com>\r\nSubject: Hello\r\n"
#define BODY    "Hello Bob\r\n"
#define RESULTS "ARC-Authentication-Results: i=1; a.example; spf=pass\r\n"
#define MESSAGE "ARC-Message-Signature: i=1; a=ed25519-sha256; d=a.example; s=s; h=from; bh=YWJj; b=YWJj\r\n"
#define SEAL    "ARC-Seal: i=1; a=ed25519-sha256; d=a.example; s=s; cv=none; b=YWJj\r\n"

static const struct {
    const char *header, *expected;
} rows[] = {
    {FROM, "none: there is no ARC chain"},
    {FROM "ARC-Seal: a=ed25519-sha256; cv=none\r\n",
     "fail: an ARC-Seal field has no instance number from 1 to 50"},
    {FROM "ARC-Seal: i=51; cv=none\r\n", "fail: an ARC-Seal field has no instance number from 1 to 50"},
    {FROM "ARC-Seal: i=1x; cv=none\r\n", "fail: an ARC-Seal field has no instance number from 1 to 50"},
    {FROM SEAL SEAL, "fail: instance 1 has two ARC-Seal fields"},
    {FROM SEAL MESSAGE,
     "fail: instance 1 is not complete: it needs ARC-Authentication-Results, ARC-Message-Signature and "
     "ARC-Seal"},
    {FROM "ARC-Seal: i=2; a=x; d=a.example; s=s; cv=pass; b=YWJj\r\n" RESULTS MESSAGE SEAL,
     "fail: instance 2 is not complete: it needs ARC-Authentication-Results, ARC-Message-Signature and "
     "ARC-Seal"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; d=a.example; s=s; b=YWJj\r\n",
     "fail: the ARC-Seal of instance 1 is wrong: a required tag is missing or empty"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=x; d=a.example; s=s; cv=none; b=YWJj; h=from\r\n",
     "fail: the ARC-Seal of instance 1 is wrong: it has a tag that it must not have (h=)"},
    {FROM RESULTS SEAL "ARC-Message-Signature: i=1; i=1; a=x\r\n",
     "fail: the ARC-Message-Signature of instance 1 is wrong: it has a tag twice"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; _=x; d=a.example; s=s; cv=none; b=YWJj\r\n",
     "fail: the ARC-Seal of instance 1 is wrong: a part of it is not a tag"},
    {FROM RESULTS SEAL "ARC-Message-Signature: i=1; a=ed25519-sha256; d=a.example; s=s; bh=YWJj; b=YWJj\r\n",
     "fail: the ARC-Message-Signature of instance 1 is wrong: a required tag is missing or empty"},
    {FROM RESULTS SEAL "ARC-Message-Signature: i=1;; a=x\r\n",
     "fail: the ARC-Message-Signature of instance 1 is wrong: a part of it is not a tag"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; d=a.example; s=s; cv=fail; b=YWJj\r\n",
     "fail: the seal of instance 1 says that the chain was broken when a.example got the message (cv=fail); "
     "anybody can "
     "have written that"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; d=a.example; s=s; cv=pass; b=YWJj\r\n",
     "fail: the seal of instance 1 says cv=pass, where none belongs"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=rsa-sha1; d=a.example; s=s; cv=none; b=YWJj\r\n",
     "fail: the seal of instance 1 cannot be verified: its algorithm (a=) is not allowed"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; d=a.example; s=s; cv=none; b=*\r\n",
     "fail: the seal of instance 1 cannot be verified: its signature (b=) is damaged"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; d=a.example; s=none; cv=none; b=YWJj\r\n",
     "fail: there is no usable key for the seal of instance 1 at none._domainkey.a.example"},
    {FROM RESULTS MESSAGE "ARC-Seal: i=1; a=ed25519-sha256; d=late.example; s=s; cv=none; b=YWJj\r\n",
     "unchecked: the key of the seal of instance 1 (s._domainkey.late.example): no name server answered"},
    {FROM RESULTS MESSAGE SEAL, "fail: the seal of instance 1 (a.example) is not valid: an ARC field of set "
                                "1 was changed, its key was replaced, or others wrote the set in its name"},
};

struct fixture {
    EVP_PKEY *key;
    struct snapshot *snapshot;
    struct arena arena;
    struct resolver resolver;
    const char *canonicalisation, *fields; /* c= with its "; ", and h= of the message signatures */
    bool is_relaxed;                       /* they are, also where c= is absent */
};

static void begin(struct fixture *f) {
    *f = (struct fixture){
        .key = signer_key(0), .canonicalisation = "c=relaxed/relaxed; ", .fields = "from:subject"};
    struct slice record = signer_record(f->key, "", &f->arena);
    struct slice zone = arena_printf(&f->arena,
                                     ";! complete\n;! TIMEOUT s._domainkey.late.example. TXT\n"
                                     "s._domainkey.a.example. 1 IN TXT%.*s\n"
                                     "s._domainkey.b.example. 1 IN TXT%.*s\n",
                                     S(record), S(record));
    f->snapshot = snapshot_of(arena_string(&f->arena, zone));
    resolver_init(&f->resolver, f->snapshot, &f->arena);
}

static void end(struct fixture *f) {
    resolver_close(&f->resolver);
    snapshot_free(f->snapshot);
    EVP_PKEY_free(f->key);
    arena_free(&f->arena);
}

static void expect_arc(struct fixture *f, const char *row, struct slice header, const char *body,
                       const char *missing, const char *expected) {
    struct mail_bytes mail = {.header = header, .body = slice_of(body), .body_missing_reason = missing};
    struct arc_verdict v;
    arc_verify(&mail, &f->resolver, &v);
    struct slice oldest = v.oldest_pass ? arena_printf(&f->arena, "; since %u", v.oldest_pass) : SLICE_EMPTY;
    expect_text(row,
                arena_printf(&f->arena, "%s: %.*s%s%.*s%.*s", arc_result_name(v.result), S(v.reason),
                             v.likely.len ? "; likely: " : "", S(v.likely), S(oldest)),
                expected);
}

static void structure(void **state) {
    struct fixture f;
    (void)state;
    begin(&f);
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_arc(&f, rows[i].header, slice_of(rows[i].header), BODY, NULL, rows[i].expected);
    end(&f);
}

/* One intermediary's set in front of a header. A seal signs all sets up to its own, in their order. */
static struct slice add_set(struct fixture *f, unsigned number, const char *domain, struct slice *sets,
                            struct slice header, const char *body) {
    g_autoptr(GString) text = g_string_new(NULL);
    struct slice results =
        arena_printf(&f->arena, "ARC-Authentication-Results: i=%u; %s; spf=pass\r\n", number, domain);
    const char *tags = arena_printf(&f->arena, "i=%u; a=ed25519-sha256; %sd=%s; s=s; h=%s", number,
                                    f->canonicalisation, domain, f->fields)
                           .ptr;
    struct slice message =
        sign_as(f->key, "ARC-Message-Signature", tags, f->is_relaxed, header, slice_of(body), &f->arena);
    struct slice seal =
        arena_printf(&f->arena, "ARC-Seal: i=%u; a=ed25519-sha256; d=%s; s=s; cv=%s; b=", number, domain,
                     number == 1 ? "none" : "pass");
    struct slice all =
        arena_printf(&f->arena, "%.*s%.*s%.*s%.*s\r\n", S(*sets), S(results), S(message), S(seal));
    struct header_fields fields;
    header_split(&fields, all, &f->arena);
    for (size_t i = 0; i + 1 < fields.count; i++)
        canon_field(text, fields.fields[i].name, fields.fields[i].raw, true);
    canon_own_field(text, fields.fields[fields.count - 1], true);
    struct signature s = {.algorithm = SLICE("ed25519-sha256")};
    *sets = arena_printf(&f->arena, "%.*s%.*s%.*s%.*s%.*s\r\n", S(*sets), S(results), S(message), S(seal),
                         S(sign_text(f->key, &s, text, &f->arena)));
    return arena_printf(&f->arena, "%.*s%.*s", S(*sets), S(header));
}

static void signed_chains(void **state) {
    struct fixture f;
    struct slice sets = SLICE_EMPTY;
    struct slice listed = SLICE("From: Alice <alice@example.com>\r\nSubject: [list] Hello\r\n");
    (void)state;
    begin(&f);
    struct slice one = add_set(&f, 1, "a.example", &sets, SLICE(FROM), BODY);
    expect_arc(
        &f, "one", one, BODY, NULL,
        "pass: all 1 seals are valid, and the message is as instance 1 (a.example) signed it; since 1");
    expect_arc(
        &f, "footer", one, BODY "footer\r\n", NULL,
        "fail: the body hash of instance 1 (a.example) does not match: the body was changed afterwards; "
        "likely: text was added at the end of the body, as mailing lists and gateways add a footer or "
        "disclaimer: \"footer\"; without it the hash matches");
    expect_arc(&f, "no body", one, "", "only the header",
               "unchecked: all 1 seals are valid; the body is missing (only the header), so the last message "
               "signature cannot be checked");
    expect_arc(&f, "subject", arena_printf(&f.arena, "%.*s%.*s", S(sets), S(listed)), BODY, NULL,
               "fail: the message signature of instance 1 (a.example) is not valid: a signed header field "
               "was changed afterwards");
    struct slice two = add_set(&f, 2, "b.example", &sets, SLICE(FROM), BODY);
    expect_arc(
        &f, "two", two, BODY, NULL,
        "pass: all 2 seals are valid, and the message is as instance 2 (b.example) signed it; since 1");
    end(&f);
    sets = SLICE_EMPTY;
    begin(&f);
    add_set(&f, 1, "a.example", &sets, SLICE(FROM), BODY);
    struct slice changed = add_set(&f, 2, "b.example", &sets, listed, BODY);
    expect_arc(
        &f, "changed between", changed, BODY, NULL,
        "pass: all 2 seals are valid, and the message is as instance 2 (b.example) signed it; since 2");
    end(&f);
}

/* What RFC 8617 takes over from DKIM, and the suite of ARC's authors says of it. */
static void unusual_signatures(void **state) {
    static const struct {
        const char *what, *canonicalisation, *fields;
        bool is_relaxed;
    } signatures[] = {
        {"no c=: simple/simple (RFC 6376 section 3.5)", "", "from:subject", false},
        {"no c=: relaxed/relaxed, as in the drafts (ams_fields_c_na)", "", "from:subject", true},
        {"an empty h= signs no field (ams_fields_h_empty)", "c=relaxed/relaxed; ", "", false}};
    (void)state;
    for (size_t i = 0; i < ROWS(signatures); i++) {
        struct fixture f;
        struct slice sets = SLICE_EMPTY;
        begin(&f);
        f.canonicalisation = signatures[i].canonicalisation;
        f.fields = signatures[i].fields;
        f.is_relaxed = signatures[i].is_relaxed;
        struct slice whole =
            add_set(&f, 1, "a.example", &sets, SLICE("From: Alice   <alice@example.com>\r\n"), BODY);
        expect_arc(
            &f, signatures[i].what, whole, BODY, NULL,
            "pass: all 1 seals are valid, and the message is as instance 1 (a.example) signed it; since 1");
        end(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(structure), cmocka_unit_test(signed_chains),
                                       cmocka_unit_test(unusual_signatures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
