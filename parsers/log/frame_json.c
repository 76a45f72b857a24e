/* Lines in JSON: see frame_json.h. */
#include "parsers/log/frame_json.h"

#include "parsers/log/line_text.h"

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
