/* Headers without doubt: see plain_header.h. */
#include "parsers/message/plain_header.h"

bool plain_field_goes_on(struct slice line) {
    return line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
}

bool plain_field_starts(struct slice line) {
    size_t i = 0;
    while (i < line.len &&
           (ascii_is_alnum(line.ptr[i]) || line.ptr[i] == '-' || line.ptr[i] == '_' || line.ptr[i] == '.'))
        i++;
    return i && i < line.len && line.ptr[i] == ':';
}

static bool is_content(struct slice line) {
    return slice_starts_nocase(line, SLICE("content-"));
}

bool plain_header_has_content(struct slice header) {
    struct slice line;
    while (slice_next_line(&header, &line))
        if (is_content(line))
            return true;
    return false;
}

void plain_header_for_mime(char *header, size_t length) {
    struct slice rest = {header, length}, line;
    bool may_go_on = false; /* the field above is one that the MIME parser does not know */
    while (slice_next_line(&rest, &line)) {
        if (plain_field_goes_on(line))
            continue;
        bool is_kept = is_content(line);
        if (!is_kept)
            header[line.ptr - header] = may_go_on ? ' ' : 'X';
        may_go_on = !is_kept;
    }
}
