/* Any bytes as a body, behind a first line that is its Content-Type: the parts are pieces of it, in order,
 * and no content holds what would have ended it. */
#define _GNU_SOURCE
#include "parsers/web/form_data.h"
#include "tests/fuzz/hold.h"

static bool ends_within(struct slice content, const struct form_boundary *boundary) {
    struct slice delimiter = {boundary->text, boundary->length};
    for (size_t at; (at = slice_find(content, delimiter)) < content.len;) {
        content = slice_from(content, at + delimiter.len);
        if (slice_starts_nocase(content, SLICE("--")) || slice_starts_nocase(content, SLICE("\r\n")))
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice all = {(const char *)data, size};
    size_t line = slice_find_char(all, '\n');
    struct form_boundary boundary = {.text = "\r\n--b", .length = 5};
    if (form_boundary_read(slice_upto(all, line), &boundary))
        HOLDS(boundary.length > 4 && boundary.length <= 4 + FORM_BOUNDARY_MOST);
    struct form_data form = {.boundary = &boundary, .rest = slice_from(all, line + 1)};
    struct slice rest = form.rest;
    struct form_part part;
    enum form_step step;
    while ((step = form_data_next(&form, &part)) == FORM_PART) {
        hold_within(part.name, rest);
        hold_within(part.file_name, rest);
        hold_within(part.content, rest);
        HOLDS(form.rest.len < rest.len);
        HOLDS(!ends_within(part.content, &boundary));
        rest = form.rest;
    }
    HOLDS(form_data_next(&form, &part) == step);
    return 0;
}
