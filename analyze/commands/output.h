/* Where reports go: standard output, a device or FIFO, or a file that is written whole or not at all. */
#ifndef MAILWHY_OUTPUT_H
#define MAILWHY_OUTPUT_H

#include "analyze/commands/new_file.h"

#include <stddef.h>

/* To be called first: a closed pipe ends the program as whoever started it wants, whatever the libraries make
 * of that signal. */
void output_note_signals(void);

struct output {
    int fd;
    const char *path; /* as it was named; NULL: standard output */
    struct output_target target;
    struct new_file file; /* what is written, unless it is written in place */
    bool is_new_file, is_regular, is_terminal;
    bool keeps_all;     /* write nothing before the end, and then onto the disk */
    bool has_written;   /* some of it */
    bool is_for_parent; /* which takes it through a pipe (reading_apart.h) */
    bool is_dropped;    /* by output_drop: why has been said */
    int error;          /* of the first write that failed; 0: none did */
    char *buffer;
    size_t used, room;
};

/* One that is not open. */
#define OUTPUT_CLOSED                                                                                        \
    (struct output) {                                                                                        \
        .fd = -1, .file.fd = -1, .target = {.folder = -1, .in_place = -1 }                                   \
    }

/* `path`: NULL or "-" for standard output; it must outlive the output. What goes wrong is said on standard
 * error. */
bool output_open(struct output *output, const char *path);

/* From now on, what is written has plain signs (plain_signs.h). */
void output_use_plain_signs(void);

/* Nothing is written before output_close, and that returns true only when all has reached the disk. */
void output_keep_all(struct output *output);

/* A mailwhy_sink. Where whoever reads the output has gone, as `head` does, the program ends here. */
void output_write(void *output, const char *bytes, size_t length);

/* A mailwhy_sink that appends to a GString. */
void output_append(void *string, const char *bytes, size_t length);

/* What was written is not whole: no file is to be made of it. Whoever drops it has said why; with output_fail
 * output_close says it. */
void output_drop(struct output *output);
void output_fail(struct output *output, int error);

/* Has nothing been written to it? */
bool output_is_empty(const struct output *output);

/* In a child process: the output is the parent's. */
void output_leave(struct output *output);

/* The process is about to end within its work: where nothing was written yet, write this and nothing else; a
 * signal's handler may do so. */
void output_end_with(const struct output *output, const char *bytes, size_t length);

bool output_close(struct output *output); /* false: nothing, or not all, could be written */

/* Open, write, close: false as above. */
bool output_whole(const char *path, const char *bytes, size_t length);

#endif
