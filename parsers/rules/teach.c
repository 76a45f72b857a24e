/* Trains the second opinion when mailwhy is built, and writes it as a C table:
 *     mailwhy-teachc OUTPUT FILE...
 * of rule files (.yaml) and rows to learn from (.tsv). */
#include "parsers/rules/load.h"
#include "parsers/rules/tables.h"
#include "parsers/rules/train.h"

#include <glib.h>
#include <inttypes.h>

/* The generator itself has none. */
const struct rulebase builtin_rules = {0};
const struct rule_tables builtin_tables = {0};
const struct opinion_model builtin_opinion = {0};

/* As one text, which compilers read faster than a list of numbers: a byte for the cause, one for the weight.
 */
static void print_weights(const struct opinion_model *model) {
    puts("static const unsigned char weights[] =");
    for (size_t b = 0; b < FEATURE_BUCKETS; b++) {
        putchar('"');
        for (uint32_t i = 2 * model->first[b]; i < 2 * model->first[b + 1]; i++)
            printf("\\%03o", (unsigned)model->weights[i]);
        puts("\"");
    }
    puts(";");
}

static void print_heard(const struct opinion_model *model) {
    puts("static const struct heard_words heard[] = {");
    for (size_t i = 0; i < model->heard_count; i++)
        printf("{%" PRIu64 "u, %u},%s", model->heard[i].words, model->heard[i].cause, i % 4 == 3 ? "\n" : "");
    puts("{0, 0}};");
}

static void print_model(const struct opinion_model *model) {
    puts("/* Made from rules/ by mailwhy-teachc: do not edit. */\n#include \"parsers/rules/opinion.h\"\n");
    puts("#include <stddef.h>\n");
    puts("static const char *const causes[] = {");
    for (size_t c = 0; c < model->cause_count; c++)
        printf("\"%s\",\n", model->causes[c]);
    puts("NULL};\nstatic const uint32_t first[] = {");
    for (size_t b = 0; b <= FEATURE_BUCKETS; b++)
        printf("%u,%s", model->first[b], b % 16 == 15 ? "\n" : "");
    puts("};");
    print_weights(model);
    print_heard(model);
    printf("const struct opinion_model builtin_opinion = {causes, %zu, first, weights, heard, %zu};\n",
           model->cause_count, model->heard_count);
}

int main(int argc, char **argv) {
    struct file_errors errors = {.out = stderr};
    struct rulebase base;
    struct lessons lessons;
    if (argc < 3) {
        fputs("usage: mailwhy-teachc OUTPUT FILE...\n", stderr);
        return 64;
    }
    g_autoptr(GPtrArray) rules = g_ptr_array_new();
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    for (int i = 2; i < argc; i++)
        g_ptr_array_add(g_str_has_suffix(argv[i], ".tsv") ? rows : rules, argv[i]);
    rulebase_load(&base, (const char *const *)rules->pdata, rules->len, false, &errors);
    lessons_load(&lessons, &base, (const char *const *)rows->pdata, rows->len, &errors);
    if (errors.count || !freopen(argv[1], "w", stdout))
        return 78;
    struct opinion_model *model = train(&lessons, NULL);
    print_model(model);
    trained_free(model);
    lessons_free(&lessons);
    rulebase_free(&base);
    return fclose(stdout) == 0 ? 0 : 74;
}
