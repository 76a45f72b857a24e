/* YAML files: see yaml_file.h. */
#define _GNU_SOURCE
#include "parsers/rules/yaml_file.h"

#include "parsers/rules/yaml_survey.h"

#include <glib.h>

void yaml_file_error(struct yaml_file *f, yaml_mark_t mark, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    file_errors_at(f->errors, f->name, f->bytes, (struct file_place){mark.line + 1, mark.column + 1}, what);
}

bool yaml_file_takes(struct yaml_file *f, yaml_node_t *node, size_t size) {
    if (f->is_too_large)
        return false;
    f->is_too_large = size > f->left;
    f->left -= MIN(size, f->left);
    if (f->is_too_large)
        yaml_file_error(
            f, node->start_mark,
            "with its aliases this file is more than " G_STRINGIFY(LIMIT_ALIASES) " times as long");
    return !f->is_too_large;
}

const char *yaml_file_string(struct yaml_file *f, yaml_node_t *node) {
    if (node->type != YAML_SCALAR_NODE) {
        yaml_file_error(f, node->start_mark, "expected a text here");
        return "";
    }
    if (!yaml_file_takes(f, node, node->data.scalar.length + 1))
        return "";
    struct slice text = {(char *)node->data.scalar.value, node->data.scalar.length};
    if (slice_find_char(text, '\0') < text.len) {
        yaml_file_error(f, node->start_mark, "a text cannot hold a NUL");
        return "";
    }
    return arena_string(f->arena, text);
}

size_t yaml_file_length(const struct yaml_file *f, yaml_node_t *node) {
    if (f->is_too_large)
        return 0;
    return node->type == YAML_SEQUENCE_NODE
               ? (size_t)(node->data.sequence.items.top - node->data.sequence.items.start)
               : 1;
}

yaml_node_t *yaml_file_item(struct yaml_file *f, yaml_node_t *node, size_t i) {
    if (node->type != YAML_SEQUENCE_NODE)
        return node;
    return yaml_document_get_node(&f->document, node->data.sequence.items.start[i]);
}

static void begin_parser(yaml_parser_t *parser) {
    if (!yaml_parser_initialize(parser))
        g_error("there is no memory to read rules");
}

/* Is it something of which a tree may be made? */
static bool survey(struct yaml_file *f) {
    yaml_parser_t parser;
    yaml_mark_t mark;
    begin_parser(&parser);
    const char *problem = yaml_survey(&parser, f->bytes, &mark);
    if (problem)
        yaml_file_error(f, mark, "not valid YAML: %s", problem);
    yaml_parser_delete(&parser);
    return !problem;
}

/* A stream may hold several documents; a file of ours is one. */
static void refuse_second(struct yaml_file *f, yaml_parser_t *parser) {
    yaml_document_t second;
    if (!yaml_parser_load(parser, &second))
        return; /* the survey has told */
    const yaml_node_t *root = yaml_document_get_root_node(&second);
    if (root)
        yaml_file_error(f, root->start_mark, "a second document begins here; the file is to be one");
    yaml_document_delete(&second);
}

void yaml_file_read(struct yaml_file *f, const char *name, struct slice bytes,
                    void (*take)(void *context, yaml_node_t *root), void *context) {
    yaml_parser_t parser;
    f->name = arena_string(f->arena, slice_of(name));
    f->bytes = bytes;
    f->left = bytes.len * LIMIT_ALIASES;
    f->is_too_large = false;
    if (!survey(f))
        return;
    begin_parser(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.ptr, bytes.len);
    if (yaml_parser_load(&parser, &f->document)) {
        yaml_node_t *root = yaml_document_get_root_node(&f->document);
        if (root)
            take(context, root);
        yaml_document_delete(&f->document);
        refuse_second(f, &parser);
    } else {
        yaml_file_error(f, parser.problem_mark, "not valid YAML: %s", parser.problem ? parser.problem : "");
    }
    yaml_parser_delete(&parser);
}
