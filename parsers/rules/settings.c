/* Files of settings: see settings.h. */
#include "parsers/rules/settings.h"

#include "parsers/rules/yaml_file.h"

#include <glib.h>
#include <string.h>

struct reading {
    struct yaml_file yaml;
    struct settings *settings;
};

static struct setting_text text_of(struct reading *r, yaml_node_t *node) {
    struct file_place place = {node->start_mark.line + 1, node->start_mark.column + 1};
    return (struct setting_text){yaml_file_string(&r->yaml, node), place};
}

static void read_values(struct reading *r, struct setting *setting, yaml_node_t *node) {
    size_t count = yaml_file_length(&r->yaml, node);
    if (!yaml_file_takes(&r->yaml, node, count))
        return;
    struct setting_text *values = arena_alloc(r->yaml.arena, (count + 1) * sizeof *values);
    setting->values = values;
    setting->is_list = node->type == YAML_SEQUENCE_NODE;
    for (size_t i = 0; i < count; i++) {
        unsigned before = r->yaml.errors->count;
        yaml_node_t *item = yaml_file_item(&r->yaml, node, i);
        values[setting->count] = text_of(r, item);
        bool is_empty = !values[setting->count].text[0];
        if (is_empty && r->yaml.errors->count == before)
            yaml_file_error(&r->yaml, item->start_mark, "`%s` has no value here", setting->name.text);
        setting->count += !is_empty;
    }
}

static const struct setting *find(const struct settings *settings, const char *name) {
    for (size_t i = 0; i < settings->count; i++)
        if (strcmp(settings->items[i].name.text, name) == 0)
            return &settings->items[i];
    return NULL;
}

static void read_root(void *context, yaml_node_t *root) {
    struct reading *r = context;
    if (root->type == YAML_SCALAR_NODE && root->data.scalar.length == 0)
        return; /* comments alone */
    if (root->type != YAML_MAPPING_NODE) {
        yaml_file_error(&r->yaml, root->start_mark, "expected `name: value` lines here");
        return;
    }
    size_t most = (size_t)(root->data.mapping.pairs.top - root->data.mapping.pairs.start);
    struct setting *items = arena_alloc(r->yaml.arena, (most + 1) * sizeof *items);
    r->settings->items = items;
    for (size_t i = 0; i < most; i++) {
        const yaml_node_pair_t *pair = &root->data.mapping.pairs.start[i];
        yaml_node_t *name = yaml_document_get_node(&r->yaml.document, pair->key);
        struct setting one = {.name = text_of(r, name)};
        const struct setting *earlier = find(r->settings, one.name.text);
        if (earlier) {
            yaml_file_error(&r->yaml, name->start_mark, "`%s` stands already on line %zu", one.name.text,
                            earlier->name.place.line);
            continue;
        }
        read_values(r, &one, yaml_document_get_node(&r->yaml.document, pair->value));
        items[r->settings->count++] = one;
    }
}

void settings_read(struct settings *settings, const char *file, struct slice bytes, struct arena *arena,
                   struct file_errors *errors) {
    struct reading r = {.yaml = {.arena = arena, .errors = errors}, .settings = settings};
    *settings = (struct settings){0};
    yaml_file_read(&r.yaml, file, bytes, read_root, &r);
}
