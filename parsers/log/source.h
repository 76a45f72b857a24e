/* Log files as one stream of chunks of whole lines: plain or compressed, rotated files in the order of their
 * first lines, those of several hosts side by side by the time of their lines, whatever the order in which
 * they were named. */
#ifndef MAILWHY_SOURCE_H
#define MAILWHY_SOURCE_H

#include "parsers/log/cutter.h"

#include <glib.h>
#include <stdint.h>

struct log_source;
typedef void source_problem(void *context, const char *path, int error, const char *damage);
/* All of the file stands in another one, in the same order, as repeats.h finds it, and is not read again;
 * `is_start`: at its beginning, else it is the same. */
typedef void source_repeat(void *context, const char *path, const char *other, bool is_start);

struct source_watcher {
    source_problem *problem; /* what goes wrong with a file: an errno, or static text */
    source_repeat *repeated; /* may be NULL */
    void *context;
};

/* Logs that are open, and will be read later: of each a descriptor, or -errno. */
void source_close_all(int *descriptors, unsigned count);

/* `paths` may hold "-". The files of archives (archive.h) stand behind them as long as the source does, as
 * "archive/file". `folders`: of each, how many of its bytes name the folder in which it was found, as
 * input_open_found wants it; NULL: all were named. `descriptors`: those of the
 * paths, or -errno; NULL: each is opened when it is read. */
struct log_source *source_new(GPtrArray *paths, const size_t *folders, const int *descriptors,
                              const struct source_watcher *watcher);
/* When all of it was last written, where its files do not say. */
void source_set_written(struct log_source *source, int64_t time);

/* Of the only path only the lines that begin in these bytes are read; of a pipe its next bytes, all that are
 * between. Not of what is compressed. */
void source_cut(struct log_source *source, uint64_t from, uint64_t to);

/* The bytes of the only path were read already; they must stand as long as the source does. */
void source_hold(struct log_source *source, struct slice bytes);
void source_free(struct log_source *source);

/* The next chunk, in order; false at the end. */
bool source_next(struct log_source *source, struct log_chunk *chunk);

const char *source_name(const struct log_source *source, unsigned file);
bool source_has_hosts(const struct log_source *source); /* do the files begin with lines of several hosts? */
uint64_t source_bytes(const struct log_source *source); /* read so far, expanded */
double source_share(const struct log_source *source);   /* of the files' bytes, read so far: 0 to 1 */

#endif
