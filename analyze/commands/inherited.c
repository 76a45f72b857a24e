/* Descriptors that the program inherited: see inherited.h. */
#define _GNU_SOURCE
#include "analyze/commands/inherited.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST 3U

/* The lowest number from `from` on that stands in a text as ".../fd/63"; `least`, where that is lower. */
static unsigned lowest_named(const char *text, unsigned from, unsigned least) {
    while (text && (text = strstr(text, "/fd/"))) {
        char *end = NULL;
        unsigned long number = strtoul(text += 4, &end, 10);
        if (end > text && number >= from && number < least)
            least = (unsigned)number;
    }
    return least;
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
    for (unsigned from = FIRST; from < INT_MAX;) {
        unsigned kept = lowest_named(getenv("MAILWHY_CONFIG"), from, INT_MAX);
        for (int i = 1; i < argc; i++)
            kept = lowest_named(argv[i], from, kept);
        close_from(from, kept - 1);
        from = kept + 1;
    }
}
