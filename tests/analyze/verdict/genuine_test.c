/* Is a bounce about a mail that its addressee sent? Rows of what a report holds, as facts. */
#include "analyze/verdict/genuine.h"

#include "tests/analyze/auth/on_zone.h"

#define NOW 1800000000 /* day 20833 since 1970: 833 modulo 1000; 353 modulo 1024, "LB" in base 32 */

static const char zone[] = ";! complete\n"
                           "ours.example. 1 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n";

static const struct {
    const char *what, *addressee;
    const char *client;    /* that handed the returned mail in */
    const char *signed_by; /* a domain whose signature holds over the returned header */
    bool is_broken;        /* it does not hold */
    enum {
        NOT_SEEN,
        SEEN,
        OTHER_REPLY,
        CONTRADICTED
    } in_log; /* the log says so, in other words, or the contrary */
    bool is_inside, is_authenticated;
    const char *expected; /* a start */
} rows[] = {
    {"in the log", "a@ours.example", NULL, NULL, false, SEEN, false, false, "genuine: your own log"},
    {"in the log, with another reply", "a@ours.example", NULL, NULL, false, OTHER_REPLY, false, false,
     "unknown: your own log contains this mail under the same queue id or message id, but not the reply"},
    {"in the log, which contradicts it", "a@ours.example", NULL, NULL, false, CONTRADICTED, false, false,
     "unknown: your own log contains this mail"},
    {"signed", "a@ours.example", NULL, "mail.ours.example", false, NOT_SEEN, false, false,
     "genuine: the returned message has a DKIM signature of mail.ours.example"},
    {"signed by another", "a@ours.example", NULL, "theirs.example", false, NOT_SEEN, false, false, "unknown"},
    {"signature broken", "a@ours.example", NULL, "ours.example", true, NOT_SEEN, false, false, "unknown"},
    {"BATV today", "prvs=0833abcdef=a@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "unknown: it went to an address with a BATV tag (prvs=) of recent days"},
    {"BATV ends in a week", "prvs=0840abcdef=a@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "unknown: it went to an address with a BATV tag"},
    {"BATV over", "prvs=0832abcdef=a@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "backscatter: it went to an address with a BATV tag (prvs=) that has expired"},
    {"BATV damaged", "prvs=0x32abcdef=a@ours.example", NULL, NULL, false, NOT_SEEN, false, false, "unknown"},
    {"BATV short", "prvs=0833", NULL, NULL, false, NOT_SEEN, false, false, "unknown"},
    {"SRS today", "SRS0=HHHH=LB=theirs.example=b@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "unknown: it went to an SRS address of recent days"},
    {"SRS old", "SRS0=HHHH=KB=theirs.example=b@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "backscatter: it went to an SRS address that has expired"},
    {"SRS damaged", "SRS0=HHHH=!!=theirs.example=b@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "unknown"},
    {"SPF allows", "a@ours.example", "192.0.2.9", NULL, false, NOT_SEEN, false, false,
     "unknown: the returned header says that the mail came from 192.0.2.9, which the SPF record of "
     "ours.example allows"},
    {"SPF forbids", "a@ours.example", "198.51.100.9", NULL, false, NOT_SEEN, false, false,
     "backscatter: the returned header says that the mail came from 198.51.100.9, which the SPF record of "
     "ours.example does not allow"},
    {"SPF forbids, but signed", "a@ours.example", "198.51.100.9", "ours.example", true, NOT_SEEN, false,
     false, "unknown"},
    {"SPF says nothing", "a@none.example", "198.51.100.9", NULL, false, NOT_SEEN, false, false, "unknown"},
    {"a login", "a@ours.example", "198.51.100.9", NULL, false, NOT_SEEN, false, true, "unknown"},
    {"from inside", "a@ours.example", NULL, NULL, false, NOT_SEEN, true, false,
     "genuine: no outside host handed this report in"},
    {"nothing", "a@ours.example", NULL, NULL, false, NOT_SEEN, false, false,
     "unknown: nothing in this report shows who sent the failed mail"},
};

static void test_rows(void **state) {
    struct snapshot *snapshot = snapshot_of(zone);
    struct auth_tools tools = {.snapshot = snapshot};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct confirmation log = {.is_confirmed = rows[i].in_log == SEEN,
                                   .is_same_outcome = rows[i].in_log != CONTRADICTED};
        struct verdict verdict = {.log = rows[i].in_log ? &log : NULL};
        struct report report = {.verdicts = &verdict};
        struct bounce bounce = {.addressee = slice_of(rows[i].addressee)};
        struct verification v = {0};
        struct hop hop = {.is_anchored = true,
                          .ip = slice_of(rows[i].client ? rows[i].client : ""),
                          .is_authenticated = rows[i].is_authenticated};
        struct chain_hop hops[1] = {{.hop = &hop}};
        struct dkim_verdict dkim = {.domain = slice_of(rows[i].signed_by ? rows[i].signed_by : ""),
                                    .header_hash = rows[i].is_broken ? HASH_MISMATCH : HASH_MATCH};
        auth_open(&v.auth, &tools, &arena);
        hop.address = ip_of(rows[i].client ? rows[i].client : "");
        v.auth.transaction.time = NOW;
        v.auth.dkim = rows[i].signed_by ? &dkim : NULL;
        if (rows[i].client) {
            report.mail.chain.hops = hops;
            report.mail.chain.count = 1;
        }
        struct hop carried = {.is_anchored = true};
        struct chain_hop carriers[1] = {{.hop = &carried, .trust = HOP_UNVERIFIED}};
        report.carrier.chain.hops = carriers;
        report.carrier.chain.count = 1;
        report.carrier.chain.is_inside = rows[i].is_inside;
        report_judge_genuine(&report, &bounce, &v, &builtin_rules, &arena);
        struct slice found = arena_printf(&arena, "%s: %.*s", v.genuine, S(v.genuine_reason));
        expect_text(rows[i].what, slice_upto(found, strlen(rows[i].expected)), rows[i].expected);
        assert_ptr_equal(verdict.checks->check, &genuine_check);
        auth_close(&v.auth);
        arena_free(&arena);
    }
    snapshot_free(snapshot);
}

static const struct {
    const char *what, *addressee, *signed_by;
    const char *author; /* of the returned mail: its lowest From field; empty: it has none */
    bool is_of_key;     /* the key is one that anybody can find */
    const char *expected;
    const char
        *mailbox;     /* in which the report lies, by the receiving side's Received field; NULL: not said */
    bool is_boundary; /* that field is believed */
} signed_rows[] = {
    {"from another address", "bounces+1@ours.example", "ours.example", "news@ours.example", false,
     "genuine: the returned message has a DKIM signature of ours.example", NULL, false},
    {"by a provider", "a@gmail.com", "gmail.com", "A@gmail.com", false,
     "genuine: the returned message has a DKIM signature of gmail.com", NULL, false},
    {"by a provider for another", "a@gmail.com", "gmail.com", "b@gmail.com", false,
     "unknown: the returned message has a valid DKIM signature of gmail.com, but it is from b@gmail.com",
     NULL, false},
    {"by a provider for nobody", "a@gmail.com", "gmail.com", "", false,
     "unknown: the returned message has a valid DKIM signature of gmail.com, but it is from nobody", NULL,
     false},
    {"and delivered to another mailbox of the domain", "bounces+1@ours.example", "ours.example",
     "a@ours.example", false, "genuine: the returned message has a DKIM signature of ours.example",
     "all@mail.ours.example", true},
    {"of a domain that only the report names", "a@theirs.example", "theirs.example", "a@theirs.example",
     false,
     "unknown: the returned message has a valid DKIM signature of theirs.example, of which the address is "
     "that this "
     "report names (To); but it was delivered to a@ours.example",
     "a@ours.example", true},
    {"of a domain that only the report names, by a field of anybody", "a@ours.example", "ours.example",
     "a@ours.example", false, "genuine: the returned message has a DKIM signature of ours.example",
     "a@theirs.example", false},
    {"by a provider for another of its mailboxes", "b@gmail.com", "gmail.com", "b@gmail.com", false,
     "unknown: the returned message has a valid DKIM signature of gmail.com, of which the address",
     "a@gmail.com", true},
    {"by a provider for this mailbox", "b@gmail.com", "gmail.com", "b@gmail.com", false,
     "genuine: the returned message has a DKIM signature of gmail.com", "B@gmail.com", true},
    {"with a short key", "a@ours.example", "ours.example", "a@ours.example", true,
     "unknown: nothing in this report", NULL, false},
};

/* Whose signature is proof of what. */
static void test_signatures(void **state) {
    struct snapshot *snapshot = snapshot_of(zone);
    struct auth_tools tools = {.snapshot = snapshot};
    (void)state;
    for (size_t i = 0; i < ROWS(signed_rows); i++) {
        struct arena arena = {0};
        struct report report = {.mail.trace.from_last = slice_of(signed_rows[i].author)};
        struct hop hop = {.recipient = slice_of(signed_rows[i].mailbox)};
        struct chain_hop hops[1] = {
            {.hop = &hop, .trust = signed_rows[i].is_boundary ? HOP_BOUNDARY : HOP_UNVERIFIED}};
        report.carrier.chain.hops = hops;
        report.carrier.chain.count = 1;
        struct bounce bounce = {.addressee = slice_of(signed_rows[i].addressee)};
        struct verification v = {0};
        struct dkim_verdict dkim = {.domain = slice_of(signed_rows[i].signed_by),
                                    .header_hash = HASH_MATCH,
                                    .is_of_key = signed_rows[i].is_of_key};
        auth_open(&v.auth, &tools, &arena);
        v.auth.dkim = &dkim;
        report_judge_genuine(&report, &bounce, &v, &builtin_rules, &arena);
        struct slice found = arena_printf(&arena, "%s: %.*s", v.genuine, S(v.genuine_reason));
        expect_text(signed_rows[i].what, slice_upto(found, strlen(signed_rows[i].expected)),
                    signed_rows[i].expected);
        auth_close(&v.auth);
        arena_free(&arena);
    }
    snapshot_free(snapshot);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_signatures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
