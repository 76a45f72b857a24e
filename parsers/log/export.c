/* Exports of systems and services: JSON lines, tables, lists and lines of names and values, whose kinds are
 * rules (rules/exports). A line whose names no kind knows is left to others, and so not understood. */
#include "parsers/log/export.h"

#include "parsers/base/hash.h"
#include "parsers/log/carrier.h"
#include "parsers/log/dialect.h"
#include "parsers/log/export_record.h"
#include "parsers/log/export_time.h"
#include "parsers/log/pairs.h"
#include "parsers/log/table.h"

#include <glib.h>

#define MOST_INSIDE  4                   /* records inside of others inside of others */
#define HEADER_LINES 12                  /* of a file, among which the names of columns are looked for */
#define VALUE_BYTES  4096                /* of a value that goes on in further lines */
#define JSON_BYTES   ((size_t)256 << 10) /* of a record of several lines */

/* What the reader knows of the file and of the kinds. */
struct export_reader {
    struct export_plans plans;
    struct json_nodes nodes[MOST_INSIDE];
    uint64_t header; /* a hash of the first lines by which the next three were found; 0: not yet */
    bool is_day_first;
    const struct export_plan *rows; /* of the file's rows; NULL: it is no table */
    struct table table;
    const struct export_plan *items; /* of its list; NULL: it is none */
    struct json_nodes list;          /* the record of it that is being read */
    struct log_line list_line;       /* its first line */
    uint32_t list_number;
    size_t indent; /* of its lines */
};

static struct export_reader *reader_of(struct log_facts *f) {
    if (!f->exports) {
        const struct rulebase *rules = f->rules ? f->rules : &builtin_rules;
        f->exports = g_new0(struct export_reader, 1);
        export_plans_build(&f->exports->plans, &rules->lists[RULES_EXPORTS]);
    }
    return f->exports;
}

void export_free(struct log_facts *f) {
    struct export_reader *x = f->exports;
    if (!x)
        return;
    export_plans_free(&x->plans);
    for (size_t i = 0; i < MOST_INSIDE; i++)
        json_nodes_free(&x->nodes[i]);
    json_nodes_free(&x->list);
    g_free(x);
    f->exports = NULL;
}

static const struct export_plan *plan_of(const struct export_reader *x, const struct json_nodes *nodes,
                                         size_t object, bool is_line) {
    for (size_t i = 0; i < x->plans.count; i++)
        if (x->plans.plans[i].is_line == is_line && export_plan_knows(&x->plans.plans[i], nodes, object))
            return &x->plans.plans[i];
    return NULL;
}

/* Of several records in a line: that it was read counts more than that one was not, which is counted itself.
 */
static enum line_result better_of(enum line_result a, enum line_result b) {
    static const int ranks[] = {[LINE_NOT_MINE] = 0, [LINE_UNKNOWN] = 1, [LINE_PASSED] = 2, [LINE_EVENT] = 3};
    return ranks[a] > ranks[b] ? a : b;
}

/* JSON: a record, a list of them, or one that stands inside of another thing. */

struct place {
    struct log_facts *facts;
    const struct log_line *line;
    unsigned depth;  /* of JSON inside of strings */
    unsigned inside; /* of records inside of others */
};

static enum line_result read_text(struct place at, struct slice text);

static enum line_result read_node(struct place at, const struct json_nodes *nodes, size_t node);

/* What stands under one of the names under which kinds have their records. */
static enum line_result read_inside(struct place at, const struct json_nodes *nodes, size_t object) {
    const struct export_names *inside = &at.facts->exports->plans.inside;
    enum line_result result = LINE_NOT_MINE;
    if (at.inside++ == MOST_INSIDE)
        return result;
    for (size_t i = 0; i < inside->count && result == LINE_NOT_MINE; i++) {
        size_t node = record_find(nodes, object, &inside->names[i], 0, inside->names[i].count);
        result = node ? read_node(at, nodes, node) : LINE_NOT_MINE;
    }
    return result;
}

