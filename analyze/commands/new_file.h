/* A file that stands under its name when it is whole, or not at all. */
#ifndef MAILWHY_NEW_FILE_H
#define MAILWHY_NEW_FILE_H

#include "analyze/commands/output_target.h"

struct new_file {
    int fd;
    char name[32];     /* beside its place; empty: it has none yet, and is gone if the program ends */
    const char *wrong; /* what could not be done, where the errno alone would mislead; else NULL */
};

/* Begin a file that will take the place of `target`, with the mode and owner of the file that is there, or
 * those of a file that a shell makes. False, with errno, where that cannot be. Nothing is left of it when a
 * signal ends the program. */
bool new_file_begin(struct new_file *file, const struct output_target *target);

/* All is written: it reaches the disk and takes its place, and is closed. False, with errno: it is gone. */
bool new_file_keep(struct new_file *file, const struct output_target *target);

void new_file_drop(struct new_file *file, const struct output_target *target);

#endif
