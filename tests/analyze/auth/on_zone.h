/* For tests of what asks the DNS: a snapshot from a text, and the results of a check as text. */
#ifndef MAILWHY_TESTS_ON_ZONE_H
#define MAILWHY_TESTS_ON_ZONE_H

#include "analyze/auth/auth.h"
#include "analyze/auth/check_kind.h"
#include "parsers/base/file_errors.h"
#include "parsers/dns/read.h"
#include "tests/table.h"

#include <stdio.h>

static inline struct snapshot *snapshot_of(const char *zone) {
    struct file_errors errors = {.out = stderr};
    struct snapshot *s = snapshot_new();
    dns_file_read(snapshot_add(s, "zone"), slice_of(zone), &errors);
    assert_int_equal(errors.count, 0);
    return s;
}

/* "fail none 192.0.2.1: 192.0.2.1 has no reverse DNS (PTR); …" with "!" for each remedy. */
static inline struct slice checks_text(const struct check_list *list, struct arena *arena) {
    struct slice text = SLICE_EMPTY;
    for (const struct check *c = list->first; c; c = c->next) {
        unsigned remedies = 0;
        for (const struct remedy *r = c->remedies; r; r = r->next)
            remedies++;
        text = arena_printf(arena, "%.*s%s%s %.*s %.*s%s: %.*s", S(text), text.len ? "\n" : "",
                            check_outcome_name(c->outcome), S(c->result), S(c->subject), remedies ? "!" : "",
                            S(c->text));
    }
    return text;
}

/* What one check finds of a transaction on a zone; `rules` may be NULL. */
static inline void expect_results(const char *row, const struct check_kind *kind, const char *zone,
                                  const struct transaction *transaction, const struct rulebase *rules,
                                  const char *expected) {
    struct arena arena = {0};
    struct auth auth;
    struct snapshot *snapshot = snapshot_of(zone);
    struct auth_tools tools = {.snapshot = snapshot, .rules = rules};
    struct check_context context = {.auth = &auth, .tools = &tools};
    auth_open(&auth, &tools, &arena);
    auth.transaction = *transaction;
    kind->run(&context);
    expect_text(row, checks_text(&auth.checks, &arena), expected);
    for (const struct check *c = auth.checks.first; c; c = c->next)
        assert_ptr_equal(c->kind, kind);
    auth_close(&auth);
    arena_free(&arena);
    snapshot_free(snapshot);
}

static inline struct ip ip_of(const char *text) {
    struct ip ip = {0};
    ip_parse(slice_of(text), &ip);
    return ip;
}

#endif
