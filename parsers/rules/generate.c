/* Turns rule files into C tables when mailwhy is built:
 *     mailwhy-rulec ROOT OUTPUT FILE...
 * ROOT is cut off the file names, so that the tables say rules/replies/gmail.yaml. */
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"
#include "parsers/rules/opinion.h"
#include "parsers/rules/schema.h"
#include "parsers/rules/tables.h"

#include <glib.h>
#include <inttypes.h>

/* The generator itself has none. */
const struct rulebase builtin_rules = {0};
const struct rule_tables builtin_tables = {0};
const struct opinion_model builtin_opinion = {0};

static size_t root_length;

static void print_string(const char *s) {
    if (!s) {
        fputs("NULL", stdout);
        return;
    }
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            printf("\\%c", *s);
        else if ((unsigned char)*s < 32 || (unsigned char)*s >= 127 || *s == '?')
            printf("\\%03o", (unsigned char)*s);
        else
            putchar(*s);
    }
    putchar('"');
}

static void print_strings(const char *const *list) {
    if (!list) {
        fputs("NULL", stdout);
        return;
    }
    fputs("(const char *const[]){", stdout);
    for (; *list; list++) {
        print_string(*list);
        putchar(',');
    }
    fputs("NULL}", stdout);
}

/* Patterns have names of their own (replies_7_text), for the tables below point to them. */
static void print_patterns(const char *name, const struct rule_pattern *list) {
    printf("static const struct rule_pattern %s[] = {", name);
    for (; list->regex; list++) {
        putchar('{');
        print_string(list->regex);
        printf(",%u},", list->weight);
    }
    puts("{NULL,0}};");
}

static size_t count_of(const void *const *entries) {
    size_t count = 0;
    while (entries && entries[count])
        count++;
    return count;
}

/* `name` is the entry's: what its members point to has names that begin with it. */
static void print_key(const char *name, const struct rule_key *key, const void *entry) {
    const void *member = (const char *)entry + key->offset;
    const void *const *entries = NULL;
    printf(".%s=", strcmp(key->name, "not") == 0 ? "not_examples" : key->name);
    switch (key->type) {
    case KEY_STRING:
        print_string(*(const char *const *)member);
        break;
    case KEY_STRINGS:
    case KEY_PAIRS:
        print_strings(*(const char *const *const *)member);
        break;
    case KEY_ENTRIES:
        entries = *(const void *const *const *)member;
        if (entries)
            printf("(const %s *const[]){", key->entries->c_type);
        for (size_t i = 0; i < count_of(entries); i++)
            printf("&%s_%s_%zu,", name, key->name, i);
        fputs(entries ? "NULL}" : "NULL", stdout);
        break;
    case KEY_PATTERNS:
    case KEY_CHOICES:
        if (*(const void *const *)member)
            printf("%s_%s", name, key->name);
        else
            fputs("NULL", stdout);
        break;
    }
    putchar(',');
}

static void print_entry(const struct rule_schema *schema, const char *name, const void *entry);

/* What a key points to and has a name of its own. */
static void print_pointed(const char *name, const struct rule_key *key, const void *entry) {
    const void *const *member = (const void *const *)((const char *)entry + key->offset);
    g_autofree char *own = g_strdup_printf("%s_%s", name, key->name);
    if (key->type >= KEY_PATTERNS && *member)
        print_patterns(own, *member);
    for (size_t i = 0; key->type == KEY_ENTRIES && i < count_of((const void *const *)*member); i++) {
        g_autofree char *numbered = g_strdup_printf("%s_%zu", own, i);
        print_entry(key->entries, numbered, ((const void *const *)*member)[i]);
    }
}

static void print_entry(const struct rule_schema *schema, const char *name, const void *entry) {
    const struct rule_place *place = entry;
    for (size_t k = 0; k < schema->key_count; k++)
        print_pointed(name, &schema->keys[k], entry);
    printf("static const %s %s = {.place={", schema->c_type, name);
    print_string(place->file + root_length);
    printf(",%u,%u,true},", place->line, place->column);
    for (size_t k = 0; k < schema->key_count; k++)
        print_key(name, &schema->keys[k], entry);
    puts("};");
}

static void print_list(const struct rule_schema *schema, const struct rule_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        g_autofree char *name = g_strdup_printf("%s_%zu", schema->key, i);
        print_entry(schema, name, list->items[i]);
    }
    printf("static const void *const %s_list[] = {", schema->key);
    for (size_t i = 0; i < list->count; i++)
        printf("&%s_%zu,", schema->key, i);
    puts("NULL};");
}