static enum line_result read_list(struct place at, const struct json_nodes *nodes, size_t list) {
    enum line_result result = LINE_NOT_MINE;
    size_t i = nodes->nodes[list].children ? list + 1 : 0;
    for (; i; i = nodes->nodes[i].next)
        result = better_of(result, read_node(at, nodes, i));
    return result;
}

static enum line_result read_node(struct place at, const struct json_nodes *nodes, size_t node) {
    const struct json_node *n = &nodes->nodes[node];
    if (n->type == JSON_STRING)
        return read_text(at, slice_trim(json_text(n, &at.facts->chunk)));
    if (n->type == JSON_LIST)
        return read_list(at, nodes, node);
    if (n->type != JSON_OBJECT)
        return LINE_NOT_MINE;
    const struct export_plan *plan = plan_of(at.facts->exports, nodes, node, false);
    return plan ? export_record_read(at.facts, at.line, plan, nodes, node, false)
                : read_inside(at, nodes, node);
}

static bool begins_json(struct slice text) {
    return text.len > 1 && (text.ptr[0] == '{' || text.ptr[0] == '[');
}

static enum line_result read_text(struct place at, struct slice text) {
    if (at.depth == MOST_INSIDE || !begins_json(text))
        return LINE_NOT_MINE;
    struct json_nodes *nodes = &reader_of(at.facts)->nodes[at.depth++];
    enum line_result result = LINE_NOT_MINE;
    size_t used;
    while (begins_json(text) && (used = json_read(nodes, text))) { /* one behind the other */
        result = better_of(result, read_node(at, nodes, 0));
        text = slice_trim(slice_from(text, used));
        text = slice_trim(slice_from(text, text.len && text.ptr[0] == ','));
    }
    if (result != LINE_NOT_MINE && begins_json(text))
        log_facts_add_unknown_as(at.facts, at.line, "JSON", "a record that is cut off", SLICE_EMPTY);
    return result;
}

static size_t indent_of(struct slice line) {
    size_t blanks = 0;
    while (blanks < line.len && line.ptr[blanks] == ' ')
        blanks++;
    return blanks;
}

/* "Name    : value", as PowerShell lists it; as far to the right as the others of its list. */
static bool take_item(struct slice line, size_t indent, struct slice *name, struct slice *value) {
    size_t colon = 0;
    if (indent_of(line) != indent)
        return false;
    line = slice_from(line, indent);
    while (colon < line.len && (ascii_is_alnum(line.ptr[colon]) || strchr(" -_", line.ptr[colon])))
        colon++;
    bool is_item = colon > 1 && colon < 48 && colon < line.len && line.ptr[colon] == ':' &&
                   line.ptr[colon - 1] == ' ' && ascii_is_alpha(line.ptr[0]) &&
                   (colon + 1 == line.len || line.ptr[colon + 1] == ' ');
    if (!is_item)
        return false;
    *name = slice_trim(slice_upto(line, colon));
    *value = slice_trim(slice_from(line, colon + 1));
    return true;
}

static const struct slice fields = SLICE("#Fields:");

/* The line that names columns, without what stands around the names. */
static struct slice names_in(struct slice line) {
    static const struct slice mark = SLICE("\xef\xbb\xbf");
    if (slice_starts_nocase(line, mark))
        line = slice_from(line, mark.len);
    if (slice_starts_nocase(line, fields))
        return slice_trim(slice_from(line, fields.len));
    return slice_from(line, line.len && line.ptr[0] == '#');
}

/* Are these names those of a kind? */
static bool take_table(struct log_facts *f, const struct table *t) {
    struct export_reader *x = f->exports;
    struct json_nodes *nodes = &x->nodes[0];
    json_make_object(nodes);
    for (size_t i = 0; i < t->count; i++)
        json_add_member(nodes, t->names[i], SLICE("x"));
    const struct export_plan *plan = t->count > 1 ? plan_of(x, nodes, 0, false) : NULL;
    if (!plan)
        return false;
    x->rows = plan;
    x->table = *t;
    return true;
}

