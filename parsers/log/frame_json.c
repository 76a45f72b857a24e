/* Lines in JSON: see frame_json.h. */
#include "parsers/log/frame_json.h"

#include "parsers/log/line_text.h"

/* Are its members those of a line in Docker's json-file, and no others? */
static bool is_docker(const struct json_nodes *nodes) {
    static const struct slice names[] = {SLICE("log"), SLICE("stream"), SLICE("time"), SLICE("attrs")};
    unsigned found = 0;
    size_t at = 1;
    for (uint32_t i = 0; i < nodes->nodes[0].children; i++, at = nodes->nodes[at].next) {
        size_t k = 0;
        while (k < sizeof names / sizeof *names && !slice_equal(nodes->nodes[at].name, names[k]))
            k++;
        if (k == sizeof names / sizeof *names)
            return false;
        found |= 1u << k;
    }
    return (found & 7) == 7;
}

bool json_frame_take_docker(const struct framing *f, struct log_line *line) {
    struct json_nodes *nodes = &f->frames->nodes;
    return starts(line->message, "{\"log\":") && json_read(nodes, line->message) && is_docker(nodes) &&
           frame_keys_take(nodes, f->stamps, f->arena, line);
}

bool json_frame_take(const struct framing *f, struct log_line *line) {
    struct slice text = line->message;
    text = slice_from(text, starts(text, "@cee:") ? 5 : 0); /* of rsyslog's mmjsonparse */
    while (text.len && ascii_is_space(text.ptr[0]))
        text = slice_from(text, 1);
    if (!text.len || text.ptr[0] != '{')
        return false;
    struct json_nodes *nodes = &f->frames->nodes;
    return json_read(nodes, text) && frame_keys_take(nodes, f->stamps, f->arena, line);
}
