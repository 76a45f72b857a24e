/* Messages signed here, changed or not, and verified: the result, and what is said to explain it. */
#include "analyze/auth/dkim.h"
#include "tests/analyze/auth/signer.h"

#define TAGS_OF(c, h) "v=1; a=ed25519-sha256; d=example.com; s=s; c=" c "; h=" h
#define TAGS          TAGS_OF("relaxed/relaxed", "from:to:subject")
#define SIMPLE        TAGS_OF("simple/simple", "from:to:subject")
#define FROM          "From: Alice <alice@example.com>\r\n"
#define TO            "To: bob@example.org\r\n"
#define HEADER        FROM TO "Subject: Hello\r\n"
#define BODY          "Hello Bob\r\nFrom here\r\n.dot\r\n"

/* Signed with these tags; `got_…` NULL: as it was signed. */
static const struct {
    const char *what, *tags, *header, *body, *got_header, *got_body, *expected; /* a part of it */
} rows[] = {
    {"relaxed", TAGS, HEADER, BODY, NULL, NULL, "pass: the signature is valid"},
    {"simple", SIMPLE, HEADER, BODY, NULL, NULL, "pass: the signature is valid"},
    {"folding, relaxed", TAGS, HEADER, BODY, FROM TO "subject:\r\n Hello \r\n", NULL, "pass"},
    {"blanks in the body, relaxed", TAGS, HEADER, BODY, NULL, "Hello  Bob \r\nFrom here\r\n.dot\r\n\r\n",
     "pass"},
    /* bodies */
    {"footer", TAGS, HEADER, BODY, NULL, BODY "-- \r\nthe list\r\n",
     "fail: the body hash does not match: the body was changed after signing; likely: text was added at the "
     "end of the body, as mailing lists and gateways add a footer or disclaimer: \"--\""},
    {"banner", TAGS, HEADER, BODY, NULL, "CAUTION\r\n" BODY,
     "added at the top of the body (a banner): \"CAUTION\""},
    {"mbox", TAGS, HEADER, BODY, NULL, "Hello Bob\r\n>From here\r\n.dot\r\n", "as mailboxes do (mbox)"},
    {"dots", TAGS, HEADER, BODY, NULL, "Hello Bob\r\nFrom here\r\n..dot\r\n", "dot-stuffing"},
    {"blanks at ends", SIMPLE, HEADER, BODY, NULL, "Hello Bob \r\nFrom here\r\n.dot\r\n",
     "spaces were added at the ends of lines"},
    {"indented", SIMPLE, HEADER, BODY, NULL, " Hello Bob\r\nFrom here\r\n.dot\r\n",
     "the spaces around the lines were changed"},
    {"base64", TAGS, HEADER "Content-Transfer-Encoding: base64\r\n", "Hello Bob, how do you do?\r\n", NULL,
     "SGVsbG8gQm9iLCBob3cgZG8geW91IGRvPw0K\r\n", "re-encoded the body"},
    {"charset", TAGS, HEADER, "caf\xe9\r\n", NULL, "caf\xc3\xa9\r\n",
     "character set of the body was converted (from ISO-8859-1 to UTF-8)"},
    {"empty when signed", TAGS, HEADER, "", NULL, BODY BODY BODY BODY, "signed with an empty body"},
    {"taken away", TAGS, HEADER, BODY, NULL, "", "the body is empty here"},
    {"cut", TAGS, HEADER "Content-Type: multipart/mixed; boundary=\"x\"\r\n", "--x\r\na\r\n--x--\r\n", NULL,
     "--x\r\nb\r\n", "its closing boundary is missing"},
    {"another body", TAGS, HEADER, BODY, NULL, "Something else\r\n",
     "no change of the body that was tried explains it; how long"},
    /* headers */
    {"tag", TAGS, HEADER, BODY, FROM TO "Subject: [list] Hello\r\n", NULL,
     "likely: a tag was put in front of the Subject"},
    {"tag behind Re:", TAGS, FROM TO "Subject: Re: Hello\r\n", BODY, FROM TO "Subject: Re: [list] Hello\r\n",
     NULL, "a tag was put in front of the Subject"},
    {"stars", TAGS, HEADER, BODY, FROM TO "Subject: ***SPAM*** Hello\r\n", NULL, "a tag was put in front"},
    {"tag at the end", TAGS, HEADER, BODY, FROM TO "Subject: Hello [list]\r\n", NULL,
     "a tag was put at the end of the Subject"},
    {"rewritten From", TAGS, HEADER, BODY,
     "From: Alice via list <list@lists.example>\r\nX-Original-From: Alice <alice@example.com>\r\n" TO
     "Subject: Hello\r\n",
     NULL, "the From field was rewritten, as mailing lists do for DMARC"},
    {"quoted name", TAGS, HEADER, BODY, "From: \"Alice\" <alice@example.com>\r\n" TO "Subject: Hello\r\n",
     NULL, "the name or the quotation marks of the From field were changed"},
    {"tag and From", TAGS, HEADER, BODY,
     "From: Alice via list <list@lists.example>\r\nReply-To: Alice <alice@example.com>\r\n" TO
     "Subject: [list] Hello\r\n",
     NULL, "a tag was put in front of the Subject and the From field was rewritten"},
    {"encoding", TAGS_OF("relaxed/relaxed", "from:content-transfer-encoding"),
     FROM "Content-Transfer-Encoding: 8bit\r\n", BODY, FROM "Content-Transfer-Encoding: quoted-printable\r\n",
     NULL, "the Content-Transfer-Encoding field was changed"},
    {"type", TAGS_OF("relaxed/relaxed", "from:content-type"),
     FROM "Content-Type: text/plain; charset=utf-8\r\n", BODY, FROM "Content-Type: text/plain; charset=x\r\n",
     NULL, "the Content-Type field was changed"},
    {"date", TAGS_OF("relaxed/relaxed", "from:date"), FROM "Date: Tue, 24 Nov 2026 09:14:04 +0000\r\n", BODY,
     FROM "Date: Tue, 24 Nov 2026 09:14:04 +0000 (GMT)\r\n", NULL,
     "the Date field was written in another way"},
    {"folding, simple", SIMPLE, FROM TO "Subject: Hello Bob\r\n", BODY, FROM TO "Subject: Hello\r\n Bob\r\n",
     NULL, "the spaces or the folding of the Subject field were changed"},
    {"added", TAGS_OF("relaxed/relaxed", "from:to:to:subject"), HEADER, BODY,
     HEADER "To: eve@example.net\r\n", NULL, "a To field was added after signing"},
    {"taken away", TAGS_OF("relaxed/relaxed", "from:mime-version"), FROM "MIME-Version: 1.0\r\n", BODY, FROM,
     NULL, "the MIME-Version field was removed"},
    {"unknown", TAGS_OF("relaxed/relaxed", "from:subject:list-id"), HEADER, BODY, FROM "Subject: another\r\n",
     NULL, "no single change that was tried explains it; signed and missing here: list-id"},
    {"both", TAGS, HEADER, BODY, FROM TO "Subject: [list] Hello\r\n", BODY "footer\r\n",
     "the body hash does not match either; likely: a tag was put in front of the Subject"},
    /* tags */
    {"length", TAGS "; l=9", HEADER, BODY, NULL, NULL,
     "note: only the first 9 bytes of the body are signed (l=)"},
    {"length of all", TAGS "; l=11", HEADER, "Hello Bob\r\n", NULL, NULL,
     "it signs only a length of the body (l=)"},
    {"length of more", TAGS "; l=900", HEADER, BODY, NULL, NULL,
     "the body is shorter than the signed length"},
    {"future", TAGS "; t=1900000000", HEADER, BODY, NULL, NULL,
     "its time (t=) is later than when the mail was received"},
    {"expired", TAGS "; t=1700000000; x=1700000900", HEADER, BODY, NULL, NULL,
     "fail: it had expired (x=) when the mail was received"},
    {"expired, and its hashes hold", TAGS "; t=1700000000; x=1700000900", HEADER, BODY, NULL, NULL,
     "apart from that, the signature is valid: header and body are as they were signed"},
    {"expired, and the body was changed", TAGS "; t=1700000000; x=1700000900", HEADER, BODY, NULL, "x\r\n",
     "apart from that, the body hash does not match"},
    {"all reasons", "v=2; a=ed25519-sha256; d=example.com; s=s; h=to; i=@example.net", HEADER, BODY, NULL,
     NULL,
     "permerror: its version (v=) is not 1; it does not sign the From field (h=); the domain of its identity "
     "(i=) is not "
     "d= or below it; apart from that, the signature is valid"},
    {"identity in quoted-printable", TAGS "; i=a=40sub.example.com", HEADER, BODY, NULL, NULL, "pass"},
    {"identity in quoted-printable of others", TAGS "; i=a=40example.net", HEADER, BODY, NULL, NULL,
     "the domain of its identity (i=)"},
    {"only Ed25519", TAGS, HEADER, BODY, NULL, NULL, "only an Ed25519 signature passes"},
    {"a second Subject", "v=1; a=ed25519-sha256; d=example.com; s=s; h=from:subject", HEADER, BODY,
     "Subject: buy\r\n" HEADER, NULL, "there is more than one field of Subject, and not all are signed"},
    {"a wildcard", "v=1; a=ed25519-sha256; d=example.com; s=wild; h=from", HEADER, BODY, NULL, NULL,
     "it is an SPF record: a wildcard (*) of the domain answers"},
    {"backslashes", "v=1; a=ed25519-sha256; d=example.com; s=slashes; h=from", HEADER, BODY, NULL, NULL,
     "backslashes stand in it"},
    {"ends before it begins", TAGS "; t=1700000000; x=1600000000", HEADER, BODY, NULL, NULL,
     "permerror: it expires (x=) before it was made (t=)"},
    {"version", "v=2; a=ed25519-sha256; d=example.com; s=s; h=from", HEADER, BODY, NULL, NULL,
     "permerror: its version (v=) is not 1"},
    {"no version", "a=ed25519-sha256; d=example.com; s=s; h=from", HEADER, BODY, NULL, NULL,
     "permerror: it has no version (v=)"},
    {"no algorithm", "v=1; d=example.com; s=s; h=from", HEADER, BODY, NULL, NULL,
     "it names no algorithm (a=)"},
    {"algorithm", "v=1; a=moon-sha256; d=example.com; s=s; h=from", HEADER, BODY, NULL, NULL,
     "its algorithm (a=) is not known"},
    {"no domain", "v=1; a=ed25519-sha256; s=s; h=from", HEADER, BODY, NULL, NULL, "it names no domain (d=)"},
    {"no selector", "v=1; a=ed25519-sha256; d=example.com; h=from", HEADER, BODY, NULL, NULL,
     "it names no selector (s=)"},
    {"no fields", "v=1; a=ed25519-sha256; d=example.com; s=s", HEADER, BODY, NULL, NULL,
     "it does not say which fields it signs (h=)"},
    {"no From", "v=1; a=ed25519-sha256; d=example.com; s=s; h=to", HEADER, BODY, NULL, NULL,
     "it does not sign the From field (h=)"},
    {"query", TAGS "; q=moon", HEADER, BODY, NULL, NULL, "its method of fetching the key (q=) is not known"},
    {"known query", TAGS "; q=moon:dns/txt", HEADER, BODY, NULL, NULL, "pass"},
    {"identity", TAGS "; i=@example.net", HEADER, BODY, NULL, NULL, "the domain of its identity (i=)"},
    {"identity below", TAGS "; i=a@sub.example.com", HEADER, BODY, NULL, NULL, "pass"},
    /* keys: by their selector, in the zone below */
    {"no key", "v=1; a=ed25519-sha256; d=example.com; s=none; h=from", HEADER, BODY, NULL, NULL,
     "permerror: no key is published at none._domainkey.example.com"},
    {"late", "v=1; a=ed25519-sha256; d=example.com; s=late; h=from", HEADER, BODY, NULL, NULL,
     "temperror: its key could not be looked up (late._domainkey.example.com)"},
    {"revoked", "v=1; a=ed25519-sha256; d=example.com; s=revoked; h=from", HEADER, BODY, NULL, NULL,
     "was revoked (p= is empty)"},
    {"damaged", "v=1; a=ed25519-sha256; d=example.com; s=damaged; h=from", HEADER, BODY, NULL, NULL,
     "is not a usable key"},
    {"short", "v=1; a=ed25519-sha256; d=example.com; s=short; h=from", HEADER, BODY, NULL, NULL,
     "the key cannot be read: its p= is damaged"},
    {"testing", "v=1; a=ed25519-sha256; d=example.com; s=testing; h=from", HEADER, BODY, NULL, NULL,
     "only testing DKIM (t=y)"},
    {"strict", "v=1; a=ed25519-sha256; d=example.com; s=strict; h=from; i=@a.example.com", HEADER, BODY, NULL,
     NULL, "permerror: the key is for d= alone (t=s)"},
    {"other kind", "v=1; a=rsa-sha256; d=example.com; s=s; h=from", HEADER, BODY, NULL, NULL,
     "the type of the key (k=) does not match that of the signature (a=)"},
    {"two", "v=1; a=ed25519-sha256; d=example.com; s=two; h=from", HEADER, BODY, NULL, NULL,
     "2 records at two._domainkey.example.com"},
};

