/* The system calls of each profile, as data. generate.c makes filters of them when mailwhy is built. */
#ifndef MAILWHY_SANDBOX_CALLS_H
#define MAILWHY_SANDBOX_CALLS_H

#include <stddef.h>
#include <stdint.h>

/* A filter for each profile; where files are limited (Landlock) another one than where they are not. */
enum sandbox_filter {
    FILTER_READER,
    FILTER_READER_FILES,
    FILTER_WORKER,
    FILTER_WORKER_FILES,
    FILTER_OPINION,
    FILTER_ASKER,
    SANDBOX_FILTERS
};

#define MOST_CONDITIONS 2

/* On an argument: (argument & mask) == value. A mask of 0: there is no condition. */
struct call_condition {
    unsigned argument;
    uint64_t mask, value;
};

struct sandbox_call {
    const char *name;
    unsigned filters;  /* bits of enum sandbox_filter */
    int error;         /* 0: it is allowed; else it fails with this number */
    const char *build; /* NULL, or the kind of build (generate.c) that alone needs it */
    const char *why;
    struct call_condition when[MOST_CONDITIONS];
};

/* Calls that no row names, or whose conditions no row holds, end the process. */
extern const struct sandbox_call sandbox_calls[];
extern const size_t sandbox_call_count;

#endif
