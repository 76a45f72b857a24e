/* What a host's server refuses to the host's own programs counts once. */
#include "analyze/deliveries/own_refusals.h"
#include "tests/table.h"

struct step {
    char side; /* 't': a try failed; 'r': mail was refused; 'p': time passes; 0: no more */
    const char *host, *recipient, *ip;
    int64_t time;
};

static void note_told(void *told, const struct delivery *d) {
    g_string_append_printf(told, "%.*s/%.*s/%.*s ", (int)d->host.len, d->host.ptr, (int)d->recipient.len,
                           d->recipient.ptr, (int)d->reply.len, d->reply.ptr);
}

static void take_step(struct own_refusals *own, const struct step *s) {
    if (s->side == 'p') {
        own_refusals_pass(own, s->time);
    } else if (s->side == 't') {
        own_refusals_try(own, &(struct log_event){.kind = LOG_ATTEMPT,
                                                  .host = slice_of(s->host),
                                                  .recipient = slice_of(s->recipient),
                                                  .relay_ip = slice_of(s->ip),
                                                  .status = LOG_BOUNCED,
                                                  .time = s->time});
    } else {
        g_autofree char *host = g_strdup(s->host); /* the texts go with their event */
        own_refusals_reject(own, &(struct delivery){.host = slice_of(host),
                                                    .recipient = slice_of(s->recipient),
                                                    .client_ip = slice_of(s->ip),
                                                    .reply = SLICE("550 no"),
                                                    .first = s->time});
    }
}

static void counts_once(void **state) {
    static const struct {
        const char *what;
        struct step steps[4];
        const char *told;
    } rows[] = {
        {"the server first", {{'r', "a", "bob@a", "127.0.0.1", 5}, {'t', "a", "bob@a", "127.0.0.1", 5}}, ""},
        {"the program first", {{'t', "a", "bob@a", "127.0.0.1", 5}, {'r', "a", "bob@a", "127.0.0.1", 6}}, ""},
        {"IPv6, no domain", {{'r', "a", "bob@a", "::1", 5}, {'t', "a", "bob", "::1", 5}}, ""},
        {"before anybody was named",
         {{'r', "a", "", "127.0.0.1", 5}, {'t', "a", "bob", "127.0.0.1", 5}},
         "a//550 no "},
        {"one try is for one refusal",
         {{'t', "a", "bob@a", "127.0.0.1", 5},
          {'r', "a", "bob@a", "127.0.0.1", 5},
          {'r', "a", "bob@a", "127.0.0.1", 5}},
         "a/bob@a/550 no "},
        {"no try", {{'r', "a", "bob@a", "127.0.0.1", 5}}, "a/bob@a/550 no "},
        {"another recipient",
         {{'r', "a", "bob@a", "127.0.0.1", 5}, {'t', "a", "eve@a", "127.0.0.1", 5}},
         "a/bob@a/550 no "},
        {"another host",
         {{'r', "a", "bob@a", "127.0.0.1", 5}, {'t', "b", "bob@a", "127.0.0.1", 5}},
         "a/bob@a/550 no "},
        {"another client",
         {{'t', "a", "bob@a", "127.0.0.1", 5}, {'r', "a", "bob@a", "192.0.2.1", 5}},
         "a/bob@a/550 no "},
        {"a try elsewhere",
         {{'t', "a", "bob@a", "192.0.2.1", 5}, {'r', "a", "bob@a", "127.0.0.1", 5}},
         "a/bob@a/550 no "},
        {"much later",
         {{'r', "a", "bob@a", "127.0.0.1", 5}, {'p', "", "", "", 60}, {'t', "a", "bob@a", "127.0.0.1", 60}},
         "a/bob@a/550 no "},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) told = g_string_new(NULL);
        struct own_refusals own = {.sink = note_told, .context = told};
        for (const struct step *s = rows[i].steps; s < rows[i].steps + 4 && s->side; s++)
            take_step(&own, s);
        own_refusals_end(&own);
        expect_text(rows[i].what, (struct slice){told->str, told->len}, rows[i].told);
        expect_number(rows[i].what, own.waiting, 0);
    }
}

/* More than wait are told in their order. */
static void is_bounded(void **state) {
    g_autoptr(GString) told = g_string_new(NULL);
    struct own_refusals own = {.sink = note_told, .context = told};
    (void)state;
    for (int i = 0; i < 3 * OWN_REFUSALS; i++)
        take_step(&own, &(struct step){'r', i < 2 * OWN_REFUSALS ? "a" : "b", "bob@a", "127.0.0.1", 5});
    expect_number("waiting", own.waiting, OWN_REFUSALS);
    assert_null(strstr(told->str, "b/"));
    own_refusals_end(&own);
    expect_number("told", (long long)told->len, 3 * OWN_REFUSALS * (long long)strlen("a/bob@a/550 no "));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_once), cmocka_unit_test(is_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