static struct snapshot *make_zone(EVP_PKEY *key, struct arena *arena) {
    struct slice record = signer_record(key, "", arena);
    struct slice zone = arena_printf(
        arena,
        ";! complete\n;! TIMEOUT late._domainkey.example.com. TXT\n"
        "s._domainkey.example.com. 1 IN TXT%.*s\n"
        "two._domainkey.example.com. 1 IN TXT%.*s\ntwo._domainkey.example.com. 1 IN TXT \"v=DKIM1; p=\"\n"
        "testing._domainkey.example.com. 1 IN TXT%.*s\nstrict._domainkey.example.com. 1 IN TXT%.*s\n"
        "revoked._domainkey.example.com. 1 IN TXT \"v=DKIM1; k=ed25519; p=\"\n"
        "damaged._domainkey.example.com. 1 IN TXT \"v=DKIM1; k=ed25519; p=*\"\n"
        "wild._domainkey.example.com. 1 IN TXT \"v=spf1 -all\"\n"
        "slashes._domainkey.example.com. 1 IN TXT \"v=DKIM1\\\\; p=YWJj\"\n"
        "short._domainkey.example.com. 1 IN TXT \"v=DKIM1; k=ed25519; p=YWJj\"\n",
        S(record), S(record), S(signer_record(key, "t=y; ", arena)), S(signer_record(key, "t=s; ", arena)));
    return snapshot_of(arena_string(arena, zone));
}

