/* Reading rule files (YAML, by libyaml) into a rulebase: see rule_files.h. Every entry begins with its
 * struct rule_place and its id, so that one loader serves all kinds. */
#define _GNU_SOURCE
#include "parsers/rules/rule_files.h"

#include "parsers/base/hash.h"
#include "parsers/base/input.h"
#include "parsers/base/shown_name.h"
#include "parsers/base/text.h"
#include "parsers/rules/literal.h"
#include "parsers/rules/packed.h"
#include "parsers/rules/pattern.h"
#include "parsers/rules/schema.h"
#include "parsers/rules/yaml_survey.h"

#include <glib.h>
#include <yaml.h>

struct loader {
    struct arena *arena;
    struct file_errors *errors;
    const char *file;
    struct slice bytes;
    yaml_document_t document;
    size_t left; /* bytes that may still be loaded of this file: aliases load what they name anew */
    bool is_too_large;
    GPtrArray *entries[RULE_KINDS];
    GHashTable *ids[RULE_KINDS]; /* id → entry */
};

static struct slice line_of(struct slice bytes, size_t number) {
    struct slice line = SLICE_EMPTY;
    for (size_t i = 0; i <= number && slice_next_line(&bytes, &line); i++)
        ;
    return line;
}

static void __attribute__((format(printf, 3, 4)))
loader_error(struct loader *l, yaml_mark_t mark, const char *format, ...) {
    va_list args;
    if (!file_errors_add(l->errors))
        return;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    struct slice line = line_of(l->bytes, mark.line);
    g_autofree char *file = shown_name(l->file);
    g_autofree char *shown = shown_name(what);
    line = text_clean_block(l->arena, text_upto(line, 120)); /* leading blanks stay */
    fprintf(l->errors->out, "%s:%zu:%zu: %s\n    %.*s\n    %*s^\n", file, mark.line + 1, mark.column + 1,
            shown, (int)line.len, line.ptr ? line.ptr : "", (int)MIN(mark.column, 120), "");
}

/* Is there room for `size` more bytes of this file? */
static bool takes(struct loader *l, yaml_node_t *node, size_t size) {
    if (l->is_too_large)
        return false;
    l->is_too_large = size > l->left;
    l->left -= MIN(size, l->left);
    if (l->is_too_large)
        loader_error(l, node->start_mark,
                     "with its aliases this file is more than " G_STRINGIFY(LIMIT_ALIASES) " times as long");
    return !l->is_too_large;
}

static const char *load_string(struct loader *l, yaml_node_t *node) {
    if (node->type != YAML_SCALAR_NODE) {
        loader_error(l, node->start_mark, "expected a text here");
        return "";
    }
    if (!takes(l, node, node->data.scalar.length + 1))
        return "";
    return arena_string(l->arena, (struct slice){(char *)node->data.scalar.value, node->data.scalar.length});
}

/* 0 once the file has become too large. */
static size_t sequence_length(const struct loader *l, yaml_node_t *node) {
    if (l->is_too_large)
        return 0;
    return node->type == YAML_SEQUENCE_NODE
               ? (size_t)(node->data.sequence.items.top - node->data.sequence.items.start)
               : 1;
}

/* The i-th item of a list; a single text counts as a list of one. */
static yaml_node_t *sequence_item(struct loader *l, yaml_node_t *node, size_t i) {
    if (node->type != YAML_SEQUENCE_NODE)
        return node;
    return yaml_document_get_node(&l->document, node->data.sequence.items.start[i]);
}

