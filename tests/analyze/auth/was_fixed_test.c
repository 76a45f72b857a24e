/* Checks before and after: what became of each. */
#include "analyze/auth/was_fixed.h"

#include "analyze/auth/check_kind.h"
#include "tests/table.h"

#include <glib.h>

static const struct check_kind spf = {.id = "spf", .label = "SPF"};
static const struct check_kind mx = {.id = "mx", .label = "MX"};

/* Add "spf:a:fail" and the like, separated by blanks. */
static void add_all(struct check_list *list, const char *text) {
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word && **word; word++) {
        g_auto(GStrv) parts = g_strsplit(*word, ":", 3);
        enum check_outcome outcome = CHECK_PASS;
        while (strcmp(check_outcome_name(outcome), parts[2]) != 0)
            outcome++;
        check_add(list, strcmp(parts[0], "spf") == 0 ? &spf : &mx, outcome, "x",
                  arena_copy(list->arena, slice_of(parts[1])), SLICE("…"));
    }
}

static void test_states(void **state) {
    (void)state;
    static const struct {
        const char *before, *after, *states;
    } rows[] = {
        {"", "", ""},
        {"spf:a:fail", "spf:a:pass", "spf:a:fixed "},
        {"spf:a:warning", "spf:a:pass", "spf:a:fixed "},
        {"spf:a:fail", "spf:A:fail", "spf:A:open "},
        {"spf:a:fail", "spf:a:warning", "spf:a:open "},
        {"spf:a:pass", "spf:a:fail", "spf:a:broken "},
        {"spf:a:pass", "spf:a:pass", "spf:a:unchanged "},
        {"spf:a:unchecked", "spf:a:pass", "spf:a:unchanged "},
        {"spf:a:unchecked", "spf:a:fail", "spf:a:found "},
        {"spf:a:unchecked", "spf:a:warning", "spf:a:found "},
        {"spf:b:unchecked", "spf:a:fail", "spf:b:unchanged spf:a:found "},
        {"mx:a:unchecked", "spf:a:fail", "mx:a:unchanged spf:a:broken "},
        {"spf:a:unchecked", "spf:a:unchecked", "spf:a:unknown "},
        {"spf:a:fail", "spf:a:unchecked", "spf:a:unknown "},
        {"spf:a:fail", "", "spf:a:fixed "},
        {"spf:a:fail", "spf:b:unchecked", "spf:a:unknown spf:b:unknown "},
        {"spf:a:fail", "mx:a:unchecked", "spf:a:fixed mx:a:unknown "},
        {"spf:a:pass", "spf:a:pass mx:a:warning", "spf:a:unchanged mx:a:open "},
        {"spf:a:pass", "spf:a:pass mx:a:fail", "spf:a:unchanged mx:a:broken "},
        {"spf:a:fail spf:a:pass", "spf:a:pass spf:a:fail", "spf:a:fixed spf:a:broken "},
        {"spf:a:fail spf:a:fail", "spf:a:fail", "spf:a:open spf:a:fixed "},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver = {.arena = &arena};
        struct check_list before;
        struct check_list after;
        size_t count;
        check_list_init(&before, &resolver);
        check_list_init(&after, &resolver);
        add_all(&before, rows[i].before);
        add_all(&after, rows[i].after);
        const struct fixed *all = was_fixed(&before, &after, &arena, &count);
        g_autoptr(GString) states = g_string_new(NULL);
        for (size_t k = 0; k < count; k++) {
            const struct check *c = all[k].after ? all[k].after : all[k].before;
            g_string_append_printf(states, "%s:%.*s:%s ", c->kind->id, S(c->subject),
                                   fixed_state_name(all[k].state));
        }
        expect_text(rows[i].before, slice_of(states->str), rows[i].states);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_states)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
