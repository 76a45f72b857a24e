/* Any bytes as JSON: its nodes stand in the text, one behind the other, as many as their parents say. */
#include "parsers/base/json_nodes.h"

#include "tests/fuzz/hold.h"

static bool is_in(struct slice inner, struct slice outer) {
    return !inner.len || (inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len);
}

static void check_node(const struct json_nodes *nodes, size_t i, struct slice text, struct arena *arena) {
    const struct json_node *n = &nodes->nodes[i];
    uint32_t children = 0;
    HOLDS(is_in(n->text, text) && is_in(n->name, text));
    HOLDS(json_text(n, arena).len <= n->text.len);
    for (size_t c = n->children ? i + 1 : 0; c; c = nodes->nodes[c].next, children++)
        HOLDS(c > i && c < nodes->count);
    HOLDS(children == n->children);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice text = {(const char *)data, size};
    struct json_nodes nodes = {0};
    struct arena arena = {0};
    size_t used = json_read(&nodes, text);
    HOLDS(used <= size);
    for (size_t i = 0; used && i < nodes.count; i++)
        check_node(&nodes, i, text, &arena);
    json_nodes_free(&nodes);
    arena_free(&arena);
    return 0;
}
