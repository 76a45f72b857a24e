/* A look at a rule file before it is loaded: see yaml_survey.h. */
#include "parsers/rules/yaml_survey.h"

#include <glib.h>

struct survey {
    unsigned depth, anchors;
    bool is_over; /* the first document has ended */
};

static void survey_event(struct survey *s, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SEQUENCE_START_EVENT:
        s->depth++;
        s->anchors += event->data.sequence_start.anchor != NULL;
        break;
    case YAML_MAPPING_START_EVENT:
        s->depth++;
        s->anchors += event->data.mapping_start.anchor != NULL;
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        s->depth--;
        break;
    case YAML_SCALAR_EVENT:
        s->anchors += event->data.scalar.anchor != NULL;
        break;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        s->is_over = true;
        break;
    default:
        break;
    }
}

const char *yaml_survey(yaml_parser_t *parser, struct slice bytes, yaml_mark_t *mark) {
    struct survey s = {0};
    yaml_parser_set_input_string(parser, (const unsigned char *)bytes.ptr, bytes.len);
    while (!s.is_over) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            *mark = parser->problem_mark;
            return parser->problem ? parser->problem : "";
        }
        if (event.type == YAML_NO_EVENT) /* it has no memory */
            return "";
        *mark = event.start_mark;
        survey_event(&s, &event);
        yaml_event_delete(&event);
        if (s.depth > LIMIT_YAML_DEPTH)
            return "more than " G_STRINGIFY(LIMIT_YAML_DEPTH) " lists and entries inside each other";
        if (s.anchors > LIMIT_YAML_ANCHORS)
            return "more than " G_STRINGIFY(LIMIT_YAML_ANCHORS) " anchors";
    }
    return NULL;
}
