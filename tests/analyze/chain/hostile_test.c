/* A client that says hostile words: nothing of what it brought along may be believed, its address is the one
 * that the writer saw, and it neither logged in nor used TLS. The words stand in the forms in which programs
 * write (hostile_words.inc), as they are, whether the program would let them through or not; and in fields
 * that real programs wrote (hostile_real.inc). */
#define _GNU_SOURCE
#include "analyze/chain/chain_build.h"
#include "parsers/message/message.h"
#include "parsers/message/trace.h"
#include "tests/analyze/built_in_rules.h"

#include <glib.h>

#define CLIENT "203.0.113.66"
#define DATE   "; Tue, 24 Nov 2026 09:14:03 +0000"
#define BY     " by mail.own.example "

/* What the mail brings along: results and a field in the receiver's name. */
#define BELOW                                                                                                \
    "Authentication-Results: mail.own.example; spf=pass smtp.mailfrom=ceo@bank.example;\n"                   \
    "\tdkim=pass header.d=bank.example; dmarc=pass header.from=bank.example\n"                               \
    "Received: from mx.bank.example (mx.bank.example [192.0.2.10])\n"                                        \
    "\tby mail.own.example (Postfix) with ESMTPS id 4Fq2xR6hAAAAA\n"                                         \
    "\tfor <kim@own.example>; Tue, 24 Nov 2026 09:14:01 +0000 (UTC)\n"                                       \
    "From: CEO <ceo@bank.example>\nTo: kim@own.example\nSubject: pay\n\nplease pay\n"

/* In a form, % is the client's word, and $ the same as a quoted local part. */
enum may { TELLS_CLIENT, MAY_TELL_NO_CLIENT, LOGS_IN, USES_TLS = 4, NAMES_NO_ADDRESS = 8 };
static const struct {
    const char *writer, *form;
    unsigned may; /* no program writes it so: where the words break the form it says nothing of the client */
} forms[] = {
#include "tests/analyze/chain/hostile_forms.inc"
};

static const char *const words[] = {
#include "tests/analyze/chain/hostile_words.inc"
};

static const struct {
    const char *writer, *what, *field;
} real[] = {
#include "tests/analyze/chain/hostile_real.inc"
};

static const char *const no_entries[] = {NULL};
static const char *const host[] = {"mail.own.example"};
static const char *const side[] = {".own.example", "10.0.0.0/8"};
static const struct trust_list trusts[] = {{no_entries, 0}, {host, 1}, {side, 2}};

static unsigned failures;

static void require(bool holds, const char *what, const char *writer, const char *field, size_t trust) {
    if (holds)
        return;
    failures++;
    print_error("%s, with %zu entries of --trust: %s\n    %s\n", writer, trusts[trust].count, what, field);
}

static void check(const char *writer, const char *field, unsigned may, bool is_login, size_t trust) {
    struct arena arena = {0};
    struct message message;
    struct trace trace;
    struct chain chain;
    g_autofree char *text = g_strconcat("Received: ", field, "\n" BELOW, NULL);
    message_parse(&message, slice_of(text), 1, &arena);
    trace_read(&trace, &message, message.fields, loaded.matcher);
    chain_build(&chain, &trace, -1, CHAIN_RECEIVED, &trusts[trust], loaded.matcher, &arena);
    const struct chain_hop *top = &chain.hops[chain.count - 1];
    const struct hop *seen = top->hop;
    bool tells_client = seen->is_client_known && !(may & NAMES_NO_ADDRESS && !seen->ip.len);
    require(chain.count == 2 && !chain.is_inside, "not two hops, or all inside", writer, field, trust);
    require(top->trust != HOP_OWN && chain.hops[0].trust == HOP_UNVERIFIED, "believed", writer, field, trust);
    for (size_t i = 0; i < chain.claim_count; i++)
        require(chain.claims[i].trust == TRUST_UNVERIFIED, "a claim is believed", writer, field, trust);
    require(tells_client || may & MAY_TELL_NO_CLIENT, "the client is not told", writer, field, trust);
    require(!tells_client || slice_equal(seen->ip, SLICE(CLIENT)), "another client", writer, field, trust);
    require(tells_client || !seen->address.family, "an address of nobody", writer, field, trust);
    require(!seen->ip.len || slice_equal(seen->ip, SLICE(CLIENT)), "the client's word as its address", writer,
            field, trust);
    require(is_login || may & LOGS_IN || (!seen->is_authenticated && !seen->user.len), "a login", writer,
            field, trust);
    require(may & USES_TLS || (!seen->is_tls && !seen->tls_version.len), "TLS", writer, field, trust);
    arena_free(&arena);
}

