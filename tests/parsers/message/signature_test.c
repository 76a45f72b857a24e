/* Signatures as they stand in a header: their tags, and what is wrong with them. */
#include "parsers/message/signature.h"
#include "tests/table.h"

#include <stdio.h>

#define DKIM    SIGNATURE_DKIM
#define MESSAGE SIGNATURE_ARC_MESSAGE
#define SEAL    SIGNATURE_ARC_SEAL

static const struct {
    const char *value;
    enum signature_kind kind;
    const char *expected; /* d s a i #instance h cv header/body l t x bytes of bh and b; what is wrong */
} rows[] = {
    {"v=1; a=rsa-sha256; d=example.com; s=s1; c=relaxed/simple; t=1795511647; x=1795598047; l=100; "
     "i=@example.com; h=From : To; bh=YWJj; b=ZG Vm\r\n Zw==",
     DKIM,
     "example.com s1 rsa-sha256 @example.com #0 From : To - relaxed/simple 100 1795511647 1795598047 3 4"},
    {"d=example.com; s=s1", DKIM, "example.com s1 - - #0 - - simple/simple -1 -1 -1 0 0"},
    {"c=relaxed", DKIM, "- - - - #0 - - relaxed/simple -1 -1 -1 0 0"},
    {"c=simple/relaxed", DKIM, "- - - - #0 - - simple/relaxed -1 -1 -1 0 0"},
    {"c=Relaxed / RELAXED", DKIM, "- - - - #0 - - relaxed/relaxed -1 -1 -1 0 0"},
    {"c=nofws", DKIM, "- - - - #0 - - simple/simple -1 -1 -1 0 0; its canonicalisation (c=) is not known"},
    {"c=simple/x", DKIM, "- - - - #0 - - simple/simple -1 -1 -1 0 0; its canonicalisation (c=) is not known"},
    {"i=3; a=rsa-sha256; cv=pass; d=example.net; s=arc", SEAL,
     "example.net arc rsa-sha256 3 #3 - pass simple/simple -1 -1 -1 0 0"},
    {"i=2; h=From", MESSAGE, "- - - 2 #2 From - simple/simple -1 -1 -1 0 0"},
    {"i=2", DKIM, "- - - 2 #0 - - simple/simple -1 -1 -1 0 0"},
    {"l=x", DKIM, "- - - - #0 - - simple/simple -1 -1 -1 0 0; its body length (l=) is no number"},
    {"t=-1", DKIM, "- - - - #0 - - simple/simple -1 -1 -1 0 0; its time (t=) is no number"},
    {"x=99999999999999999999999", DKIM,
     "- - - - #0 - - simple/simple -1 -1 -1 0 0; its end (x=) is no number"},
    {"b=*", DKIM, "- - - - #0 - - simple/simple -1 -1 -1 0 0; its signature (b=) is damaged"},
    {"bh=abcde", DKIM, "- - - - #0 - - simple/simple -1 -1 -1 3 0; its body hash (bh=) is damaged"},
    {"d=a.example; d=b.example", DKIM,
     "b.example - - - #0 - - simple/simple -1 -1 -1 0 0; a tag stands twice in it"},
    {"d=a.example; moon", DKIM,
     "a.example - - - #0 - - simple/simple -1 -1 -1 0 0; a piece of it is no tag=value"},
    {"D=a.example", DKIM, ""}, /* names are case-sensitive */
    {"nothing; here", DKIM, ""},
    {"moon=1", DKIM, ""},
    {"", DKIM, ""},
};

static struct slice shown(struct slice text) {
    return text.len ? text : SLICE("-");
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct signature s;
        struct slice found = SLICE_EMPTY;
        if (signature_parse(slice_of(rows[i].value), rows[i].kind, &arena, &s))
            found = arena_printf(&arena, "%.*s %.*s %.*s %.*s #%u %.*s %.*s %s/%s %lld %lld %lld %zu %zu%s%s",
                                 S(shown(s.domain)), S(shown(s.selector)), S(shown(s.algorithm)),
                                 S(shown(s.identity)), s.instance, S(shown(s.fields)), S(shown(s.chain)),
                                 s.is_relaxed_header ? "relaxed" : "simple",
                                 s.is_relaxed_body ? "relaxed" : "simple", (long long)s.length,
                                 (long long)s.time, (long long)s.expires, s.body_hash.len, s.bytes.len,
                                 s.error ? "; " : "", s.error ? s.error : "");
        expect_text(rows[i].value, found, rows[i].expected);
        arena_free(&arena);
    }
}

static void limits_tags(void **state) {
    struct arena arena = {0};
    struct slice value = SLICE("d=a.example");
    struct signature s;
    (void)state;
    for (int i = 0; i < 100; i++)
        value = arena_printf(&arena, "%.*s;x%d=1", S(value), i);
    assert_true(signature_parse(value, DKIM, &arena, &s));
    expect_text("101 tags", slice_of(s.error), "a piece of it is no tag=value");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(limits_tags)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
