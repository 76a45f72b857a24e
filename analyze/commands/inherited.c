/* Descriptors that the program inherited: see inherited.h. */
#define _GNU_SOURCE
#include "analyze/commands/inherited.h"

#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST 3U

/* Add the numbers of all ".../fd/63" in a text. */
static void note_named(GArray *named, const char *text) {
    while (text && (text = strstr(text, "/fd/"))) {
        char *end = NULL;
        unsigned long number = strtoul(text += 4, &end, 10);
        if (end > text && number >= FIRST && number < INT_MAX)
            g_array_append_vals(named, &(unsigned){(unsigned)number}, 1);
    }
}

static int compare(const void *a, const void *b) {
    unsigned x = *(const unsigned *)a;
    unsigned y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

/* Where the kernel has no close_range (before Linux 5.9): those that are open, by their list. */
static void close_listed(unsigned from, unsigned to) {
    DIR *list = opendir("/proc/self/fd");
    for (const struct dirent *entry; list && (entry = readdir(list));) {
        unsigned fd = (unsigned)strtoul(entry->d_name, NULL, 10);
        if (fd >= from && fd <= to && (int)fd != dirfd(list))
            close((int)fd);
    }
    if (list)
        closedir(list);
}

static void close_from(unsigned from, unsigned to) {
#ifdef SYS_close_range
    if (from > to || syscall(SYS_close_range, from, to, 0) == 0)
        return;
#endif
    close_listed(from, to);
}

void inherited_close(int argc, char **argv) {
    g_autoptr(GArray) named = g_array_new(FALSE, FALSE, sizeof(unsigned));
    unsigned from = FIRST;
    for (int i = 1; i < argc; i++)
        note_named(named, argv[i]);
    note_named(named, getenv("MAILWHY_CONFIG"));
    g_array_sort(named, compare);
    for (guint i = 0; i < named->len; i++) {
        unsigned kept = g_array_index(named, unsigned, i);
        if (kept > from)
            close_from(from, kept - 1);
        from = MAX(from, kept + 1);
    }
    close_from(from, INT_MAX);
}