/* "result: reason; likely: …; note: …" and a line end. */
static struct slice words(struct arena *arena, const struct dkim_verdict *v) {
    return arena_printf(arena, "%s: %.*s%s%.*s%s%.*s\n", dkim_result_name(v->result), S(v->reason),
                        v->likely.len ? "; likely: " : "", S(v->likely), v->note.len ? "; note: " : "",
                        S(v->note));
}

static void expect_part(const char *row, struct slice text, const char *part) {
    if (slice_find(text, slice_of(part)) == text.len)
        expect_text(row, text, part);
}

struct fixture {
    EVP_PKEY *key;
    struct dkim_checker *checker;
    struct snapshot *snapshot;
    struct arena arena;
    struct resolver resolver;
};

static void begin(struct fixture *f) {
    *f = (struct fixture){.key = signer_key(0), .checker = dkim_checker_new()};
    f->snapshot = make_zone(f->key, &f->arena);
    resolver_init(&f->resolver, f->snapshot, &f->arena);
}

static void end(struct fixture *f) {
    resolver_close(&f->resolver);
    snapshot_free(f->snapshot);
    dkim_checker_free(f->checker);
    EVP_PKEY_free(f->key);
    arena_free(&f->arena);
}

static void test_rows(void **state) {
    struct fixture f;
    (void)state;
    begin(&f);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice header = slice_of(rows[i].header);
        struct slice body = slice_of(rows[i].body);
        struct slice signature = sign_message(f.key, "DKIM-Signature", rows[i].tags, header, body, &f.arena);
        struct slice got = rows[i].got_header ? slice_of(rows[i].got_header) : header;
        struct mail_bytes mail = {.header = arena_printf(&f.arena, "%.*s%.*s", S(signature), S(got)),
                                  .body = rows[i].got_body ? slice_of(rows[i].got_body) : body};
        const struct dkim_verdict *v = dkim_verify_all(f.checker, &mail, 1800000000, &f.resolver);
        assert_non_null(v);
        expect_part(rows[i].what, words(&f.arena, v), rows[i].expected);
    }
    end(&f);
}

