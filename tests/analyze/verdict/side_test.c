/* On whose side of a delivery one's own names stand. */
#include "analyze/verdict/side.h"

#include "tests/table.h"

static const char *const own_entries[] = {"shop.example", "kim@free.example"};
static const struct own_names own = {own_entries, ROWS(own_entries)};

static void test_names(void **state) {
    static const struct {
        const char *address, *expected;
    } rows[] = {
        {"a@shop.example", "shop.example"},
        {"a@SHOP.example", "shop.example"},
        {"a@mail.shop.example", "shop.example"},
        {"mail.shop.example", "shop.example"},
        {"kim@free.example", "kim@free.example"},
        {"jo@free.example", NULL},
        {"a@bookshop.example", NULL},
        {"a@shop.example.evil.example", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *found = own_names_find(&own, slice_of(rows[i].address));
        expect_text(rows[i].address, slice_of(found ? found : "-"),
                    rows[i].expected ? rows[i].expected : "-");
    }
}

static void test_sides(void **state) {
    static const char *const mine[] = {"mx.hoster.example"};
    static const struct {
        const char *sender, *recipient, *by, *reporter;
        bool knows_servers;
        const char *expected;
    } rows[] = {
        {"a@shop.example", "b@other.example", "mx.hoster.example", "mx.hoster.example", true, "outbound"},
        {"a@shop.example", "b@other.example", "mx.evil.example", "mx.other.example", false, "outbound?"},
        {"a@shop.example", "b@other.example", "mx.evil.example", "mx.other.example", true, "backscatter"},
        {"a@shop.example", "b@other.example", "smtp.shop.example", "mx.other.example", true, "outbound"},
        {"a@shop.example", "b@other.example", "mx.evil.example", "mx.hoster.example", true, "backscatter"},
        {"a@shop.example", "b@other.example", "mx.evil.example", "mx.shop.example", false, "outbound?"},
        {"a@other.example", "b@shop.example", "mx.other.example", "mx.hoster.example", true, "inbound"},
        {"a@shop.example", "kim@free.example", "mx.hoster.example", "", true, "internal"},
        {"a@other.example", "b@third.example", "mx.other.example", "", true, "-"},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct trust_list trust = {mine, rows[i].knows_servers};
        struct bounce bounce = {0};
        struct hop hop = {.by = slice_of(rows[i].by)};
        struct verdict verdict = {.recipient = slice_of(rows[i].recipient)};
        struct report r = {.kind = KIND_BOUNCE,
                           .reporter = slice_of(rows[i].reporter),
                           .message = {.sender = slice_of(rows[i].sender)},
                           .mail = {.trace = {.hops = &hop}},
                           .is_about_another = true,
                           .verdicts = &verdict};
        report_take_side(&r, &bounce, &own, &trust, &arena);
        struct slice told = arena_printf(
            &arena, "%s%s", r.stance ? own_side_name(r.stance->side) : "-",
            r.stance && r.stance->side == OWN_SIDE_OUTBOUND && r.stance->ground == STANCE_OPEN ? "?" : "");
        expect_text(rows[i].recipient, told, rows[i].expected);
        assert_ptr_equal(verdict.stance, r.stance);
    }
    arena_free(&arena);
}

/* A message is addressed to who shall have it, a report to who sent the mail. */
static void test_addressees(void **state) {
    static const struct {
        enum input_kind kind;
        const char *from, *addressee, *expected;
    } rows[] = {
        {KIND_MESSAGE, "a@other.example", "b@shop.example", "inbound"},
        {KIND_MESSAGE, "a@shop.example", "b@other.example", "outbound"},
        {KIND_MESSAGE, "a@shop.example", "kim@free.example", "internal"},
        {KIND_AUTO_REPLY, "a@other.example", "b@shop.example", "outbound"},
    };
    (void)state;
    struct arena arena = {0};
    struct trust_list trust = {0};
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct bounce bounce = {.addressee = slice_of(rows[i].addressee)};
        struct report r = {.kind = rows[i].kind, .message = {.from = slice_of(rows[i].from)}};
        report_take_side(&r, &bounce, &own, &trust, &arena);
        expect_text(rows[i].addressee, slice_of(r.stance ? own_side_name(r.stance->side) : "-"),
                    rows[i].expected);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_sides),
                                       cmocka_unit_test(test_addressees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