static void pack_text(GString *bytes, const char *text) {
    g_string_append_len(bytes, text, (gssize)strlen(text) + 1);
}

static void pack_number(GString *bytes, size_t number) {
    g_autofree char *text = g_strdup_printf("%zu", number);
    pack_text(bytes, text);
}

static void pack_texts(GString *bytes, const char *const *list) {
    pack_number(bytes, g_strv_length((char **)list));
    for (; *list; list++)
        pack_text(bytes, *list);
}

static void pack_patterns(GString *bytes, const struct rule_pattern *list) {
    size_t count = 0;
    while (list[count].regex)
        count++;
    pack_number(bytes, count);
    for (; list->regex; list++) {
        pack_text(bytes, list->regex);
        pack_number(bytes, list->weight);
    }
}

/* As packed.h has it. */
static void pack_entry(GString *bytes, const struct rule_schema *schema, const void *entry) {
    const struct rule_place *place = entry;
    pack_text(bytes, place->file + root_length);
    pack_number(bytes, place->line);
    pack_number(bytes, place->column);
    for (size_t k = 0; k < schema->key_count; k++) {
        const void *member = (const char *)entry + schema->keys[k].offset;
        if (!*(const void *const *)member)
            continue;
        g_string_append_c(bytes, (char)(k + 1));
        if (schema->keys[k].type == KEY_STRING)
            pack_text(bytes, *(const char *const *)member);
        else if (schema->keys[k].type >= KEY_PATTERNS)
            pack_patterns(bytes, *(const struct rule_pattern *const *)member);
        else
            pack_texts(bytes, *(const char *const *const *)member);
    }
    g_string_append_c(bytes, '\0');
}

/* A line for each text: in a literal of its own, for a digit may follow its end. */
static void print_packed(const struct rule_schema *schema, const struct rule_list *list) {
    g_autoptr(GString) bytes = g_string_new(NULL);
    const char *key = schema->key;
    printf("static const uint32_t %s_starts[] = {", key);
    for (size_t i = 0; i < list->count; i++) {
        printf("%zu,", bytes->len);
        pack_entry(bytes, schema, list->items[i]);
    }
    printf("0};\nstatic const char %s_bytes[] =", key);
    for (size_t at = 0; at < bytes->len; at += strlen(bytes->str + at) + 1) {
        print_string(bytes->str + at);
        puts("\"\\0\"");
    }
    printf(";\nstatic const void *%s_unpacked[%zu];\n", key, list->count + 1);
    printf(
        "static const struct packed_rules %s_packed = {&rule_schemas[%d],%s_bytes,%s_starts,%s_unpacked};\n",
        key, (int)(schema - rule_schemas), key, key, key);
}

#define PRINT_ARRAY(type, name, count, ...)                                                                  \
    do {                                                                                                     \
        printf("static const " type " %s_" name "[] = {", key);                                              \
        for (size_t i = 0; i < (count); i++)                                                                 \
            printf(__VA_ARGS__);                                                                             \
        puts("};");                                                                                          \
    } while (0)

static void print_index(const char *key, const struct literal_index *x) {
    PRINT_ARRAY("struct literal_entry", "entries", x->entry_count + 1, "{%u,%u,%u,%u,%u,%u,%u},",
                x->entries[i].literal, x->entries[i].lead, x->entries[i].length, x->entries[i].offset,
                x->entries[i].first, x->entries[i].last, x->entries[i].is_last);
    PRINT_ARRAY("uint32_t", "leads", x->lead_count + 1, "%u,", i < x->lead_count ? x->leads[i] : 0);
    PRINT_ARRAY("struct literal_target", "targets", x->target_count + 1, "{%u,{%u,%u}},",
                x->targets[i].pattern, x->targets[i].needs[0], x->targets[i].needs[1]);
    PRINT_ARRAY("uint32_t", "groups", x->group_count + 1, "%u,", x->groups[i]);
    PRINT_ARRAY("uint32_t", "members", x->member_count + 1, "%u,", i < x->member_count ? x->members[i] : 0);
    PRINT_ARRAY("uint32_t", "always", x->always_count + 1, "%u,", i < x->always_count ? x->always[i] : 0);
    PRINT_ARRAY("uint32_t", "slots", (size_t)LITERAL_SLOTS, "%u,", x->slots[i]);
    PRINT_ARRAY("uint64_t", "used", (size_t)LITERAL_SLOTS / 64, "%" PRIu64 "u,", x->used[i]);
    PRINT_ARRAY("char", "pool", x->pool_size + 1, "%d,", i < x->pool_size ? (signed char)x->pool[i] : 0);
    printf("static const struct literal_index %s_index = {%u,%u,%u,%u,%u,%u,%u,%u,", key, x->patterns,
           x->entry_count, x->lead_count, x->target_count, x->group_count, x->member_count, x->always_count,
           x->pool_size);
    printf("%s_entries,%s_leads,%s_targets,%s_groups,%s_members,%s_always,%s_slots,%s_used,%s_pool};\n", key,
           key, key, key, key, key, key, key, key);
}

