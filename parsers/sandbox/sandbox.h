/* A sandbox that a process enters before it reads the first byte that a stranger wrote: from then on it
 * cannot gain privileges, and a system call that its profile (calls.h) does not name ends it, or fails. There
 * is no way back. Where the kernel has Landlock, files, network and signals are limited by that as well.
 *
 * Whoever enters has opened before: inputs, output, rule files, snapshots, logs; has loaded the modules
 * (parsers/base/module.h) where sandbox_can_limit_files() is false; and has started the second opinion
 * (analyze/auth/second_opinion.h, as mailwhy_worker_new does), for that is a process of its own. Executable
 * memory cannot be had inside: PCRE2 then matches without compiling to machine code what it has not compiled
 * before. Landlock holds for the thread that enters and those it starts later: enter before there are
 * others. */
#ifndef MAILWHY_SANDBOX_H
#define MAILWHY_SANDBOX_H

#include <stdbool.h>

enum sandbox_profile {
    SANDBOX_READER,  /* reads and writes what is open, has threads, loads libraries of the system */
    SANDBOX_WORKER,  /* the same, and is handed open files by the process that started it (SCM_RIGHTS) */
    SANDBOX_OPINION, /* one descriptor; no files, no threads, no libraries */
    SANDBOX_ASKER,   /* the network, to ask name servers; has threads; no files, no libraries */
    SANDBOX_PROFILES
};

/* What holds. */
struct sandbox {
    bool is_filtered;    /* seccomp: calls */
    bool limits_files;   /* Landlock */
    const char *missing; /* what this system refused, in words for the report; NULL: nothing that is told */
};

/* Enter. `readable`: files and folders that may be opened for reading inside, beside the system's libraries;
 * ends in NULL, may be NULL; without Landlock nothing may be opened. A system that refuses (an old kernel, a
 * container that forbids it) is no error: what is missing is said in `missing`. */
struct sandbox sandbox_enter(enum sandbox_profile profile, const char *const *readable);

/* What holds for this process: what sandbox_enter returned last; before that, nothing. */
struct sandbox sandbox_state(void);

/* Can this kernel limit which files are opened? Where not, nothing can be opened inside. */
bool sandbox_can_limit_files(void);

#endif