static const char *const *load_strings(struct loader *l, yaml_node_t *node) {
    size_t count = sequence_length(l, node);
    if (!takes(l, node, count))
        count = 0;
    const char **list = arena_alloc(l->arena, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = load_string(l, sequence_item(l, node, i));
    return list;
}

static const char *const *load_pairs(struct loader *l, yaml_node_t *node) {
    if (node->type != YAML_MAPPING_NODE) {
        loader_error(l, node->start_mark, "expected `name: value` lines here");
        return NULL;
    }
    size_t count = (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
    if (!takes(l, node, count))
        count = 0;
    const char **list = arena_alloc(l->arena, (2 * count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[2 * i] =
            load_string(l, yaml_document_get_node(&l->document, node->data.mapping.pairs.start[i].key));
        list[2 * i + 1] =
            load_string(l, yaml_document_get_node(&l->document, node->data.mapping.pairs.start[i].value));
    }
    return list;
}

/* Past an escape, a class or any other character of a regular expression. */
static const char *skip_token(const char *p) {
    if (*p == '\\')
        return p[1] ? p + 2 : p + 1;
    if (*p != '[')
        return p + 1;
    p += p[1] == '^' ? 2 : 1;
    p += *p == ']';
    while (*p && *p != ']')
        p += *p == '\\' && p[1] ? 2 : 1;
    return *p ? p + 1 : p;
}

/* The end of the first alternative: its '|' outside all groups, or the end of the text. */
static const char *alternative_end(const char *p) {
    for (int depth = 0; *p && !(depth == 0 && *p == '|'); p = skip_token(p))
        depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
    return p;
}

static void add_pattern(struct loader *l, GArray *list, struct slice regex) {
    struct rule_pattern p = {.regex = arena_string(l->arena, regex)};
    p.weight = literal_extract(l->arena, p.regex).weight;
    g_array_append_val(list, p);
}

static void load_pattern(struct loader *l, yaml_node_t *item, bool are_choices, GArray *list) {
    char message[256];
    size_t at;
    const char *regex = load_string(l, item);
    if (!pattern_check(regex, message, &at)) {
        loader_error(l, item->start_mark, "not a valid regular expression: %s (at its character %zu)",
                     message, at + 1);
        return;
    }
    for (const char *end; are_choices && *(end = alternative_end(regex)) == '|'; regex = end + 1)
        add_pattern(l, list, (struct slice){regex, (size_t)(end - regex)});
    add_pattern(l, list, slice_of(regex));
}

static const struct rule_pattern *load_patterns(struct loader *l, yaml_node_t *node, bool are_choices) {
    GArray *list = g_array_new(TRUE, TRUE, sizeof(struct rule_pattern)); /* ends with an empty one */
    for (size_t i = 0; i < sequence_length(l, node); i++)
        load_pattern(l, sequence_item(l, node, i), are_choices, list);
    size_t size = (list->len + 1) * sizeof(struct rule_pattern);
    struct rule_pattern *kept = memcpy(arena_alloc(l->arena, size), list->data, size);
    g_array_free(list, TRUE);
    return kept;
}

static const struct rule_key *find_key(const struct rule_schema *schema, const char *name) {
    for (size_t i = 0; i < schema->key_count; i++)
        if (strcmp(schema->keys[i].name, name) == 0)
            return &schema->keys[i];
    return NULL;
}

static void *load_entry(struct loader *l, const struct rule_schema *schema, yaml_node_t *node);

static const void *const *load_entries(struct loader *l, const struct rule_schema *schema,
                                       yaml_node_t *node) {
    size_t count = sequence_length(l, node);
    size_t kept = 0;
    if (!takes(l, node, count))
        count = 0;
    const void **list = arena_alloc(l->arena, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        if ((list[kept] = load_entry(l, schema, sequence_item(l, node, i))))
            kept++;
    return list;
}

static void load_value(struct loader *l, const struct rule_key *key, yaml_node_t *node, void *entry) {
    void *member = (char *)entry + key->offset;
    switch (key->type) {
    case KEY_STRING:
        *(const char **)member = load_string(l, node);
        break;
    case KEY_STRINGS:
        *(const char *const **)member = load_strings(l, node);
        break;
    case KEY_PAIRS:
        *(const char *const **)member = load_pairs(l, node);
        break;
    case KEY_ENTRIES:
        *(const void *const **)member = load_entries(l, key->entries, node);
        break;
    case KEY_PATTERNS:
    case KEY_CHOICES:
        *(const struct rule_pattern **)member = load_patterns(l, node, key->type == KEY_CHOICES);
        break;
    }
}

static void unknown_key(struct loader *l, const struct rule_schema *schema, yaml_node_t *node) {
    g_autoptr(GString) known = g_string_new(NULL);
    if (node->type != YAML_SCALAR_NODE) {
        loader_error(l, node->start_mark, "expected a key of %s here", schema->key);
        return;
    }
    for (size_t i = 0; i < schema->key_count; i++)
        g_string_append_printf(known, "%s%s", i ? ", " : "", schema->keys[i].name);
    loader_error(l, node->start_mark, "unknown key `%s` in %s; expected one of: %s", node->data.scalar.value,
                 schema->key, known->str);
}

static void *load_entry(struct loader *l, const struct rule_schema *schema, yaml_node_t *node) {
    if (node->type != YAML_MAPPING_NODE) {
        loader_error(l, node->start_mark, "expected an entry of %s: `key: value` lines", schema->key);
        return NULL;
    }
    if (!takes(l, node, 1))
        return NULL;
    void *entry = arena_alloc(l->arena, schema->size);
    struct rule_place *place = entry;
    place->file = l->file;
    place->line = (unsigned)node->start_mark.line + 1;
    place->column = (unsigned)node->start_mark.column + 1;
    for (yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        yaml_node_t *name = yaml_document_get_node(&l->document, p->key);
        const struct rule_key *key =
            name->type == YAML_SCALAR_NODE ? find_key(schema, (char *)name->data.scalar.value) : NULL;
        if (key)
            load_value(l, key, yaml_document_get_node(&l->document, p->value), entry);
        else
            unknown_key(l, schema, name);
    }
    if (l->is_too_large)
        return NULL;
    bool is_complete = true;
    for (size_t i = 0; i < schema->key_count; i++)
        if (schema->keys[i].required && !*(void **)((char *)entry + schema->keys[i].offset)) {
            loader_error(l, node->start_mark, "this entry of %s has no `%s`", schema->key,
                         schema->keys[i].name);
            is_complete = false;
        }
    return is_complete ? entry : NULL;
}

/* Add an entry, or leave the earlier one of that id in place: what comes first overrides. */
static void add_entry(struct loader *l, enum rule_kind kind, const void *entry) {
    const struct rule_head *head = entry;
    const struct rule_head *earlier = g_hash_table_lookup(l->ids[kind], head->id);
    if (earlier) {
        if (strcmp(earlier->place.file, head->place.file) == 0 && file_errors_add(l->errors)) {
            g_autofree char *file = shown_name(head->place.file);
            g_autofree char *id = shown_name(head->id);
            fprintf(l->errors->out, "%s:%u:1: the id `%s` stands already on line %u\n", file,
                    head->place.line, id, earlier->place.line);
        }
        return;
    }
    g_hash_table_insert(l->ids[kind], (char *)head->id, (void *)entry);
    g_ptr_array_add(l->entries[kind], (void *)entry);
}

static void load_list(struct loader *l, enum rule_kind kind, yaml_node_t *node) {
    if (node->type != YAML_SEQUENCE_NODE) {
        loader_error(l, node->start_mark, "expected a list: lines that begin with `- id: …`");
        return;
    }
    size_t most = kind == RULES_REPLIES ? LIMIT_REPLY_RULES : LIMIT_OTHER_RULES;
    for (size_t i = 0; i < sequence_length(l, node); i++) {
        if (l->entries[kind]->len >= most) {
            loader_error(l, sequence_item(l, node, i)->start_mark, "more than %zu %s", most,
                         rule_schemas[kind].key);
            return;
        }
        const void *entry = load_entry(l, &rule_schemas[kind], sequence_item(l, node, i));
        if (entry)
            add_entry(l, kind, entry);
    }
}

static void unknown_list(struct loader *l, yaml_node_t *name, const char *key) {
    g_autoptr(GString) known = g_string_new(NULL);
    for (int kind = 0; kind < RULE_KINDS; kind++)
        g_string_append_printf(known, "%s%s", kind ? ", " : "", rule_schemas[kind].key);
    loader_error(l, name->start_mark, "unknown list `%s`; expected one of: %s", key, known->str);
}

static void load_document(struct loader *l) {
    yaml_node_t *root = yaml_document_get_root_node(&l->document);
    if (!root)
        return;
    if (root->type != YAML_MAPPING_NODE) {
        loader_error(l, root->start_mark, "expected `replies:` or another kind of list");
        return;
    }
    for (yaml_node_pair_t *p = root->data.mapping.pairs.start; p < root->data.mapping.pairs.top; p++) {
        yaml_node_t *name = yaml_document_get_node(&l->document, p->key);
        const char *key = name->type == YAML_SCALAR_NODE ? (char *)name->data.scalar.value : "";
        int kind = 0;
        while (kind < RULE_KINDS && strcmp(rule_schemas[kind].key, key) != 0)
            kind++;
        if (kind < RULE_KINDS)
            load_list(l, kind, yaml_document_get_node(&l->document, p->value));
        else
            unknown_list(l, name, key);
    }
}

static void begin_parser(yaml_parser_t *parser) {
    if (!yaml_parser_initialize(parser))
        g_error("there is no memory to read rules");
}

static void load_yaml(struct loader *l) {
    yaml_parser_t parser;
    yaml_mark_t mark;
    begin_parser(&parser);
    const char *problem = yaml_survey(&parser, l->bytes, &mark);
    if (problem)
        loader_error(l, mark, "not valid YAML: %s", problem);
    yaml_parser_delete(&parser);
    if (problem)
        return;
    begin_parser(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)l->bytes.ptr, l->bytes.len);
    if (yaml_parser_load(&parser, &l->document)) {
        load_document(l);
        yaml_document_delete(&l->document);
    } else {
        loader_error(l, parser.problem_mark, "not valid YAML: %s", parser.problem ? parser.problem : "");
    }
    yaml_parser_delete(&parser);
}

static void load_file(struct loader *l, const char *path) {
    struct input input;
    int error = input_open(&input, path);
    l->file = arena_string(l->arena, slice_of(path));
    if (error) {
        g_autofree char *file = shown_name(path);
        if (file_errors_add(l->errors))
            fprintf(l->errors->out, "mailwhy: %s: %s\n", file, g_strerror(error));
        return;
    }
    l->bytes = input.bytes;
    l->left = input.bytes.len * LIMIT_ALIASES;
    l->is_too_large = false;
    load_yaml(l);
    input_close(&input);
}

static void take_list(struct loader *l, enum rule_kind kind, struct rulebase *base) {
    GPtrArray *entries = l->entries[kind];
    const void **items = arena_alloc(l->arena, (entries->len + 1) * sizeof *items);
    if (entries->len)
        memcpy(items, entries->pdata, entries->len * sizeof *items);
    base->lists[kind] = (struct rule_list){items, entries->len, NULL};
    g_ptr_array_free(entries, TRUE);
    g_hash_table_destroy(l->ids[kind]);
}

void rule_files_load(struct rulebase *base, const char *const *files, size_t count, bool no_builtin,
                     struct file_errors *errors) {
    struct loader l = {.arena = &base->arena, .errors = errors};
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        l.entries[kind] = g_ptr_array_new();
        l.ids[kind] = g_hash_table_new(hash_string, g_str_equal);
    }
    for (size_t i = 0; i < count; i++)
        load_file(&l, files[i]);
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        const struct rule_list *builtin = &builtin_rules.lists[kind];
        for (size_t i = 0; i < builtin->count && !(no_builtin && kind == RULES_REPLIES); i++)
            add_entry(&l, kind, rule_list_entry(builtin, i));
        take_list(&l, kind, base);
    }
}
