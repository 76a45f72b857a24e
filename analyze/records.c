/* Records of NDJSON as structs: see records.h. */
#define _GNU_SOURCE
#include "analyze/records.h"

#include <string.h>

void records_begin(struct records *r) {
    if (!r->lines)
        r->lines = g_string_new(NULL);
    g_string_truncate(r->lines, 0);
    r->read = 0;
}

void records_free(struct records *r) {
    if (r->lines)
        g_string_free(r->lines, TRUE);
    json_nodes_free(&r->nodes);
    arena_free(&r->arena);
    *r = (struct records){0};
}

void records_append(void *records, const char *bytes, size_t length) {
    g_string_append_len(((struct records *)records)->lines, bytes, (gssize)length);
}

static size_t find_member(const struct json_nodes *nodes, size_t object, struct slice name) {
    const struct json_node *all = nodes->nodes;
    size_t i = all[object].type == JSON_OBJECT && all[object].children ? object + 1 : 0;
    while (i && !slice_equal(all[i].name, name))
        i = all[i].next;
    return i;
}

static const struct json_node *find(const struct json_nodes *nodes, const char *path) {
    size_t node = 0;
    for (const char *end; *path; path = *end ? end + 1 : end) {
        end = strchrnul(path, '.');
        node = find_member(nodes, node, (struct slice){path, (size_t)(end - path)});
        if (!node)
            return NULL;
    }
    return &nodes->nodes[node];
}

static int64_t number_of(struct slice text) {
    if (slice_equal(text, slice_of("true")))
        return 1;
    if (slice_equal(text, slice_of("false")))
        return 0;
    return g_ascii_strtoll(text.ptr, NULL, 10); /* it ends where the JSON goes on */
}

static void fill(struct records *r, const struct record_field *field, struct slice line, void *found) {
    const struct json_node *node = find(&r->nodes, field->path);
    void *member = (char *)found + field->member;
    if (field->type == RECORD_LINE)
        *(const char **)member = arena_string(&r->arena, line);
    else if (field->type == RECORD_TEXT)
        *(const char **)member = node ? arena_string(&r->arena, json_text(node, &r->arena)) : NULL;
    else if (field->type == RECORD_INT)
        *(int *)member = node ? (int)number_of(node->text) : -1;
    else
        *(int64_t *)member = node ? number_of(node->text) : -1;
}

bool records_next(struct records *r, const struct record_field *fields, size_t count, void *found) {
    if (!r->lines)
        return false;
    const char *start = r->lines->str + r->read;
    const char *end = strchr(start, '\n');
    if (!end)
        return false;
    struct slice line = {start, (size_t)(end - start)};
    r->read += line.len + 1;
    arena_reset(&r->arena);
    if (!json_read(&r->nodes, line))
        return false;
    for (size_t i = 0; i < count; i++)
        fill(r, &fields[i], line, found);
    return true;
}

void records_drop_read(struct records *r) {
    g_string_erase(r->lines, 0, (gssize)r->read);
    r->read = 0;
}