static char *fill(const char *form, const char *word) {
    GString *out = g_string_new(NULL);
    for (; *form; form++) {
        if (*form == '%')
            g_string_append(out, word);
        else if (*form != '$')
            g_string_append_c(out, *form);
        for (const char *c = *form == '$' ? word : ""; *c; c++) {
            if (c == word)
                g_string_append_c(out, '"');
            if (strchr("\\\"", *c))
                g_string_append_c(out, '\\');
            g_string_append_c(out, *c);
            if (!c[1])
                g_string_append_c(out, '"');
        }
    }
    return g_string_free(out, FALSE);
}

/* What looks like a note on the session, where a client stands, may leave open who that is. */
static bool is_like_note(const char *word) {
    return strstr(word, "uthenticated") || strstr(word, ") (TLS") || strncmp(word, "uid ", 4) == 0;
}

static void check_word(const char *word) {
    for (size_t i = 0; i < ROWS(forms); i++) {
        g_autofree char *field = fill(forms[i].form, word);
        for (size_t trust = 0; trust < ROWS(trusts); trust++)
            check(forms[i].writer, field, forms[i].may | (is_like_note(word) ? MAY_TELL_NO_CLIENT : 0), false,
                  trust);
    }
}

static void holds_in_all_forms(void **state) {
    (void)state;
    g_autoptr(GString) repeated = g_string_new(NULL);
    g_autofree char *longest = g_strnfill(3000, 'x');
    for (int i = 0; i < 30; i++)
        g_string_append(repeated, "x (localhost [127.0.0.1]) ");
    for (size_t i = 0; i < ROWS(words); i++)
        check_word(words[i]);
    check_word(longest);
    check_word(repeated->str);
    assert_int_equal(failures, 0);
}

/* Words of the client in two places at once: % what it calls itself, $ what its DNS or its ident server says.
 */
static const char *const two_words[] = {
    "from % ($ [" CLIENT "])" BY "(Postfix) with ESMTP id 4Fq2xR6hz1" DATE,
    "from % ($ [" CLIENT "])" BY "(Haraka/3.0.3) with ESMTP id 0A1B.1 envelope-from <x@evil.example>" DATE,
    "from % ($ [" CLIENT "])" BY "with ESMTP" DATE,
    "from % ($ [" CLIENT "] (may be forged))" BY "(8.17.1/8.17.1) with ESMTP id 3AO9E7aB012345" DATE,
    "from % (IDENT:$@evil.example [" CLIENT "])" BY "(8.17.1/8.17.1) with ESMTP id 3AO9E7aB012345" DATE,
    "from % ($@evil.example [" CLIENT "])" BY "(8.17.1/8.17.1) with ESMTP id 3AO9E7aB012345" DATE,
    "from % ($@evil.example [" CLIENT "]) (Authenticated sender: x)" BY
    "(Postfix) with ESMTP id 4Fq2xR6hz1" DATE,
    "from % ($@[" CLIENT "])" BY "with ESMTP id 1" DATE,
    "from % ($@" CLIENT ")" BY "with SMTP" DATE,
    "from $ (HELO %) ($@" CLIENT ")" BY "with SMTP" DATE,
    "from $ (HELO %) ([" CLIENT "])" BY "with ESMTP" DATE,
    "from $ ([" CLIENT "] helo=% ident=$)" BY "with esmtp (Exim 4.96) id 1abcDE-0001Ab-2C" DATE,
    "from [" CLIENT "] (helo=% ident=$)" BY "with esmtp (Exim 4.96) id 1abcDE-0001Ab-2C" DATE,
    "from % ($ [" CLIENT "]) (No client certificate requested)" BY
    "(Postfix) with ESMTP id 4Fq2xR6hz1 for <$@own.example>" DATE,
    "from % ($ " CLIENT ")" BY "(10.0.0.5) with Microsoft SMTP Server id 15.2.1118.7" DATE,
};