/* Lines that a server broke, as no literal can hold them. */
static void long_lines(void **state) {
    struct fixture f;
    char body[1205];
    (void)state;
    begin(&f);
    memset(body, 'x', 1200);
    strcpy(body + 1200, "\r\n");
    struct slice whole = slice_of(body);
    struct slice signature = sign_message(f.key, "DKIM-Signature", TAGS, SLICE(HEADER), whole, &f.arena);
    struct mail_bytes mail = {.header = arena_printf(&f.arena, "%.*s%s", S(signature), HEADER),
                              .body = arena_printf(&f.arena, "%.*s!\r\n%.*s", S(slice_upto(whole, 990)),
                                                   S(slice_from(whole, 990)))};
    expect_part("!", words(&f.arena, dkim_verify_all(f.checker, &mail, -1, &f.resolver)),
                "lines longer than 998 characters were broken");
    end(&f);
}

/* A report that returned only the header. */
static void without_body(void **state) {
    struct fixture f;
    (void)state;
    begin(&f);
    struct slice signature =
        sign_message(f.key, "DKIM-Signature", TAGS, SLICE(HEADER), SLICE(BODY), &f.arena);
    struct mail_bytes mail = {.header = arena_printf(&f.arena, "%.*s%s", S(signature), HEADER),
                              .body_missing_reason = "only the header"};
    expect_part("holds", words(&f.arena, dkim_verify_all(f.checker, &mail, -1, &f.resolver)),
                "unchecked: the body is missing (only the header), so its hash cannot be checked; the "
                "signature over the header is valid");
    mail.header = arena_printf(&f.arena, "%.*s%s", S(signature), FROM TO "Subject: x\r\n");
    expect_part("does not hold", words(&f.arena, dkim_verify_all(f.checker, &mail, -1, &f.resolver)),
                "is not valid: the header is not as it was signed");
    end(&f);
}

