/* Packed entries come out as they were read: those of a file of the built-in rules, read again here. */
#include "parsers/rules/load.h"
#include "parsers/rules/packed.h"
#include "tests/table.h"

#include <glib.h>

static void add_texts(GString *out, const char *const *list) {
    for (; list && *list; list++)
        g_string_append_printf(out, "[%s]", *list);
}

static void add_patterns(GString *out, const struct rule_pattern *list) {
    for (; list && list->regex; list++)
        g_string_append_printf(out, "[%s %u]", list->regex, list->weight);
}

/* All that an entry says, as text. */
static char *spell(const struct rule_schema *schema, const struct rule_place *entry) {
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "%s:%u:%u\n", entry->file, entry->line, entry->column);
    for (size_t k = 0; k < schema->key_count; k++) {
        const void *const *member = (const void *const *)((const char *)entry + schema->keys[k].offset);
        g_string_append_printf(out, "%s%s: ", schema->keys[k].name, *member ? "" : " (none)");
        if (schema->keys[k].type == KEY_STRING)
            g_string_append(out, *member ? *member : "");
        else if (schema->keys[k].type >= KEY_PATTERNS)
            add_patterns(out, *member);
        else
            add_texts(out, *member);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static const struct reply_rule *find_builtin(const char *id) {
    const struct rule_list *list = &builtin_rules.lists[RULES_REPLIES];
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(((const struct reply_rule *)rule_list_entry(list, i))->id, id) == 0)
            return rule_list_entry(list, i);
    return NULL;
}

static void same_as_read(void **state) {
    static const char *const file = "rules/replies/gmail.yaml";
    struct file_errors errors = {.out = stderr};
    struct rulebase base;
    (void)state;
    rulebase_load(&base, &file, 1, true, &errors);
    const struct rule_list *list = &base.lists[RULES_REPLIES];
    assert_true(list->count > 0);
    for (size_t i = 0; i < list->count; i++) {
        const struct reply_rule *read = rule_list_entry(list, i);
        const struct reply_rule *built = find_builtin(read->id);
        assert_non_null(built);
        assert_true(built->place.is_builtin && !read->place.is_builtin);
        g_autofree char *expected = spell(&rule_schemas[RULES_REPLIES], &read->place);
        g_autofree char *got = spell(&rule_schemas[RULES_REPLIES], &built->place);
        expect_text(read->id, slice_of(got), expected);
    }
    rulebase_free(&base);
}

static void the_same_each_time(void **state) {
    const struct rule_list *list = &builtin_rules.lists[RULES_REPLIES];
    (void)state;
    for (size_t i = 0; i < list->count; i++)
        assert_ptr_equal(rule_list_entry(list, i), rule_list_entry(list, i));
}

static gpointer ask_all(gpointer entries) {
    const struct rule_list *list = &builtin_rules.lists[RULES_REPLIES];
    for (size_t i = 0; i < list->count; i++)
        g_ptr_array_add(entries, (gpointer)rule_list_entry(list, i));
    return NULL;
}

static void the_same_in_threads(void **state) {
    GPtrArray *lists[2] = {g_ptr_array_new(), g_ptr_array_new()};
    (void)state;
    GThread *other = g_thread_new("other", ask_all, lists[0]);
    ask_all(lists[1]);
    g_thread_join(other);
    for (size_t i = 0; i < lists[1]->len; i++)
        assert_ptr_equal(lists[0]->pdata[i], lists[1]->pdata[i]);
    g_ptr_array_free(lists[0], TRUE);
    g_ptr_array_free(lists[1], TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_in_threads),
        cmocka_unit_test(the_same_each_time),
        cmocka_unit_test(same_as_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
