/* What a believed header claims, held against what was found. */
#include "analyze/verdict/claims.h"

#include "tests/analyze/auth/on_zone.h"

static const struct {
    const char *method, *result, *property, *value;
    bool is_believed, is_list, is_forwarded;
    const char *expected; /* the end of the sentence; empty: no difference */
} rows[] = {
    {"spf", "pass", "smtp.mailfrom", "a@s.example", true, false, false,
     "mx.r.example says spf=pass; verified here it is fail: the DNS has changed since, or the receiver saw "
     "another address or sender"},
    {"spf", "pass", "smtp.mailfrom", "s.example", true, false, true,
     "mx.r.example says spf=pass; verified here it is fail: the DNS has changed since, or the receiver saw "
     "another address or sender"}, /* the forwarder is what the receiver saw */
    {"spf", "pass", "smtp.mailfrom", "a@s.example", false, false, false, ""},
    {"spf", "pass", "smtp.mailfrom", "a@other.example", true, false, false, ""}, /* another identity */
    {"spf", "hardfail", NULL, NULL, true, false, false, ""},
    {"dkim", "pass", "header.d", "d.example", true, false, false,
     "mx.r.example says dkim=pass; verified here it is policy: the message was changed after it was "
     "received, "
     "or the key has been removed or replaced since"},
    {"dkim", "neutral", "header.d", "d.example", true, false, false,
     ""}, /* Gmail: body hash did not verify */
    {"dkim", "neutral", "header.s", "s1", true, true, false, ""},
    {"dkim", "fail", "header.i", "@d.example", true, false, false, ""}, /* policy is one kind of failing */
    {"dkim", "pass", "header.s", "s1", true, true, false,
     "mx.r.example says dkim=pass; verified here it is policy: a mailing list changes messages and sends "
     "from another address; that the mail went through one is said by a field that anyone could have "
     "written"},
    {"dkim", "pass", "header.s", "s2", true, false, false, ""},
    {"dmarc", "pass", NULL, NULL, true, false, false,
     "mx.r.example says dmarc=pass; verified here it is permerror: the DNS has changed since, or the "
     "receiver "
     "saw another address or sender"},
    {"dmarc", "temperror", NULL, NULL, true, false, false, ""}, /* both are errors */
    {"arc", "pass", NULL, NULL, true, false, false, ""},        /* ours: unchecked */
    {"moon", "pass", NULL, NULL, true, false, false, ""},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct property property = {.name = slice_of(rows[i].property ? rows[i].property : ""),
                                    .value = slice_of(rows[i].value ? rows[i].value : "")};
        struct claim claim = {.by = SLICE("mx.r.example"),
                              .method = slice_of(rows[i].method),
                              .result = slice_of(rows[i].result),
                              .properties = rows[i].property ? &property : NULL};
        struct chain_claim claims[] = {{&claim, rows[i].is_believed ? TRUST_OWN : TRUST_UNVERIFIED}};
        struct report report = {.mail = {.chain = {.claims = claims,
                                                   .claim_count = 1,
                                                   .is_list = rows[i].is_list,
                                                   .is_forwarded = rows[i].is_forwarded}}};
        struct dkim_verdict dkim = {
            .domain = SLICE("d.example"), .selector = SLICE("s1"), .result = DKIM_POLICY};
        struct verification v = {
            .auth = {.spf = {.domain = SLICE("s.example"), .result = SPF_VERDICT_FAIL},
                     .dkim = &dkim,
                     .dmarc = {.domain = SLICE("f.example"), .result = DMARC_IS_PERMERROR},
                     .arc = {.result = ARC_UNCHECKED}}};
        report_compare_claims(&report, &v, &arena);
        expect_text(arena_printf(&arena, "%s=%s %s", rows[i].method, rows[i].result, rows[i].value).ptr,
                    v.differences ? v.differences->text : SLICE_EMPTY, rows[i].expected);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