static bool find_columns(struct log_facts *f, struct slice line, struct slice below) {
    static const char separators[] = ",;\t|";
    struct table t = {.count = 0};
    bool is_fields = slice_starts_nocase(slice_trim(line), fields);
    line = names_in(is_fields ? slice_trim(line) : line);
    for (const char *s = separators; *s; s++) {
        if (slice_find_char(line, *s) == line.len)
            continue;
        table_read_names(&t, line, *s, &f->chunk);
        if (take_table(f, &t))
            return true;
    }
    if (is_fields) {
        table_read_names(&t, line, ' ', &f->chunk);
        return take_table(f, &t);
    }
    return below.len && below.ptr[0] == '-' && table_read_dashes(&t, line, below) && take_table(f, &t);
}

static void find_items(struct log_facts *f, struct slice header) {
    struct export_reader *x = f->exports;
    struct json_nodes *nodes = &x->nodes[0];
    struct slice line;
    struct slice name;
    struct slice value;
    json_make_object(nodes);
    while (slice_next_line(&header, &line)) {
        size_t indent = nodes->count > 1 ? x->indent : indent_of(line);
        if (!take_item(line, indent, &name, &value))
            continue;
        x->indent = indent;
        json_add_member(nodes, name, value);
    }
    x->items = nodes->nodes[0].children > 1 ? plan_of(x, nodes, 0, false) : NULL;
}

void export_begin(struct log_facts *f) {
    struct export_reader *x = reader_of(f);
    struct slice rest = f->header;
    struct slice line;
    uint64_t header = hash_bytes(rest.ptr, rest.len, 1);
    x->list.count = 0;
    x->table.unclosed = 0;
    if (!f->has_rows && header == x->header) /* that of the chunk before */
        return;
    x->header = header;
    x->rows = x->items = NULL;
    x->is_day_first = export_time_is_day_first(f->header);
    for (int i = 0; i < HEADER_LINES && !x->rows && slice_next_line(&rest, &line); i++) {
        struct slice below = rest;
        struct slice next = SLICE_EMPTY;
        slice_next_line(&below, &next);
        if (!begins_json(line))
            find_columns(f, line, next);
    }
    if (!x->rows)
        find_items(f, f->header);
    f->has_rows = x->rows || x->items;
}

static bool is_names(const struct table *t, const struct json_nodes *row) {
    size_t cells = row->nodes[0].children;
    for (size_t i = 0; i < cells; i++)
        if (!slice_equal(row->nodes[i + 1].text, t->names[i]))
            return false;
    return cells > 0;
}

static enum line_result read_row(struct log_facts *f, const struct log_line *line) {
    struct export_reader *x = f->exports;
    struct json_nodes *nodes = &x->nodes[0];
    const char *id = x->rows->kind->id;
    struct slice row = x->table.separator == ' ' ? slice_trim(line->text) : line->text;
    struct slice text = names_in(row);
    if (row.len && row.ptr[0] == '#') {
        if (text.ptr != row.ptr)
            find_columns(f, row, SLICE_EMPTY);
        log_facts_pass(f, id, "the head of the file", line);
        return LINE_PASSED;
    }
    if (slice_starts_nocase(text, SLICE("sep=")) || (!x->table.separator && starts(text, "---"))) {
        log_facts_pass(f, id, "the head of the file", line);
        return LINE_PASSED;
    }
    table_row(&x->table, text, nodes, &f->chunk);
    if (is_names(&x->table, nodes)) {
        log_facts_pass(f, id, "the names of the columns", line);
        return LINE_PASSED;
    }
    if (nodes->nodes[0].children < 2)
        return LINE_NOT_MINE;
    return export_record_read(f, line, x->rows, nodes, 0, x->is_day_first);
}

