/* What the name that -o gives stands for. */
#ifndef MAILWHY_OUTPUT_TARGET_H
#define MAILWHY_OUTPUT_TARGET_H

#include <stdbool.h>
#include <sys/stat.h>

struct output_target {
    int folder;     /* its folder, open */
    char *name;     /* in that folder; of what symbolic links lead to, not of a link */
    bool exists;    /* a regular file stands there: */
    struct stat st; /* what is known of it */
    int in_place;   /* open for writing: a device, a FIFO or a descriptor; -1: a file is to be made */
};

/* Find what `path` stands for. Symbolic links are followed; in a folder where anyone may make files, only
 * one's own and those of the folder's owner, and what others put there is not written to. /dev/stdout,
 * /dev/fd/3 and the like are the open file that they name. False, with errno, where nothing can be written.
 */
bool output_target_find(struct output_target *target, const char *path);

void output_target_free(struct output_target *target);

#endif
