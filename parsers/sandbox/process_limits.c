#define _GNU_SOURCE
#include "parsers/sandbox/process_limits.h"

#include <stdio.h>
#include <sys/prctl.h>
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

pid_t process_fork(int signal_number) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, signal_number);
        if (getppid() != parent) /* it went before that */
            _exit(1);
    }
    return child;
}