/* The record of a list is whole: a name came that it has already, or the chunk ends. */
static void end_item(struct log_facts *f) {
    struct export_reader *x = f->exports;
    uint32_t line = f->line;
    if (!x || x->list.count < 2)
        return;
    f->line = x->list_number;
    export_record_read(f, &x->list_line, x->items, &x->list, 0, x->is_day_first);
    f->line = line;
    x->list.count = 0;
}

/* A value that goes on in a line further to the right: broken at a blank, where it has one. */
static bool go_on(struct log_facts *f, struct slice line) {
    struct export_reader *x = f->exports;
    if (x->list.count < 2 || indent_of(line) <= x->indent)
        return false;
    struct json_node *last = &x->list.nodes[x->list.count - 1];
    if (last->text.len > VALUE_BYTES)
        return true;
    const char *blank = slice_find_char(last->text, ' ') < last->text.len ? " " : "";
    last->text = arena_printf(&f->chunk, "%.*s%s%.*s", S(last->text), blank, S(slice_trim(line)));
    return true;
}

static enum line_result read_item(struct log_facts *f, const struct log_line *line) {
    struct export_reader *x = f->exports;
    struct slice name;
    struct slice value;
    if (!take_item(line->text, x->indent, &name, &value))
        return go_on(f, line->text) ? LINE_EVENT : LINE_NOT_MINE;
    if (x->list.count > 1 && record_names_agree(name, x->list.nodes[1].name))
        end_item(f);
    if (x->list.count < 2) {
        json_make_object(&x->list);
        x->list_line = *line;
        x->list_number = f->line;
    }
    json_add_member(&x->list, name, value);
    return LINE_EVENT;
}

void export_end(struct log_facts *f) {
    end_item(f);
}

/* "host=… recipients=… exitcode=…": what stands in a line as names and values. */
static enum line_result read_pairs(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct export_reader *x = reader_of(f);
    if (!x->plans.has_lines || !pairs_read(&x->nodes[0], text, &f->chunk))
        return LINE_NOT_MINE;
    const struct export_plan *plan = plan_of(x, &x->nodes[0], 0, true);
    return plan ? export_record_read(f, line, plan, &x->nodes[0], 0, false) : LINE_NOT_MINE;
}

static enum line_result read_any(struct log_facts *f, const struct log_line *line) {
    struct slice text = slice_trim(line->message);
    enum line_result result = read_text((struct place){f, line, 0, 0}, text);
    if (result != LINE_NOT_MINE || starts(text, "{"))
        return result;
    if (!f->has_rows)
        return read_pairs(f, line, text);
    return f->exports->rows ? read_row(f, line) : read_item(f, line);
}

/* Records that are not understood are counted one by one, not as a line. What another program wrote down is
 * what somebody sent it. */
static enum line_result export_read(struct log_facts *f, const struct log_line *line) {
    if (line->program.len && !carrier_is_one(line->program))
        return LINE_NOT_MINE;
    enum line_result result = read_any(f, line);
    return result == LINE_UNKNOWN ? LINE_EVENT : result;
}

const struct dialect dialect_export = {.name = "export", .read = export_read};

/* JSON that goes on behind the end of its line. */
static size_t json_length(struct log_facts *f, struct slice rest, size_t len) {
    struct slice line = slice_trim(slice_upto(rest, len));
    bool is_begun = begins_json(line) || (line.len == 1 && (line.ptr[0] == '{' || line.ptr[0] == '['));
    if (!is_begun || strchr("}]", line.ptr[line.len - 1]))
        return len;
    size_t used = json_read(&reader_of(f)->nodes[0], slice_upto(rest, JSON_BYTES));
    if (used <= len)
        return len;
    return used + slice_find_char(slice_from(rest, used), '\n');
}

size_t export_record_length(struct log_facts *f, struct slice rest, size_t len) {
    struct export_reader *x = f->exports;
    if (x && x->rows)
        return table_row_length(&x->table, rest, len);
    return len && (rest.ptr[0] == '{' || rest.ptr[0] == '[' || rest.ptr[0] == ' ') ? json_length(f, rest, len)
                                                                                   : len;
}
