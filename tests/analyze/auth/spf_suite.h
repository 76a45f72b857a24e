/* The test suite of RFC 7208 (YAML), read for spf_test.c. */
#ifndef MAILWHY_SPF_SUITE_H
#define MAILWHY_SPF_SUITE_H

#include <glib.h>
#include <stdio.h>
#include <yaml.h>

static inline const char *scalar(yaml_node_t *n) {
    return n && n->type == YAML_SCALAR_NODE ? (const char *)n->data.scalar.value : NULL;
}

static inline yaml_node_t *member(yaml_document_t *d, yaml_node_t *map, const char *key) {
    if (!map || map->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top; p++)
        if (g_strcmp0(scalar(yaml_document_get_node(d, p->key)), key) == 0)
            return yaml_document_get_node(d, p->value);
    return NULL;
}

static inline void append_name(GString *out, const char *name) {
    for (; *name; name++)
        if (*name > 32 && *name < 127 && !strchr("\"();@$", *name))
            g_string_append_c(out, *name);
        else
            g_string_append_printf(out, "\\%03d", (unsigned char)*name);
    if (out->len && out->str[out->len - 1] != '.')
        g_string_append_c(out, '.');
}

/* The suite is Latin-1 inside UTF-8. */
static inline void append_string(GString *out, const yaml_node_t *text) {
    gsize length = 0;
    g_autofree char *bytes =
        g_convert((const char *)text->data.scalar.value, (gssize)text->data.scalar.length, "ISO-8859-1",
                  "UTF-8", NULL, &length, NULL);
    for (gsize i = 0; bytes && i <= length; i++) {
        if (i % 200 == 0)
            g_string_append(out, i ? "\" \"" : " \"");
        if (i < length)
            g_string_append_printf(out, "\\%03d", (unsigned char)bytes[i]);
    }
    g_string_append(out, "\"");
}

static inline void append_record(GString *out, yaml_document_t *d, const char *name, const char *kind,
                                 yaml_node_t *value) {
    yaml_node_t *first = value;
    if (g_strcmp0(scalar(value), "NONE") == 0)
        return;
    if (g_strcmp0(scalar(value), "TIMEOUT") == 0) {
        g_string_append(out, ";! TIMEOUT ");
        append_name(out, name);
        g_string_append_printf(out, " %s\n", kind);
        return;
    }
    append_name(out, name);
    g_string_append_printf(out, " 1 IN %s", kind);
    bool is_text = strcmp(kind, "TXT") == 0;
    bool is_list = value->type == YAML_SEQUENCE_NODE;
    yaml_node_item_t *item = is_list ? value->data.sequence.items.start : NULL;
    if (is_text && is_list && item == value->data.sequence.items.top)
        g_string_append(out, " \"\"");
    for (; !is_list || item < value->data.sequence.items.top; item++) {
        first = is_list ? yaml_document_get_node(d, *item) : value;
        bool is_host = strcmp(kind, "PTR") == 0 || strcmp(kind, "CNAME") == 0 ||
                       (is_list && item != value->data.sequence.items.start);
        g_string_append_c(out, ' ');
        if (is_text)
            append_string(out, first);
        else if (is_host)
            append_name(out, scalar(first)[0] ? scalar(first) : ".");
        else
            g_string_append(out, scalar(first));
        if (!is_list)
            break;
    }
    g_string_append_c(out, '\n');
}

static inline bool has_kind(yaml_document_t *d, yaml_node_t *list, const char *kind) {
    for (yaml_node_item_t *i = list->data.sequence.items.start; i < list->data.sequence.items.top; i++)
        if (member(d, yaml_document_get_node(d, *i), kind))
            return true;
    return false;
}

static inline void append_entries(GString *out, yaml_document_t *d, const char *name, yaml_node_t *list) {
    for (yaml_node_item_t *i = list->data.sequence.items.start; i < list->data.sequence.items.top; i++) {
        yaml_node_t *entry = yaml_document_get_node(d, *i);
        if (entry->type != YAML_MAPPING_NODE) {
            g_string_append(out, ";! TIMEOUT ");
            append_name(out, name);
            g_string_append(out, " ANY\n");
            continue;
        }
        yaml_node_pair_t *p = entry->data.mapping.pairs.start;
        const char *kind = scalar(yaml_document_get_node(d, p->key));
        if (strcmp(kind, "SPF") == 0 && has_kind(d, list, "TXT"))
            continue;
        append_record(out, d, name, strcmp(kind, "SPF") == 0 ? "TXT" : kind,
                      yaml_document_get_node(d, p->value));
    }
}

/* The zone data of a scenario as a snapshot. */
static inline GString *suite_zone(yaml_document_t *d, yaml_node_t *scenario) {
    GString *out = g_string_new(";! complete\n");
    yaml_node_t *zone = member(d, scenario, "zonedata");
    for (yaml_node_pair_t *p = zone->data.mapping.pairs.start; p < zone->data.mapping.pairs.top; p++)
        append_entries(out, d, scalar(yaml_document_get_node(d, p->key)),
                       yaml_document_get_node(d, p->value));
    return out;
}

#endif
