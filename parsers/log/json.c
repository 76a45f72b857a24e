/* Logs of which every line is a JSON object: see json_record.h for what they say. */
#include "parsers/log/dialect.h"
#include "parsers/log/json_record.h"

static enum line_result json_read(struct log_facts *f, const struct log_line *line) {
    if (line->text.ptr[0] != '{' || line->program.len)
        return LINE_NOT_MINE;
    return FROM_MODULE(MODULE_JSON, json_record_read)(f, line);
}

const struct dialect dialect_json = {.name = "json", .read = json_read};