static void many_signatures(void **state) {
    struct fixture f;
    unsigned passed = 0;
    unsigned unchecked = 0;
    (void)state;
    begin(&f);
    struct slice signature =
        sign_message(f.key, "DKIM-Signature", TAGS, SLICE(HEADER), SLICE(BODY), &f.arena);
    struct slice header = SLICE(HEADER);
    for (int i = 0; i < DKIM_MOST_SIGNATURES + 2; i++)
        header = arena_printf(&f.arena, "%.*s%.*s", S(signature), S(header));
    struct mail_bytes mail = {.header = header, .body = SLICE(BODY)};
    for (const struct dkim_verdict *v = dkim_verify_all(f.checker, &mail, -1, &f.resolver); v; v = v->next) {
        passed += v->result == DKIM_PASS;
        unchecked += v->result == DKIM_UNCHECKED;
    }
    expect_number("verified", passed, DKIM_MOST_SIGNATURES);
    expect_number("not verified", unchecked, 2);
    mail.header = SLICE(HEADER);
    assert_null(dkim_verify_all(f.checker, &mail, -1, &f.resolver));
    end(&f);
}

/* Keys and hashes that hold but do not count, or hardly. */
static void rsa_strength(void **state) {
    static const struct {
        unsigned bits;
        const char *algorithm, *expected;
    } strengths[] = {
        {2048, "rsa-sha256", "pass: the signature is valid: header and body are as they were signed\n"},
        {1024, "rsa-sha256", "note: the key has 1024 bits: that counts, but 2048 are recommended"},
        {768, "rsa-sha256", "policy: the signature is valid, but its key has only 768 bits"},
        {1024, "rsa-sha1", "policy: the signature is valid, but rsa-sha1 must not be used"}};
    (void)state;
    for (size_t i = 0; i < ROWS(strengths); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        EVP_PKEY *key = signer_key(strengths[i].bits);
        struct dkim_checker *checker = dkim_checker_new();
        struct slice zone = arena_printf(&arena, "r._domainkey.example.com. 1 IN TXT%.*s\n",
                                         S(signer_record(key, "", &arena)));
        struct snapshot *snapshot = snapshot_of(arena_string(&arena, zone));
        const char *tags =
            arena_printf(&arena, "v=1; a=%s; d=example.com; s=r; h=from", strengths[i].algorithm).ptr;
        struct slice signature =
            sign_message(key, "DKIM-Signature", tags, SLICE(HEADER), SLICE(BODY), &arena);
        struct mail_bytes mail = {.header = arena_printf(&arena, "%.*s%s", S(signature), HEADER),
                                  .body = SLICE(BODY)};
        resolver_init(&resolver, snapshot, &arena);
        for (int again = 0; again < 2; again++) /* the second time with the key that was kept */
            expect_part(strengths[i].algorithm, words(&arena, dkim_verify_all(checker, &mail, -1, &resolver)),
                        strengths[i].expected);
        resolver_close(&resolver);
        snapshot_free(snapshot);
        dkim_checker_free(checker);
        EVP_PKEY_free(key);
        arena_free(&arena);
    }
}

