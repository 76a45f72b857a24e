/* Who sent what to whom, as far as a report tells. */
#include "analyze/verdict/transaction.h"

#include "tests/analyze/auth/on_zone.h"

static const char zone[] = ";! complete\n"
                           "mail.ours.example. 1 IN A 192.0.2.5\n"
                           "two.ours.example. 1 IN A 10.0.0.1\n"
                           "two.ours.example. 1 IN A 192.0.2.6\n";

static struct slice words(const struct transaction *s, struct arena *arena) {
    return arena_printf(arena,
                        "%.*s (%s) helo=%.*s sender=%.*s%s from=%.*s to=%.*s at=%.*s time=%lld tls=%d%d",
                        S(ip_text(arena, &s->ip)), s->ip_source ? s->ip_source : "-", S(s->helo),
                        S(s->sender), s->has_sender ? "" : "?", S(s->from_domain), S(s->recipient_domain),
                        S(s->receiver), (long long)s->time, s->is_tls_known, s->is_tls);
}

static void expect_transaction(const char *row, const struct report *report, const struct bounce *bounce,
                               const char *expected) {
    struct arena arena = {0};
    struct resolver resolver;
    struct transaction s;
    struct snapshot *snapshot = snapshot_of(zone);
    resolver_init(&resolver, snapshot, &arena);
    transaction_of_report(&s, report, bounce, &resolver);
    expect_text(row, words(&s, &arena), expected);
    resolver_close(&resolver);
    arena_free(&arena);
    snapshot_free(snapshot);
}

/* A message that arrived: what the host at the boundary saw. */
static void arrivals(void **state) {
    struct bounce bounce = {.arrival = -1};
    struct hop hop = {.is_anchored = true,
                      .is_client_known = true,
                      .ip = SLICE("198.51.100.7"),
                      .address = ip_of("198.51.100.7"),
                      .helo = SLICE("mx.s.example."),
                      .by = SLICE("mx.r.example"),
                      .with = SLICE("ESMTPS"),
                      .is_tls = true,
                      .recipient = SLICE("bob@r.example"),
                      .sender = SLICE("alice@s.example"),
                      .time = 100};
    struct chain_hop at = {.hop = &hop};
    hop.position = 2;
    struct report report = {.mail = {.trace = {.from = SLICE("alice@from.example")}}};
    (void)state;
    expect_transaction("nothing known", &report, &bounce,
                       " (-) helo= sender=? from=from.example to= at= time=-1 tls=00");
    report.mail.chain.boundary = &at;
    expect_transaction(
        "boundary", &report, &bounce,
        "198.51.100.7 (the Received field at the boundary names it) helo=mx.s.example "
        "sender=alice@s.example from=from.example to=r.example at=mx.r.example time=100 tls=11");
    report.mail.trace.return_path_position = 3;
    expect_transaction(
        "a Return-Path that came with the mail", &report, &bounce,
        "198.51.100.7 (the Received field at the boundary names it) helo=mx.s.example "
        "sender=alice@s.example from=from.example to=r.example at=mx.r.example time=100 tls=11");
    report.mail.trace.return_path_position = 1;
    expect_transaction("Return-Path: <>", &report, &bounce,
                       "198.51.100.7 (the Received field at the boundary names it) helo=mx.s.example sender= "
                       "from=from.example to=r.example at=mx.r.example time=100 tls=11");
}

/* A refusal: the reply names the address, or the reporting host's name leads to it. */
static void refusals(void **state) {
    struct bounce bounce = {.arrival = 50, .addressee = SLICE("alice@s.example")};
    struct verdict v = {
        .recipient = SLICE("bob@r.example"), .host = SLICE("mx.r.example"), .last_attempt = -1};
    struct report report = {
        .is_about_another = true, .verdicts = &v, .reporter = SLICE("mail.ours.example.")};
    (void)state;
    expect_transaction("by the reporter", &report, &bounce,
                       "192.0.2.5 (the address that the reporting host's name has) helo=mail.ours.example "
                       "sender=alice@s.example from= to=r.example at=mx.r.example time=50 tls=00");
    report.reporter = SLICE("two.ours.example");
    expect_transaction(
        "internal addresses are passed over", &report, &bounce,
        "192.0.2.6 (the first of the addresses that the reporting host's name has) "
        "helo=two.ours.example sender=alice@s.example from= to=r.example at=mx.r.example time=50 "
        "tls=00");
    report.reporter = SLICE("the post office");
    v.last_attempt = 70;
    report.message.sender = SLICE("other@s.example");
    expect_transaction("no host", &report, &bounce,
                       " (-) helo= sender=other@s.example from= to=r.example at=mx.r.example time=70 tls=00");
    struct entity ip = {.name = "ip", .value = SLICE("192.0.2.77")};
    v.entities = &ip;
    expect_transaction("by the reply", &report, &bounce,
                       "192.0.2.77 (the reply names it) helo= sender=other@s.example from= to=r.example "
                       "at=mx.r.example time=70 tls=00");
    v.ip = ip.value; /* the receiver names itself */
    expect_transaction("the receiver's own", &report, &bounce,
                       " (-) helo= sender=other@s.example from= to=r.example at=mx.r.example time=70 tls=00");
    struct hop hop = {.time = 30};
    struct chain_hop hops[] = {{.hop = &hop}};
    v.last_attempt = -1;
    report.carrier.chain = (struct chain){.hops = hops, .count = 1};
    expect_transaction("time of the report's way", &report, &bounce,
                       " (-) helo= sender=other@s.example from= to=r.example at=mx.r.example time=30 tls=00");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(arrivals), cmocka_unit_test(refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
