/* Output: see output.h. A file is written beside its place and moved there when it is whole. */
#define _GNU_SOURCE
#include "analyze/commands/output.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER ((size_t)256 << 10) /* of many small reports few writes are made */

static bool fail(struct output *o) {
    fprintf(stderr, "mailwhy: %s: %s\n", o->path ? o->path : "standard output", g_strerror(errno));
    if (o->path && o->file)
        fclose(o->file);
    if (o->temporary)
        unlink(o->temporary);
    g_free(o->path);
    g_free(o->temporary);
    *o = (struct output){0};
    return false;
}

/* A device or a pipe is written to: it must not give place to a file. */
static bool is_special(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

bool output_open(struct output *o, const char *path) {
    *o = (struct output){.file = stdout};
    if (!path || strcmp(path, "-") == 0) {
        if (!isatty(STDOUT_FILENO))
            setvbuf(stdout, NULL, _IOFBF, BUFFER);
        return true;
    }
    o->path = g_strdup(path);
    if (is_special(path)) {
        o->file = fopen(path, "w");
        return o->file || fail(o);
    }
    o->temporary = g_strdup_printf("%s.XXXXXX", path);
    int fd = mkstemp(o->temporary);
    if (fd < 0) {
        g_free(o->temporary);
        o->temporary = NULL;
        return fail(o);
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
    o->file = fdopen(fd, "w");
    return o->file || fail(o);
}

void output_write(void *output, const char *bytes, size_t length) {
    struct output *o = output;
    fwrite(bytes, 1, length, o->file);
}

bool output_close(struct output *o) {
    if (fflush(o->file) != 0 || ferror(o->file))
        return fail(o);
    if (!o->path)
        return true;
    FILE *file = o->file;
    o->file = NULL;
    if (fclose(file) != 0 || (o->temporary && rename(o->temporary, o->path) != 0))
        return fail(o);
    g_free(o->path);
    g_free(o->temporary);
    return true;
}

bool output_whole(const char *path, const char *bytes, size_t length) {
    struct output output;
    if (!output_open(&output, path))
        return false;
    output_write(&output, bytes, length);
    return output_close(&output);
}
