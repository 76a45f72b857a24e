/* Errors of files: see file_errors.h. */
#include "parsers/base/file_errors.h"

#include "parsers/base/shown_name.h"
#include "parsers/base/text.h"
#include "parsers/base/visible.h"

#include <glib.h>

#define MOST_OF_LINE 120 /* bytes of the line that are shown */

bool file_errors_add(struct file_errors *errors) {
    errors->count++;
    if (errors->count == LIMIT_FILE_ERRORS + 1 && errors->out)
        fprintf(errors->out, "more than %d errors: the others are not shown\n", LIMIT_FILE_ERRORS);
    return errors->count <= LIMIT_FILE_ERRORS && errors->out;
}

static struct slice line_of(struct slice bytes, size_t number) {
    struct slice line = SLICE_EMPTY;
    for (size_t i = 0; i < number && slice_next_line(&bytes, &line); i++)
        ;
    return line;
}

void file_errors_at(struct file_errors *errors, const char *name, struct slice bytes, struct file_place place,
                    const char *what) {
    if (!file_errors_add(errors))
        return;
    struct arena arena = {0};
    g_autofree char *file = shown_name(name);
    g_autofree char *shown = shown_name(what);
    struct slice line = text_visible(&arena, text_upto(line_of(bytes, place.line), MOST_OF_LINE),
                                     VISIBLE_TEXT); /* leading blanks stay */
    fprintf(errors->out, "%s:%zu:%zu: %s\n    %.*s\n    %*s^\n", file, place.line, place.column, shown,
            (int)line.len, line.ptr ? line.ptr : "", (int)MIN(place.column - 1, MOST_OF_LINE), "");
    arena_free(&arena);
}