static void print_tables(const struct rulebase *base) {
    struct rule_tables tables;
    rule_tables_build(&tables, base);
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        const char *key = rule_schemas[kind].key;
        print_index(key, tables.index[kind]);
        printf("static const struct pattern_place %s_patterns[] = {", key);
        for (size_t i = 0; i < tables.index[kind]->patterns; i++)
            printf("{%u,%u},", tables.patterns[kind][i].entry, tables.patterns[kind][i].number);
        puts("{0,0}};");
    }
    printf("static const uint32_t code_rules[] = {");
    for (size_t i = 0; i < tables.code_rule_count; i++)
        printf("%u,", tables.code_rules[i]);
    puts("0};\nconst struct rule_tables builtin_tables = {{");
    for (int kind = 0; kind < RULE_KINDS; kind++)
        printf("%s_patterns,", rule_schemas[kind].key);
    printf("},{");
    for (int kind = 0; kind < RULE_KINDS; kind++)
        printf("&%s_index,", rule_schemas[kind].key);
    printf("},code_rules,%zu};\n", tables.code_rule_count);
    rule_tables_free(&tables);
}

/* There are so many of these that pointers to all they say would cost time at each start. */
static bool is_packed(int kind) {
    return kind == RULES_REPLIES;
}

static void print_rules(const struct rulebase *base) {
    for (int kind = 0; kind < RULE_KINDS; kind++)
        if (is_packed(kind))
            print_packed(&rule_schemas[kind], &base->lists[kind]);
        else
            print_list(&rule_schemas[kind], &base->lists[kind]);
    puts("const struct rulebase builtin_rules = {.lists = {");
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        const char *key = rule_schemas[kind].key;
        if (is_packed(kind))
            printf("{NULL, %zu, &%s_packed},\n", base->lists[kind].count, key);
        else
            printf("{%s_list, %zu, NULL},\n", key, base->lists[kind].count);
    }
    puts("}};");
}

static void want_source(const char *const *source, const struct rule_place *place, const char *what,
                        struct file_errors *errors) {
    if ((!source || !*source) && file_errors_add(errors))
        fprintf(stderr, "%s:%u:%u: %s, without a `source`\n", place->file, place->line, place->column, what);
}

/* What is said of one provider must have been seen somewhere. Rules of users may go without. */
static void check_sources(const struct rulebase *base, struct file_errors *errors) {
    const struct rule_list *replies = &base->lists[RULES_REPLIES];
    for (size_t i = 0; i < replies->count; i++) {
        const struct reply_rule *r = replies->items[i];
        if (r->provider || r->written_by)
            want_source(&r->source, &r->place, "a rule for one provider", errors);
    }
    for (size_t i = 0; i < base->lists[RULES_PROVIDERS].count; i++) {
        const struct provider *p = base->lists[RULES_PROVIDERS].items[i];
        if (p->page || p->form || p->loop || p->tool || p->asks)
            want_source(p->source, &p->place, "pages of a provider", errors);
        for (const struct provider_advice *const *a = p->advice; a && *a; a++)
            want_source(&(*a)->source, &(*a)->place, "advice of a provider", errors);
    }
}

int main(int argc, char **argv) {
    struct file_errors errors = {.out = stderr};
    struct rulebase base;
    if (argc < 4) {
        fputs("usage: mailwhy-rulec ROOT OUTPUT FILE...\n", stderr);
        return 64;
    }
    root_length = strlen(argv[1]) + 1;
    rulebase_load(&base, (const char *const *)argv + 3, (size_t)argc - 3, false, &errors);
    rulebase_check(&base, &errors);
    check_sources(&base, &errors);
    if (errors.count || !freopen(argv[2], "w", stdout))
        return 78;
    puts("/* Made from rules/ by mailwhy-rulec: do not edit. */\n#include "
         "\"parsers/rules/packed.h\"\n#include \"parsers/rules/tables.h\"\n");
    print_rules(&base);
    print_tables(&base);
    rulebase_free(&base);
    return fclose(stdout) == 0 ? 0 : 74;
}
