/* A log in a file, for tests of what reads files. */
#ifndef MAILWHY_TESTS_LOG_FILE_H
#define MAILWHY_TESTS_LOG_FILE_H

#include "tests/table.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* To be removed and freed with log_file_free. */
static inline char *log_file_new(const char *text) {
    char *path;
    int fd = g_file_open_tmp("mailwhy-XXXXXX.log", &path, NULL);
    assert_true(fd >= 0);
    close(fd);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static inline void log_file_free(gpointer path) {
    g_unlink(path);
    g_free(path);
}

static inline GPtrArray *log_files(const char *text) {
    GPtrArray *paths = g_ptr_array_new_with_free_func(log_file_free);
    g_ptr_array_add(paths, log_file_new(text));
    return paths;
}

static inline void no_problem(void *context, const char *path, int error, const char *damage) {
    (void)context;
    print_error("%s: %d %s\n", path, error, damage ? damage : "");
    fail();
}

#endif
