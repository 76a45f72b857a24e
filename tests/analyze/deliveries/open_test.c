/* Open messages, their texts and their recipients. */
#include "analyze/deliveries/open.h"
#include "tests/table.h"

#include <stdio.h>

static void keeps_messages_by_host_and_id(void **state) {
    struct open_table t;
    (void)state;
    open_init(&t);
    uint32_t a = open_host(&t, SLICE("a"));
    uint32_t b = open_host(&t, SLICE("b"));
    expect_number("a again", open_host(&t, SLICE("a")), a);
    expect_text("name", open_host_name(&t, b), "b");
    struct open_message *one =
        open_add(&t, open_name_of(SLICE("9C1D02B4"), open_host_hash(SLICE("a"))), SLICE("a"));
    struct open_message *two =
        open_add(&t, open_name_of(SLICE("9C1D02B4"), open_host_hash(SLICE("b"))), SLICE("b"));
    assert_ptr_equal(open_find(&t, open_name_at(&t, SLICE("9C1D02B4"), a)), one);
    assert_ptr_equal(open_find(&t, open_name_at(&t, SLICE("9C1D02B4"), b)), two);
    assert_null(open_find(&t, open_name_at(&t, SLICE("9C1D02B5"), a)));
    assert_ptr_equal(t.oldest, one);
    assert_ptr_equal(t.newest, two);
    open_remove(&t, one);
    assert_null(open_find(&t, open_name_at(&t, SLICE("9C1D02B4"), a)));
    assert_ptr_equal(t.oldest, two);
    open_free(&t);
}

static void knows_many_hosts(void **state) {
    struct open_table t;
    (void)state;
    open_init(&t);
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 100; i++) {
            char name[16];
            snprintf(name, sizeof name, "host%u", i);
            expect_number(name, open_host(&t, slice_of(name)), i);
        }
    open_free(&t);
}

static void keeps_and_removes_many(void **state) {
    struct open_table t;
    char id[16];
    (void)state;
    open_init(&t);
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(id, sizeof id, "Q%u", i);
        open_add(&t, open_name_of(slice_of(id), open_host_hash(SLICE("a"))), SLICE("a"));
    }
    for (unsigned i = 0; i < 5000; i += 2) {
        snprintf(id, sizeof id, "Q%u", i);
        open_remove(&t, open_find(&t, open_name_at(&t, slice_of(id), 0)));
    }
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(id, sizeof id, "Q%u", i);
        expect_number(id, open_find(&t, open_name_at(&t, slice_of(id), 0)) != NULL, i % 2);
    }
    expect_text("oldest", t.oldest->queue_id, "Q1");
    open_free(&t);
}

static void keeps_texts(void **state) {
    struct open_table t;
    char large[70000];
    (void)state;
    open_init(&t);
    struct open_message *m =
        open_add(&t, open_name_of(SLICE("9C1D02B4"), open_host_hash(SLICE("a"))), SLICE("a"));
    memset(large, 'x', sizeof large);
    struct slice first = open_keep(m, SLICE("a text"));
    struct slice whole = open_keep(m, (struct slice){large, sizeof large});
    struct slice last = open_keep(m, SLICE("another"));
    expect_text("first", first, "a text");
    expect_text("last", last, "another");
    expect_number("large", memcmp(whole.ptr, large, sizeof large), 0);
    assert_null(open_keep(m, SLICE_EMPTY).ptr);

    const char *place = first.ptr;
    open_replace(m, &first, SLICE("short"));
    expect_text("replaced", first, "short");
    assert_ptr_equal(first.ptr, place);
    open_replace(m, &first, SLICE("a longer text"));
    expect_text("replaced", first, "a longer text");
    open_replace(m, &first, SLICE_EMPTY);
    expect_text("replaced", first, "");
    open_free(&t);
}

static void finds_recipients(void **state) {
    static const struct slice none = {NULL, 0};
    struct open_table t;
    char address[32];
    (void)state;
    open_init(&t);
    struct open_message *m =
        open_add(&t, open_name_of(SLICE("9C1D02B4"), open_host_hash(SLICE("a"))), SLICE("a"));
    for (unsigned i = 0; i < 4 * FEW_RECIPIENTS; i++) {
        snprintf(address, sizeof address, "r%u@example.org", i);
        assert_null(open_recipient_find(m, slice_of(address), none));
        open_recipient_add(m, slice_of(address), none);
        open_recipient_add(m, slice_of(address), SLICE("sales@example.com"));
    }
    for (unsigned i = 0; i < 4 * FEW_RECIPIENTS; i++) {
        snprintf(address, sizeof address, "r%u@example.org", i);
        const struct recipient_story *plain = open_recipient_find(m, slice_of(address), none);
        const struct recipient_story *alias =
            open_recipient_find(m, slice_of(address), SLICE("sales@example.com"));
        expect_text(address, plain->address, address);
        expect_text(address, plain->rare->original, "");
        expect_text(address, alias->rare->original, "sales@example.com");
    }
    size_t count = 0;
    for (const struct recipient_story *r = m->recipients; r; r = r->next)
        count++;
    expect_number("recipients", (long long)count, 8 * FEW_RECIPIENTS);
    open_free(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_messages_by_host_and_id),
                                       cmocka_unit_test(knows_many_hosts),
                                       cmocka_unit_test(keeps_and_removes_many),
                                       cmocka_unit_test(keeps_texts), cmocka_unit_test(finds_recipients)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
