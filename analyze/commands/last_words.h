/* What is still said of the one input that this process reads itself, when that takes too long or too much
 * memory: a report that says so, which is made before the input is read, and exit status 70. There is no
 * other process that could say it. */
#ifndef MAILWHY_LAST_WORDS_H
#define MAILWHY_LAST_WORDS_H

#include "analyze/commands/output.h"

#include <glib.h>

struct last_words {
    struct output *output;
    GString *late;     /* the whole report, where it takes too long */
    const char *notes; /* the same as a line for standard error */
    /* Make the report on too much memory, and its line. Called by the allocation that was too much. */
    void (*excess)(void *context, GString *report, const char **notes);
    void *context;
};

/* From here on the process can end so. `words` and what is in them stand until last_words_end. */
void last_words_begin(const struct last_words *words);

/* So many bytes are read now, or were: what that may take begins to count. */
void last_words_count(size_t bytes);

void last_words_end(void);

#endif
