/* Turns rule files into C tables when mailwhy is built:
 *     mailwhy-rulec ROOT OUTPUT FILE...
 * ROOT is cut off the file names, so that the tables say rules/replies/gmail.yaml. */
#include "parsers/rules/rules.h"

#include <glib.h>

const struct rulebase builtin_rules = {0}; /* the generator itself has none */

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

static void print_pairs(const char *const *list) {
    if (!list)
        fputs("NULL", stdout);
    else
        print_strings(list);
}

static void print_set(const struct literal_set *set) {
    printf("{(struct slice[]){");
    for (size_t i = 0; i < set->count; i++) {
        putchar('{');
        print_string(set->literals[i].ptr);
        printf(",%zu},", set->literals[i].len);
    }
    printf("},%zu},", set->count);
}

static void print_branch(const struct literal_branch *branch) {
    printf("{(struct literal_set[]){");
    for (size_t i = 0; i < branch->count; i++)
        print_set(&branch->sets[i]);
    printf("},%zu},", branch->count);
}

static void print_need(const struct literal_need *need) {
    if (need->count) {
        printf("{(struct literal_branch[]){");
        for (size_t i = 0; i < need->count; i++)
            print_branch(&need->branches[i]);
        printf("},%zu,%u}", need->count, need->weight);
    } else {
        printf("{NULL,0,%u}", need->weight);
    }
}

static void print_patterns(const struct rule_pattern *list) {
    if (!list) {
        fputs("NULL", stdout);
        return;
    }
    fputs("(const struct rule_pattern[]){", stdout);
    for (; list->regex; list++) {
        putchar('{');
        print_string(list->regex);
        putchar(',');
        print_need(&list->need);
        fputs("},", stdout);
    }
    fputs("{NULL,{NULL,0,0}}}", stdout);
}

static void print_key(const struct rule_key *key, const void *entry) {
    const void *member = (const char *)entry + key->offset;
    printf(".%s=", strcmp(key->name, "not") == 0 ? "not_examples" : key->name);
    switch (key->type) {
    case KEY_STRING:
        print_string(*(const char *const *)member);
        break;
    case KEY_STRINGS:
        print_strings(*(const char *const *const *)member);
        break;
    case KEY_PAIRS:
        print_pairs(*(const char *const *const *)member);
        break;
    case KEY_PATTERNS:
        print_patterns(*(const struct rule_pattern *const *)member);
        break;
    }
    putchar(',');
}

static void print_list(const struct rule_schema *schema, const struct rule_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const struct rule_source *source = list->items[i];
        printf("static const %s %s_%zu = {.source={", schema->c_type, schema->key, i);
        print_string(source->file + root_length);
        printf(",%u},", source->line);
        for (size_t k = 0; k < schema->key_count; k++)
            print_key(&schema->keys[k], list->items[i]);
        puts("};");
    }
    printf("static const void *const %s_list[] = {", schema->key);
    for (size_t i = 0; i < list->count; i++)
        printf("&%s_%zu,", schema->key, i);
    puts("NULL};");
}

int main(int argc, char **argv) {
    struct rule_errors errors = {.out = stderr};
    struct rulebase base;
    if (argc < 4) {
        fputs("usage: mailwhy-rulec ROOT OUTPUT FILE...\n", stderr);
        return 64;
    }
    root_length = strlen(argv[1]) + 1;
    rulebase_load(&base, (const char *const *)argv + 3, (size_t)argc - 3, false, &errors);
    rulebase_check(&base, &errors);
    if (errors.count || !freopen(argv[2], "w", stdout))
        return 78;
    puts("/* Made from rules/ by mailwhy-rulec: do not edit. */\n#include \"parsers/rules/rules.h\"\n");
    for (int kind = 0; kind < RULE_KINDS; kind++)
        print_list(&rule_schemas[kind], &base.lists[kind]);
    puts("const struct rulebase builtin_rules = {.lists = {");
    for (int kind = 0; kind < RULE_KINDS; kind++)
        printf("{%s_list, %zu},\n", rule_schemas[kind].key, base.lists[kind].count);
    puts("}};");
    rulebase_free(&base);
    return fclose(stdout) == 0 ? 0 : 74;
}
