/* What is written before what stands above it in the report can be: it goes into a file without a name, in
 * TMPDIR or /var/tmp, and is copied from there. Memory is not bound by it. */
#ifndef MAILWHY_SPOOL_H
#define MAILWHY_SPOOL_H

#include "analyze/mailwhy.h"
#include "parsers/base/slice.h"

struct spool {
    int fd;        /* -1: it could not be made */
    int error;     /* of the first write that failed; 0: none did */
    size_t size;   /* bytes, with those that wait */
    char *waiting; /* that are written together */
    size_t used;
};

/* Before the sandbox is entered. Where no file can be made, or none shall be, it is in memory. */
void spool_open(struct spool *spool, bool in_memory);
void spool_close(struct spool *spool);

/* A mailwhy_sink. */
void spool_write(void *spool, const char *bytes, size_t length);

/* All of it; `bytes` stands until the process ends. Returns 0, or an errno: of writing it, too. */
int spool_map(struct spool *spool, struct slice *bytes);

/* Pass all of it on, in pieces. The same. */
int spool_copy(struct spool *spool, mailwhy_sink *sink, void *context);

#endif
