/* What a function says on standard error, for tests. */
#ifndef MAILWHY_TESTS_CAPTURE_STDERR_H
#define MAILWHY_TESTS_CAPTURE_STDERR_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct captured {
    FILE *file;
    int stderr_before;
    char text[1024]; /* as much of it as fits */
};

static inline void capture_begin(struct captured *c) {
    c->file = tmpfile();
    fflush(stderr);
    c->stderr_before = dup(STDERR_FILENO);
    dup2(fileno(c->file), STDERR_FILENO);
}

static inline void capture_end(struct captured *c) {
    fflush(stderr);
    dup2(c->stderr_before, STDERR_FILENO);
    close(c->stderr_before);
    rewind(c->file);
    size_t length = fread(c->text, 1, sizeof c->text - 1, c->file);
    c->text[length] = '\0';
    fclose(c->file);
}

#endif
