#define _GNU_SOURCE
#include "parsers/sandbox/process_limits.h"

#include <stdio.h>
#include <unistd.h>

void process_limit(int what, rlim_t most) {
    struct rlimit both = {most, most};
    setrlimit(what, &both);
}

void process_limit_memory(rlim_t more) {
#ifdef MAILWHY_SANITIZE
    (void)more;
#else
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file && fscanf(file, "%lu", &pages) == 1)
        process_limit(RLIMIT_AS, (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + more);
    if (file)
        fclose(file);
#endif
}
