/* Which fields are anchored, from the client to the end of the date: a row per form, and what breaks it. */
#include "parsers/base/arena.h"
#include "parsers/message/received_form.h"
#include "tests/table.h"

#define DATE "; Tue, 24 Nov 2026 09:14:03 +0000"
#define BY   " by b.example "

static const struct {
    const char *field, *expected; /* fit helo|name|ip|port|user|local|here, then "doubtful" */
} rows[] = {
    {"from h (n [192.0.2.1])" BY "(Postfix) with ESMTP id 1 for <k@b.example>" DATE " (UTC)",
     "whole h|n|192.0.2.1||||"},
    {"from by (unknown [192.0.2.1])" BY "(Postfix) with ESMTP id 1" DATE, "whole by|unknown|192.0.2.1||||"},
    {"from [127.0.0.1] (n [192.0.2.1])" BY "with ESMTP" DATE, "whole [127.0.0.1]|n|192.0.2.1||||"},
    {"from h (IDENT:i@n [192.0.2.1] (may be forged))" BY "(8.17.1/8.17.1) with ESMTP id 1" DATE,
     "whole h|n|192.0.2.1|||| doubtful"},
    {"from h (<unknown> [192.0.2.1])" BY "(OpenSMTPD) with ESMTPSA id 1 auth=yes user=k" DATE,
     "whole h|<unknown>|192.0.2.1||||"},
    {"from h (n [IPv6:2001:db8::1])" BY "with ESMTP" DATE, "whole h|n|IPv6:2001:db8::1||||"},
    {"from n ([192.0.2.1]:25 helo=h ident=i)" BY "with esmtp (Exim 4.96) id 1" DATE,
     "whole h|n|192.0.2.1|25|||"},
    {"from [192.0.2.1] (port=25 helo=h)" BY "with esmtp (Exim 4.96) id 1" DATE, "whole h||192.0.2.1|25|||"},
    {"from [192.0.2.1] (helo=x [127.0.0.1] y)" BY "with esmtp (Exim 4.96) id 1" DATE,
     "client x [127.0.0.1] y||192.0.2.1||||"},
    {"from [192.0.2.1] (ident=x) by c.example ([127.0.0.1])" BY "with esmtp (Exim 4.96) id 1" DATE,
     "client ||192.0.2.1||||"},
    {"from n (HELO h) (i@192.0.2.1)" BY "with SMTP; 24 Nov 2026 09:14:03 -0000", "whole h|n|192.0.2.1||||"},
    {"from 192.0.2.1 (EHLO h)" BY "with SMTPs" DATE, "whole h||192.0.2.1||||"},
    {"from n ([192.0.2.1]:25 \"EHLO h\" rhost-flags-OK-OK-OK-OK)" BY
     "with ESMTP id S1 (ORCPT <rfc822;k@b.example>)" DATE,
     "whole h|n|192.0.2.1|25|||"},
    {"from n ([192.0.2.1]:25 \"HELO h\")" BY "with SMTP id <S1>" DATE, "whole h|n|192.0.2.1|25|||"},
    {"from n ([192.0.2.1]:25 \"HELO x\") by c.example ([127.0.0.1]:25 \"HELO h\")" BY "with SMTP" DATE,
     "client x\") by c.example ([127.0.0.1]:25 \"HELO h|n|192.0.2.1|25|||"},
    {"from n (HELO h) (127.0.0.1@192.0.2.1)" BY "with SMTP; 24 Nov 2026 09:14:03 -0000",
     "whole h|n|192.0.2.1||||"},
    {"from h (192.0.2.1) by b.example (10.0.0.5) with Microsoft SMTP Server id 15.2" DATE,
     "whole h||192.0.2.1||||"},
    {"from [192.0.2.1] (account k HELO h)" BY "(CommuniGate Pro SMTP 6.3) with ESMTPA id 1" DATE,
     "whole h||192.0.2.1||k||"},
    {"from h (account k [192.0.2.1] verified)" BY "(CommuniGate Pro SMTP 5.2) with ESMTPA id 1" DATE,
     "whole h||192.0.2.1||k||"},
    {"from h [192.0.2.1]" BY "with POP3 (fetchmail-6.4.16)" DATE, "whole h||192.0.2.1||||"},
    {"from h (b.example [local])" BY "(OpenSMTPD) with ESMTP id 1" DATE, "whole h|b.example|||||local"},
    {"from b.example by b.example with LMTP id 1 (envelope-from <a@a.example>)" DATE,
     "whole |||||b.example|"},
    {"from mail pickup service by b.example with Microsoft SMTPSVC" DATE, "whole |||||mail pickup service|"},
    {"by b.example (Postfix, from userid 33) id 1" DATE, "whole ||||||"},
    {"(qmail 28454 invoked by uid 48); 24 Nov 2026 09:14:03 -0000", "whole ||||||"},
    /* broken */
    {"from x (localhost [127.0.0.1]) by c.example (n [192.0.2.1])" BY "(Postfix) with ESMTP id 1" DATE,
     "client x (localhost [127.0.0.1]) by c.example|n|192.0.2.1||||"},
    {"from x (qmail 1 invoked by uid 0)" BY "with SMTP" DATE, "none"},
    {"from h (n [192.0.2.1])" BY "with ESMTP id 1 by c.example" DATE, "none"},
    {"from h (n [192.0.2.1])" BY "with ESMTP id 1 for <a b@b.example>" DATE, "none"},
    {"from h (n [192.0.2.1])" BY "with ESMTP id 1", "none"},
    {"from h (n [192.0.2.1])" BY "with ESMTP id 1" DATE " (x [127.0.0.1])", "none"},
    {"from h (n [192.0.2.1]" BY "with ESMTP id 1" DATE, "none"},
    {"from h (n [999.0.2.1])" BY "with ESMTP id 1" DATE, "none"},
    {"(from k by c.example" DATE, "none"},
    {"from", "none"},
    {"", "none"},
};

static struct slice summary(struct arena *arena, const struct form_reading *r) {
    static const char *const fits[] = {[FIT_NONE] = "none", [FIT_CLIENT] = "client", [FIT_WHOLE] = "whole"};
    const struct form_client *c = &r->client;
    if (r->fit == FIT_NONE)
        return SLICE("none");
    return arena_printf(arena, "%s %.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s%s", fits[r->fit], S(c->helo),
                        S(c->name), S(c->ip), S(c->port), S(c->user), S(c->local), S(c->here),
                        c->is_name_doubtful ? " doubtful" : "");
}

static void reads(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct form_reading r = received_form_read(slice_of(rows[i].field));
        expect_text(rows[i].field, summary(&arena, &r), rows[i].expected);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