/* Another key than the one that is published: RSA's padding tells. */
static void other_key(void **state) {
    struct arena arena = {0};
    struct resolver resolver;
    EVP_PKEY *published = signer_key(1024);
    EVP_PKEY *used = signer_key(1024);
    struct dkim_checker *checker = dkim_checker_new();
    struct slice zone = arena_printf(&arena,
                                     "r._domainkey.example.com. 1 IN CNAME k.example.net.\n"
                                     "k.example.net. 1 IN TXT%.*s\n",
                                     S(signer_record(published, "", &arena)));
    struct snapshot *snapshot = snapshot_of(arena_string(&arena, zone));
    const char *tags = "v=1; a=rsa-sha256; d=example.com; s=r; h=from:from:subject";
    (void)state;
    resolver_init(&resolver, snapshot, &arena);
    for (int is_other = 0; is_other < 2; is_other++) {
        struct slice signature = sign_message(is_other ? used : published, "DKIM-Signature", tags,
                                              SLICE(HEADER), SLICE(BODY), &arena);
        struct mail_bytes mail = {.header =
                                      arena_printf(&arena, "%.*s" FROM TO "Subject: other\r\n", S(signature)),
                                  .body = SLICE(BODY)};
        const struct dkim_verdict *v = dkim_verify_all(checker, &mail, -1, &resolver);
        expect_part(is_other ? "other" : "same", words(&arena, v),
                    is_other ? "it was made with another key than the one at r._domainkey.example.com"
                             : "a signed field was changed (the key is the one that signed it)");
        expect_text("alias", v->key_alias, "k.example.net");
        expect_part("record", v->key_record, "v=DKIM1; k=rsa; p=MI");
        expect_text("coverage", v->coverage,
                    "not signed: To; oversigned, so that nobody can add another: From");
    }
    resolver_close(&resolver);
    snapshot_free(snapshot);
    dkim_checker_free(checker);
    EVP_PKEY_free(published);
    EVP_PKEY_free(used);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),       cmocka_unit_test(long_lines),
                                       cmocka_unit_test(other_key),       cmocka_unit_test(without_body),
                                       cmocka_unit_test(many_signatures), cmocka_unit_test(rsa_strength)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
