/* Files of this program's own lines, of any length: one behind the other, expanded where they are compressed.
 */
#ifndef MAILWHY_LINE_FILES_H
#define MAILWHY_LINE_FILES_H

#include "parsers/log/source.h"

#define LIMIT_COUNTED ((size_t)2000 << 20) /* bytes of such a line, or of a file that is taken whole */

struct line_files {
    GPtrArray *paths; /* char * */
    const size_t *folders;
    const int *descriptors; /* as source_new has both; NULL: they are not open yet */
    source_problem *problem;
    bool (*take)(void *context, struct slice line); /* false: it makes no sense */
    void *context;                                  /* of both */
};

/* Each line, without its end; `is_whole`: each file as one. */
void line_files_read(const struct line_files *files, bool is_whole);

#endif
