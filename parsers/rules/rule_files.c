/* Reading rule files (YAML, by libyaml) into a rulebase: see rule_files.h. Every entry begins with its
 * struct rule_place and its id, so that one loader serves all kinds. An entry that lacks a key which its kind
 * must have is laid over the later one of its id; one that has them all takes its place. */
#define _GNU_SOURCE
#include "parsers/rules/rule_files.h"

#include "parsers/base/hash.h"
#include "parsers/base/input.h"
#include "parsers/base/shown_name.h"
#include "parsers/rules/literal.h"
#include "parsers/rules/packed.h"
#include "parsers/rules/pattern.h"
#include "parsers/rules/schema.h"
#include "parsers/rules/yaml_file.h"

#include <glib.h>

struct loader {
    struct yaml_file yaml;
    GPtrArray *entries[RULE_KINDS];
    GHashTable *ids[RULE_KINDS]; /* id → entry */
};

static const char *const *load_strings(struct loader *l, yaml_node_t *node) {
    size_t count = yaml_file_length(&l->yaml, node);
    if (!yaml_file_takes(&l->yaml, node, count))
        count = 0;
    const char **list = arena_alloc(l->yaml.arena, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = yaml_file_string(&l->yaml, yaml_file_item(&l->yaml, node, i));
    return list;
}

static const char *const *load_pairs(struct loader *l, yaml_node_t *node) {
    if (node->type != YAML_MAPPING_NODE) {
        yaml_file_error(&l->yaml, node->start_mark, "expected `name: value` lines here");
        return NULL;
    }
    size_t count = (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
    if (!yaml_file_takes(&l->yaml, node, count))
        count = 0;
    const char **list = arena_alloc(l->yaml.arena, (2 * count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[2 * i] = yaml_file_string(
            &l->yaml, yaml_document_get_node(&l->yaml.document, node->data.mapping.pairs.start[i].key));
        list[2 * i + 1] = yaml_file_string(
            &l->yaml, yaml_document_get_node(&l->yaml.document, node->data.mapping.pairs.start[i].value));
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
    struct rule_pattern p = {.regex = arena_string(l->yaml.arena, regex)};
    p.weight = literal_extract(l->yaml.arena, p.regex).weight;
    g_array_append_val(list, p);
}

static void load_pattern(struct loader *l, yaml_node_t *item, bool are_choices, GArray *list) {
    char message[256];
    size_t at;
    const char *regex = yaml_file_string(&l->yaml, item);
    if (!pattern_check(regex, message, &at)) {
        yaml_file_error(&l->yaml, item->start_mark,
                        "not a valid regular expression: %s (at its character %zu)", message, at + 1);
        return;
    }
    for (const char *end; are_choices && *(end = alternative_end(regex)) == '|'; regex = end + 1)
        add_pattern(l, list, (struct slice){regex, (size_t)(end - regex)});
    add_pattern(l, list, slice_of(regex));
}

static const struct rule_pattern *load_patterns(struct loader *l, yaml_node_t *node, bool are_choices) {
    GArray *list = g_array_new(TRUE, TRUE, sizeof(struct rule_pattern)); /* ends with an empty one */
    for (size_t i = 0; i < yaml_file_length(&l->yaml, node); i++)
        load_pattern(l, yaml_file_item(&l->yaml, node, i), are_choices, list);
    size_t size = (list->len + 1) * sizeof(struct rule_pattern);
    struct rule_pattern *kept = memcpy(arena_alloc(l->yaml.arena, size), list->data, size);
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
static bool is_complete(struct loader *l, const struct rule_schema *schema, const void *entry,
                        yaml_node_t *node);

static const void *const *load_entries(struct loader *l, const struct rule_schema *schema,
                                       yaml_node_t *node) {
    size_t count = yaml_file_length(&l->yaml, node);
    size_t kept = 0;
    if (!yaml_file_takes(&l->yaml, node, count))
        count = 0;
    const void **list = arena_alloc(l->yaml.arena, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        yaml_node_t *item = yaml_file_item(&l->yaml, node, i);
        list[kept] = load_entry(l, schema, item);
        if (list[kept] && is_complete(l, schema, list[kept], item))
            kept++;
        else
            list[kept] = NULL;
    }
    return list;
}

static void load_value(struct loader *l, const struct rule_key *key, yaml_node_t *node, void *entry) {
    void *member = (char *)entry + key->offset;
    switch (key->type) {
    case KEY_STRING:
        *(const char **)member = yaml_file_string(&l->yaml, node);
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
        yaml_file_error(&l->yaml, node->start_mark, "expected a key of %s here", schema->key);
        return;
    }
    for (size_t i = 0; i < schema->key_count; i++)
        g_string_append_printf(known, "%s%s", i ? ", " : "", schema->keys[i].name);
    yaml_file_error(&l->yaml, node->start_mark, "unknown key `%s` in %s; expected one of: %s",
                    node->data.scalar.value, schema->key, known->str);
}

static void *load_entry(struct loader *l, const struct rule_schema *schema, yaml_node_t *node) {
    if (node->type != YAML_MAPPING_NODE) {
        yaml_file_error(&l->yaml, node->start_mark, "expected an entry of %s: `key: value` lines",
                        schema->key);
        return NULL;
    }
    if (!yaml_file_takes(&l->yaml, node, 1))
        return NULL;
    void *entry = arena_alloc(l->yaml.arena, schema->size);
    struct rule_place *place = entry;
    place->file = l->yaml.name;
    place->line = (unsigned)node->start_mark.line + 1;
    place->column = (unsigned)node->start_mark.column + 1;
    for (yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        yaml_node_t *name = yaml_document_get_node(&l->yaml.document, p->key);
        const struct rule_key *key =
            name->type == YAML_SCALAR_NODE ? find_key(schema, (char *)name->data.scalar.value) : NULL;
        if (key)
            load_value(l, key, yaml_document_get_node(&l->yaml.document, p->value), entry);
        else
            unknown_key(l, schema, name);
    }
    return l->yaml.is_too_large ? NULL : entry;
}

static const void *value_of(const struct rule_key *key, const void *entry) {
    return *(const void *const *)((const char *)entry + key->offset);
}

/* The first key that entries of its kind must have and this one has not; NULL: there is none. */
static const struct rule_key *key_missing(const struct rule_schema *schema, const void *entry) {
    for (size_t i = 0; i < schema->key_count; i++)
        if (schema->keys[i].required && !value_of(&schema->keys[i], entry))
            return &schema->keys[i];
    return NULL;
}

/* Tells what is missing. `node`: the entry in the file; NULL: that is not in memory any more. */
static bool is_complete(struct loader *l, const struct rule_schema *schema, const void *entry,
                        yaml_node_t *node) {
    const struct rule_place *place = entry;
    const struct rule_key *missing = key_missing(schema, entry);
    if (missing && node)
        yaml_file_error(&l->yaml, node->start_mark, "this entry of %s has no `%s`", schema->key,
                        missing->name);
    else if (missing && file_errors_add(l->yaml.errors)) {
        g_autofree char *file = shown_name(place->file);
        fprintf(l->yaml.errors->out, "%s:%u:%u: this entry of %s has no `%s`\n", file, place->line,
                place->column, schema->key, missing->name);
    }
    return !missing;
}

static size_t entry_count(const void *const *list) {
    size_t count = 0;
    while (list && list[count])
        count++;
    return count;
}

/* Both lists in one, those of `above` first. */
static const void *const *joined(struct loader *l, const void *const *above, const void *const *below) {
    size_t first = entry_count(above);
    size_t second = entry_count(below);
    const void **list = arena_alloc(l->yaml.arena, (first + second + 1) * sizeof *list);
    for (size_t i = 0; i < first + second; i++)
        list[i] = i < first ? above[i] : below[i - first];
    return list;
}

/* What an entry that is not complete does not say is as the later entry of that id says. */
static void lay_over(struct loader *l, enum rule_kind kind, void *entry, const void *below) {
    const struct rule_schema *schema = &rule_schemas[kind];
    bool has_words = kind == RULES_REPLIES && ((const struct reply_rule *)entry)->text;
    for (size_t i = 0; i < schema->key_count; i++) {
        const struct rule_key *key = &schema->keys[i];
        const void **member = (const void **)((char *)entry + key->offset);
        if (!*member)
            *member = value_of(key, below);
        else if (key->adds)
            *member = joined(l, *member, value_of(key, below));
    }
    if (!has_words) /* then it is judged as the rule below is: the second opinion is asked too */
        ((struct rule_place *)entry)->is_builtin = ((const struct rule_place *)below)->is_builtin;
}

/* Add an entry, or leave the earlier one of that id in place: what comes first overrides. */
static void add_entry(struct loader *l, enum rule_kind kind, const void *entry) {
    const struct rule_head *head = entry;
    struct rule_head *earlier = g_hash_table_lookup(l->ids[kind], head->id);
    if (earlier) {
        bool is_same_file = !head->place.is_builtin && strcmp(earlier->place.file, head->place.file) == 0;
        if (is_same_file && file_errors_add(l->yaml.errors)) {
            g_autofree char *file = shown_name(head->place.file);
            g_autofree char *id = shown_name(head->id);
            fprintf(l->yaml.errors->out, "%s:%u:1: the id `%s` stands already on line %u\n", file,
                    head->place.line, id, earlier->place.line);
        }
        if (!is_same_file && key_missing(&rule_schemas[kind], earlier))
            lay_over(l, kind, earlier, entry);
        return;
    }
    g_hash_table_insert(l->ids[kind], (char *)head->id, (void *)entry);
    g_ptr_array_add(l->entries[kind], (void *)entry);
}

static void load_list(struct loader *l, enum rule_kind kind, yaml_node_t *node) {
    if (node->type != YAML_SEQUENCE_NODE) {
        yaml_file_error(&l->yaml, node->start_mark, "expected a list: lines that begin with `- id: …`");
        return;
    }
    size_t most = kind == RULES_REPLIES ? LIMIT_REPLY_RULES : LIMIT_OTHER_RULES;
    for (size_t i = 0; i < yaml_file_length(&l->yaml, node); i++) {
        if (l->entries[kind]->len >= most) {
            yaml_file_error(&l->yaml, yaml_file_item(&l->yaml, node, i)->start_mark, "more than %zu %s", most,
                            rule_schemas[kind].key);
            return;
        }
        yaml_node_t *item = yaml_file_item(&l->yaml, node, i);
        const struct rule_head *entry = load_entry(l, &rule_schemas[kind], item);
        if (entry && (entry->id || is_complete(l, &rule_schemas[kind], entry, item)))
            add_entry(l, kind, entry);
    }
}

static void unknown_list(struct loader *l, yaml_node_t *name, const char *key) {
    g_autoptr(GString) known = g_string_new(NULL);
    for (int kind = 0; kind < RULE_KINDS; kind++)
        g_string_append_printf(known, "%s%s", kind ? ", " : "", rule_schemas[kind].key);
    yaml_file_error(&l->yaml, name->start_mark, "unknown list `%s`; expected one of: %s", key, known->str);
}

static void load_document(void *loader, yaml_node_t *root) {
    struct loader *l = loader;
    if (root->type != YAML_MAPPING_NODE) {
        yaml_file_error(&l->yaml, root->start_mark, "expected `replies:` or another kind of list");
        return;
    }
    for (yaml_node_pair_t *p = root->data.mapping.pairs.start; p < root->data.mapping.pairs.top; p++) {
        yaml_node_t *name = yaml_document_get_node(&l->yaml.document, p->key);
        const char *key = name->type == YAML_SCALAR_NODE ? (char *)name->data.scalar.value : "";
        int kind = 0;
        while (kind < RULE_KINDS && strcmp(rule_schemas[kind].key, key) != 0)
            kind++;
        if (kind < RULE_KINDS)
            load_list(l, kind, yaml_document_get_node(&l->yaml.document, p->value));
        else
            unknown_list(l, name, key);
    }
}

static void load_file(struct loader *l, const char *path) {
    struct input input;
    int error = input_open_small(&input, path, LIMIT_RULE_FILE);
    if (error) {
        g_autofree char *file = shown_name(path);
        if (file_errors_add(l->yaml.errors))
            fprintf(l->yaml.errors->out, "mailwhy: %s: %s\n", file, g_strerror(error));
        return;
    }
    yaml_file_read(&l->yaml, path, input.bytes, load_document, l);
    input_close(&input);
}

static void drop_incomplete(struct loader *l, enum rule_kind kind) {
    GPtrArray *entries = l->entries[kind];
    guint kept = 0;
    for (guint i = 0; i < entries->len; i++)
        if (is_complete(l, &rule_schemas[kind], entries->pdata[i], NULL))
            entries->pdata[kept++] = entries->pdata[i];
    g_ptr_array_set_size(entries, (gint)kept);
}

static void take_list(struct loader *l, enum rule_kind kind, struct rulebase *base) {
    GPtrArray *entries = l->entries[kind];
    const void **items = arena_alloc(l->yaml.arena, (entries->len + 1) * sizeof *items);
    if (entries->len)
        memcpy(items, entries->pdata, entries->len * sizeof *items);
    base->lists[kind] = (struct rule_list){items, entries->len, NULL};
    g_ptr_array_free(entries, TRUE);
    g_hash_table_destroy(l->ids[kind]);
}

void rule_files_load(struct rulebase *base, const char *const *files, size_t count, bool no_builtin,
                     struct file_errors *errors) {
    struct loader l = {.yaml = {.arena = &base->arena, .errors = errors}};
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
        drop_incomplete(&l, kind);
        take_list(&l, kind, base);
    }
}
