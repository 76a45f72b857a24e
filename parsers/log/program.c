/* Programs of lines: see program.h. */
#include "parsers/log/program.h"

#include "parsers/base/scan.h"

#define MOST_PROGRAM 120 /* bytes, with the pid */

struct slice program_take(struct slice *rest) {
    struct slice start = slice_upto(*rest, MOST_PROGRAM);
    size_t length = scan_either(start, ':', ' ');
    if (!length || length == start.len || start.ptr[length] == ' ')
        return SLICE_EMPTY;
    bool is_time = start.len > 5 && start.ptr[4] == '-' && ascii_is_digit(start.ptr[0]) &&
                   ascii_is_digit(start.ptr[3]); /* "2026-11-24T09:" */
    if (is_time)
        return SLICE_EMPTY;
    struct slice program = slice_upto(start, length);
    if (program.ptr[length - 1] == ']') {
        size_t pid = scan_last_char(program, '[');
        program.len = pid < length ? pid : 0;
    }
    size_t used = length + 1;
    *rest = slice_from(*rest, used < rest->len && rest->ptr[used] == ' ' ? used + 1 : used);
    return program;
}
