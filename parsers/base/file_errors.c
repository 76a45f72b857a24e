/* Errors of files: see file_errors.h. */
#include "parsers/base/file_errors.h"

bool file_errors_add(struct file_errors *errors) {
    errors->count++;
    if (errors->count == LIMIT_FILE_ERRORS + 1 && errors->out)
        fprintf(errors->out, "more than %d errors: the others are not shown\n", LIMIT_FILE_ERRORS);
    return errors->count <= LIMIT_FILE_ERRORS && errors->out;
}