static const char *const called[] = {
    "[127.0.0.1]",
    "[10.0.0.3]",
    "10.0.0.3",
    "localhost",
    "[IPv6:::1]",
    "mail.own.example",
    "x) (y [127.0.0.1]",
    "x (localhost [127.0.0.1])",
    "by",
    "<x",
    "\"x",
};

static const char *const named[] = {
    "tls/x.evil.example",
    "tls*.evil.example",
    "TLS x",
    "uid 0",
    "ssl.\303\251vil.example",
    "authenticated.evil.example",
    "AUTH: x",
    "user=ceo.evil.example",
    "encrypted/x.evil.example",
    "using x",
    "No SNI/evil.example",
    "version=1",
    "Authenticated sender: ceo",
    "envelope-from x",
    "Client CN x",
    "x) (localhost [127.0.0.1]",
    "[127.0.0.1]",
    "127.0.0.1",
    "smtp-auth x",
    "Smtp Server x",
    "a\\",
    "<x>",
    "\"",
};

static char *fill_two(const char *form, const char *one, const char *other) {
    GString *out = g_string_new(form);
    g_string_replace(out, "%", one, 0);
    g_string_replace(out, "$", other, 0);
    return g_string_free(out, FALSE);
}

static void holds_for_two_words(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(two_words); i++)
        for (size_t k = 0; k < ROWS(called); k++)
            for (size_t n = 0; n < ROWS(named); n++) {
                g_autofree char *field = fill_two(two_words[i], called[k], named[n]);
                for (size_t trust = 0; trust < ROWS(trusts); trust++)
                    check("two words", field, MAY_TELL_NO_CLIENT, true, trust);
            }
    assert_int_equal(failures, 0);
}

/* A login that looks like a client could be one, behind a HELO that looks like another. */
static unsigned may_tell(const char *field) {
    const char *login = strstr(field, "(Authenticated sender: ");
    return login && (strchr(login, '[') || strstr(login, "127.0.0.1")) ? MAY_TELL_NO_CLIENT : TELLS_CLIENT;
}

/* They know whom they let log in: the login alone is true. */
static void holds_in_real_fields(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(real); i++)
        for (size_t trust = 0; trust < ROWS(trusts); trust++)
            check(real[i].writer, real[i].field, may_tell(real[i].field), strcmp(real[i].what, "AUTH") == 0,
                  trust);
    assert_int_equal(failures, 0);
}

/* The first line of the mail goes on with the field, in the writer's name. */
static void holds_where_the_field_goes_on(void **state) {
    static const char *const tails[] = {"\n x> (localhost [127.0.0.1])" BY "with LMTP" DATE,
                                        "\nx> (localhost [127.0.0.1])" BY "with LMTP" DATE,
                                        "\n ) (unknown [127.0.0.1])" BY "(Postfix) with ESMTP id 4Fq" DATE};
    static const char *const said[] = {"x", "x (lofrom userid .0.0.1ostfix) with A B C D via"};
    (void)state;
    for (size_t i = 0; i < ROWS(forms) * ROWS(tails) * ROWS(said); i++) {
        size_t form = i / ROWS(tails) / ROWS(said);
        g_autofree char *own = fill(forms[form].form, said[i % ROWS(said)]);
        g_autofree char *field = g_strconcat(own, tails[i / ROWS(said) % ROWS(tails)], NULL);
        for (size_t trust = 0; trust < ROWS(trusts); trust++)
            check(forms[form].writer, field, forms[form].may | MAY_TELL_NO_CLIENT, false, trust);
    }
    assert_int_equal(failures, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_in_all_forms), cmocka_unit_test(holds_where_the_field_goes_on),
        cmocka_unit_test(holds_for_two_words), cmocka_unit_test(holds_in_real_fields)};
    return cmocka_run_group_tests(tests, load, unload);
}
