/* Names and values of records: see record.h. */
#include "parsers/log/record.h"

bool record_name_parse(struct record_name *name, const char *text) {
    struct slice rest = slice_of(text);
    *name = (struct record_name){.count = 0};
    while (rest.len) {
        struct slice step = slice_upto(rest, slice_find_char(rest, '.'));
        rest = slice_from(rest, step.len + 1);
        bool is_list = step.len > 2 && memcmp(step.ptr + step.len - 2, "[]", 2) == 0;
        step.len -= is_list ? 2 : 0;
        if (!step.len || name->count == LIMIT_NAME_STEPS)
            return false;
        name->steps[name->count++] = step;
        if (is_list)
            name->list = name->count;
    }
    return name->count > 0;
}

static bool is_filler(char c) {
    return c == ' ' || c == '-' || c == '_';
}

bool record_names_agree(struct slice a, struct slice b) {
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        while (i < a.len && is_filler(a.ptr[i]))
            i++;
        while (j < b.len && is_filler(b.ptr[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (ascii_lower(a.ptr[i++]) != ascii_lower(b.ptr[j++]))
            return false;
    }
}

static size_t child(const struct json_nodes *nodes, size_t parent, struct slice name) {
    const struct json_node *p = &nodes->nodes[parent];
    if (p->type != JSON_OBJECT || !p->children)
        return 0;
    size_t i = parent + 1;
    while (i && !record_names_agree(nodes->nodes[i].name, name))
        i = nodes->nodes[i].next;
    return i;
}

/* Is it the name in one, as those write it who put what stands inside of each other side by side? */
static bool is_flat_name(struct slice flat, const struct record_name *name, unsigned from, unsigned to) {
    size_t at = 0;
    for (; from < to; from++)
        for (size_t i = 0; i < name->steps[from].len; i++) {
            char c = name->steps[from].ptr[i];
            while (at < flat.len && (is_filler(flat.ptr[at]) || flat.ptr[at] == '.'))
                at++;
            if (is_filler(c))
                continue;
            if (at == flat.len || ascii_lower(flat.ptr[at++]) != ascii_lower(c))
                return false;
        }
    return at == flat.len;
}

static size_t flat_child(const struct json_nodes *nodes, size_t parent, const struct record_name *name,
                         unsigned from, unsigned to) {
    const struct json_node *p = &nodes->nodes[parent];
    size_t i = p->type == JSON_OBJECT && p->children ? parent + 1 : 0;
    while (i && !is_flat_name(nodes->nodes[i].name, name, from, to))
        i = nodes->nodes[i].next;
    return i;
}

size_t record_find(const struct json_nodes *nodes, size_t base, const struct record_name *name, unsigned from,
                   unsigned to) {
    size_t at = from < to ? child(nodes, base, name->steps[from]) : base;
    if (!at && to - from > 1)
        return flat_child(nodes, base, name, from, to);
    for (unsigned i = from + 1; i < to && at; i++)
        at = child(nodes, at, name->steps[i]);
    return at;
}

struct slice record_unbraced(struct slice s) {
    size_t depth = 0;
    size_t i = 0;
    if (s.len < 2 || s.ptr[0] != '{')
        return s;
    for (; i < s.len; i++) {
        depth += s.ptr[i] == '{';
        depth -= s.ptr[i] == '}';
        if (!depth)
            break;
    }
    return i + 1 == s.len ? slice_trim((struct slice){s.ptr + 1, s.len - 2}) : s;
}

/* The end of the first of the pieces of a text. */
static size_t piece_end(struct slice s, bool is_braced) {
    int depth = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        is_quoted ^= c == '"';
        if (is_quoted)
            continue;
        depth += c == '[' || c == '{' ? 1 : (c == ']' || c == '}') && depth ? -1 : 0;
        if (!depth && (c == ';' || (is_braced && c == ',')))
            return i;
    }
    return s.len;
}

static size_t count_marks(struct slice s) {
    size_t count = 1;
    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == ';' || s.ptr[i] == ',';
    return count;
}

/* Up to a blank or a comma. */
static bool next_address(struct slice *rest, struct slice *word) {
    size_t len = 0;
    while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == ','))
        *rest = slice_from(*rest, 1);
    while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != ',')
        len++;
    *word = slice_upto(*rest, len);
    *rest = slice_from(*rest, len);
    return len > 0;
}

/* "a@b.example c@d.example": are all words of the only piece addresses? Then they are pieces. */
static void split_addresses(struct record_pieces *pieces, struct arena *arena) {
    struct slice rest = pieces->items[0];
    struct slice word;
    size_t count = 0;
    while (next_address(&rest, &word)) {
        if (slice_find_char(word, '@') == word.len)
            return;
        count++;
    }
    if (count < 2)
        return;
    rest = pieces->items[0];
    pieces->items = arena_alloc(arena, count * sizeof *pieces->items);
    for (pieces->count = 0; pieces->count < count && next_address(&rest, &word); pieces->count++)
        pieces->items[pieces->count] = word;
}

/* What PowerShell writes into a table in the place of a list. */
static bool is_type(struct slice s) {
    return slice_equal(s, SLICE("System.String[]")) || slice_equal(s, SLICE("System.Object[]"));
}

static struct record_pieces split_text(struct slice s, struct arena *arena) {
    if (is_type(s))
        return (struct record_pieces){NULL, 0};
    size_t len = s.len;
    s = record_unbraced(s);
    bool is_braced = s.len < len;
    struct record_pieces pieces = {arena_alloc(arena, count_marks(s) * sizeof(struct slice)), 0};
    while (s.len) {
        size_t end = piece_end(s, is_braced);
        struct slice piece = slice_trim(slice_upto(s, end));
        s = slice_from(s, end + 1);
        if (piece.len)
            pieces.items[pieces.count++] = piece;
    }
    if (pieces.count == 1)
        split_addresses(&pieces, arena);
    return pieces;
}

struct record_pieces record_split(const struct json_nodes *nodes, size_t value, struct arena *arena) {
    const struct json_node *node = &nodes->nodes[value];
    if (node->type != JSON_LIST)
        return split_text(slice_trim(json_text(node, arena)), arena);
    struct record_pieces pieces = {arena_alloc(arena, (node->children + 1) * sizeof(struct slice)), 0};
    for (size_t i = node->children ? value + 1 : 0; i; i = nodes->nodes[i].next)
        pieces.items[pieces.count++] = slice_trim(json_text(&nodes->nodes[i], arena));
    return pieces;
}
