/* JSON as nodes: see json_nodes.h. */
#include "parsers/base/json_nodes.h"

#include <glib.h>

struct reading {
    struct json_nodes *out;
    const char *at, *end;
    uint32_t open[LIMIT_JSON_NESTING]; /* objects and lists that are not closed: their nodes */
    uint32_t last[LIMIT_JSON_NESTING]; /* the last child of each; 0: none yet */
    size_t depth;
};

static void skip_blanks(struct reading *r) {
    while (r->at < r->end && ascii_is_space(*r->at))
        r->at++;
}

static bool take(struct reading *r, char c) {
    skip_blanks(r);
    bool is_there = r->at < r->end && *r->at == c;
    r->at += is_there;
    return is_there;
}

/* What stands between quotes, of which the first is read. */
static bool read_quoted(struct reading *r, struct slice *inside, bool *is_escaped) {
    const char *start = r->at;
    *is_escaped = false;
    while (r->at < r->end && *r->at != '"' && *r->at != '\n') {
        bool is_escape = *r->at == '\\';
        *is_escaped |= is_escape;
        r->at += is_escape && r->at + 1 < r->end ? 2 : 1;
    }
    *inside = (struct slice){start, (size_t)(r->at - start)};
    return r->at < r->end && *r->at++ == '"';
}

static uint32_t next_number(struct json_nodes *nodes) {
    if (nodes->count == nodes->room) {
        nodes->room = nodes->room ? 2 * nodes->room : 64;
        nodes->nodes = g_renew(struct json_node, nodes->nodes, nodes->room);
    }
    return (uint32_t)nodes->count++;
}

/* A new node, the last child of what is open. It stands until the next one is added. */
static struct json_node *add_node(struct reading *r, struct slice name) {
    struct json_nodes *out = r->out;
    uint32_t number = next_number(out);
    if (r->depth) {
        uint32_t *last = &r->last[r->depth - 1];
        if (*last)
            out->nodes[*last].next = number;
        *last = number;
        out->nodes[r->open[r->depth - 1]].children++;
    }
    out->nodes[number] = (struct json_node){.name = name};
    return &out->nodes[number];
}

static bool open_nest(struct reading *r, struct json_node *node) {
    node->type = *r->at == '{' ? JSON_OBJECT : JSON_LIST;
    node->text = (struct slice){r->at++, 1};
    if (r->depth == LIMIT_JSON_NESTING)
        return false;
    r->open[r->depth] = (uint32_t)(node - r->out->nodes);
    r->last[r->depth++] = 0;
    return true;
}

/* A number, or true, false, null. */
static bool read_bare(struct reading *r, struct json_node *node) {
    const char *start = r->at;
    node->type = ascii_is_alpha(*start) ? JSON_WORD : JSON_NUMBER;
    while (r->at < r->end && (ascii_is_alnum(*r->at) || *r->at == '-' || *r->at == '+' || *r->at == '.'))
        r->at++;
    node->text = (struct slice){start, (size_t)(r->at - start)};
    return node->text.len &&
           (node->type == JSON_NUMBER || slice_equal(node->text, SLICE("true")) ||
            slice_equal(node->text, SLICE("false")) || slice_equal(node->text, SLICE("null")));
}

/* A value; one that is an object or a list is only opened. */
static bool read_value(struct reading *r, struct slice name) {
    skip_blanks(r);
    if (r->at == r->end)
        return false;
    struct json_node *node = add_node(r, name);
    if (*r->at == '{' || *r->at == '[')
        return open_nest(r, node);
    if (*r->at != '"')
        return read_bare(r, node);
    r->at++;
    node->type = JSON_STRING;
    return read_quoted(r, &node->text, &node->is_escaped);
}

/* The next thing inside what is open: its end, or a value. */
static bool read_inside(struct reading *r) {
    struct json_node *nest = &r->out->nodes[r->open[r->depth - 1]];
    bool is_object = nest->type == JSON_OBJECT;
    struct slice name = SLICE_EMPTY;
    bool is_escaped;
    if (take(r, is_object ? '}' : ']')) {
        nest->text.len = (size_t)(r->at - nest->text.ptr);
        r->depth--;
        return true;
    }
    if (nest->children && !take(r, ','))
        return false;
    if (is_object && !(take(r, '"') && read_quoted(r, &name, &is_escaped) && take(r, ':')))
        return false;
    return read_value(r, name);
}

size_t json_read(struct json_nodes *nodes, struct slice text) {
    struct reading r = {.out = nodes, .at = text.ptr, .end = text.len ? text.ptr + text.len : text.ptr};
    nodes->count = 0;
    bool is_read = text.len && read_value(&r, SLICE_EMPTY);
    while (is_read && r.depth)
        is_read = read_inside(&r);
    return is_read ? (size_t)(r.at - text.ptr) : 0;
}

void json_make_object(struct json_nodes *nodes) {
    nodes->count = 0;
    uint32_t number = next_number(nodes); /* may move them */
    nodes->nodes[number] = (struct json_node){.type = JSON_OBJECT};
}

void json_add_member(struct json_nodes *nodes, struct slice name, struct slice text) {
    uint32_t number = next_number(nodes);
    if (nodes->nodes[0].children++)
        nodes->nodes[number - 1].next = number;
    nodes->nodes[number] = (struct json_node){.type = JSON_STRING, .name = name, .text = text};
}

void json_nodes_free(struct json_nodes *nodes) {
    g_free(nodes->nodes);
    *nodes = (struct json_nodes){0};
}

/* Four digits of base 16; -1: they are none. */
static int32_t code_unit(struct slice s) {
    int32_t value = s.len < 4 ? -1 : 0;
    for (size_t i = 0; i < 4 && value >= 0; i++) {
        int digit = g_ascii_xdigit_value(s.ptr[i]);
        value = digit < 0 ? -1 : value * 16 + digit;
    }
    return value;
}

/* "\u00fc", "\ud83d\ude00"; `s` stands behind the first u. Returns what it used of it. */
static size_t write_unicode(struct slice s, char **out) {
    int32_t value = code_unit(s);
    size_t used = value < 0 ? 0 : 4;
    if (value >= 0xd800 && value < 0xdc00 && s.len >= 10 && s.ptr[4] == '\\' && s.ptr[5] == 'u') {
        int32_t low = code_unit(slice_from(s, 6));
        if (low >= 0xdc00 && low < 0xe000) {
            value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
            used = 10;
        }
    }
    bool is_text = value > 0 && !(value >= 0xd800 && value < 0xe000);
    *out += g_unichar_to_utf8(is_text ? (gunichar)value : ' ', *out);
    return used;
}

struct slice json_unescape(struct slice inside, struct arena *arena) {
    char *copy = arena_open(arena, inside.len);
    char *out = copy;
    for (size_t at = 0; at < inside.len;) {
        char c = inside.ptr[at++];
        if (c != '\\' || at == inside.len) {
            *out++ = c;
            continue;
        }
        c = inside.ptr[at++];
        if (c == 'u')
            at += write_unicode(slice_from(inside, at), &out);
        else
            *out++ = c == 'n' || c == 'r' ? '\n' : strchr("tbf", c) && c ? ' ' : c;
    }
    return arena_close(arena, copy, (size_t)(out - copy));
}

struct slice json_text(const struct json_node *node, struct arena *arena) {
    bool is_null = node->type == JSON_WORD && slice_equal(node->text, SLICE("null"));
    if (node->type == JSON_OBJECT || node->type == JSON_LIST || is_null)
        return SLICE_EMPTY;
    return node->is_escaped ? json_unescape(node->text, arena) : node->text;
}
