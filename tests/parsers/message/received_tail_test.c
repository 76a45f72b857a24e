/* What may stand behind the client, and what may not. */
#include "parsers/message/received_tail.h"
#include "tests/table.h"

#define DATE "; Tue, 24 Nov 2026 09:14:03 +0000"

static void tells_whole_from_broken(void **state) {
    static const struct {
        const char *tail;
        enum tail_kind kind;
        bool is_plain, is_whole;
    } rows[] = {
        {" by b.example (Postfix) with ESMTP id 1 for <k@b.example>" DATE " (UTC)", TAIL_OF_CLIENT, true,
         true},
        {" (using TLSv1.3 with cipher X (256/256 bits)) by b.example with ESMTPS id 1" DATE, TAIL_OF_SESSION,
         false, true},
        {" (using TLSv1.3 with cipher X (256/256 bits)) by b.example with ESMTPS id 1" DATE, TAIL_OF_CLIENT,
         false, false},
        {" (some words) by b.example with ESMTPS id 1" DATE, TAIL_OF_SESSION, false, false},
        {" by b.example with ESMTP with STARTTLS (version=TLSv1.2) id 1" DATE, TAIL_OF_CLIENT, false, true},
        {" by b.example for <\"a (b > c; d\"@b.example>" DATE, TAIL_OF_CLIENT, false, true},
        {" by b.example for <\"a (b > c; d\"@b.example>" DATE, TAIL_OF_CLIENT, true, false},
        {" by b.example (envelope-from <\"a) (((b\"@b.example>)" DATE, TAIL_OF_CLIENT, false, true},
        {" by b.example id <1@b.example> for k" DATE, TAIL_OF_CLIENT, false, true},
        {" by b.example pod-id b-1.b.example with HTTP" DATE, TAIL_OF_CLIENT, false, true},
        {" by b.example id 1 id 2" DATE, TAIL_OF_CLIENT, false, false},
        {" by b.example by c.example" DATE, TAIL_OF_CLIENT, false, false},
        {" by b.example for a b" DATE, TAIL_OF_CLIENT, false, false},
        {" by b.example (Postfix" DATE, TAIL_OF_CLIENT, false, false},
        {" by [192.0.2.1] with SMTP" DATE, TAIL_OF_CLIENT, false, true},
        {" by [x] with SMTP" DATE, TAIL_OF_CLIENT, false, false},
        {" by b.example; yesterday", TAIL_OF_CLIENT, false, false},
        {" by b.example; Tue, 24 Nov 2026 09:14:03 +0000 from c.example [127.0.0.1]", TAIL_OF_CLIENT, false,
         false},
        {" by b.example" DATE " (envelope-from a@b.example)", TAIL_OF_CLIENT, false, true},
        {" id e0734 by b.example (DragonFly Mail Agent v0.13)" DATE, TAIL_OF_CLIENT, false, true},
        {"(qmail 1 invoked by uid 48)" DATE, TAIL_OF_LOCAL, false, true},
        {"(qmail 1 invoked by uid 48)" DATE, TAIL_OF_CLIENT, false, false},
        {"(from k@localhost) by b.example (8.17.1/8.17.1/Submit) id 1" DATE, TAIL_OF_LOCAL, false, true},
        {"(from k@localhost)" DATE, TAIL_OF_LOCAL, false, false},
        {"", TAIL_OF_CLIENT, false, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].tail,
                      received_tail_is_whole(slice_of(rows[i].tail), rows[i].kind, rows[i].is_plain),
                      rows[i].is_whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_whole_from_broken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
