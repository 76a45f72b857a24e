/* Entering: see sandbox.h. */
#define _GNU_SOURCE
#include "parsers/sandbox/sandbox.h"

#include "parsers/sandbox/filters.h"
#include "parsers/sandbox/landlock.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The system's libraries, and where the loader finds them. */
static const char *const libraries[] = {"/usr/lib", "/lib",           "/usr/lib64",       "/lib64", "/lib32",
                                        "/libx32",  "/usr/local/lib", "/etc/ld.so.cache", NULL};

/* By profile; whether files are limited. */
static const enum sandbox_filter filters[SANDBOX_PROFILES][2] = {
    [SANDBOX_READER] = {FILTER_READER, FILTER_READER_FILES},
    [SANDBOX_WORKER] = {FILTER_WORKER, FILTER_WORKER_FILES},
    [SANDBOX_OPINION] = {FILTER_OPINION, FILTER_OPINION},
    [SANDBOX_ASKER] = {FILTER_ASKER, FILTER_ASKER}};

static struct sandbox state = {.missing = "the sandbox was not entered"};

struct sandbox sandbox_enter(enum sandbox_profile profile, const char *const *readable) {
    bool is_reader = profile == SANDBOX_READER || profile == SANDBOX_WORKER;
#ifdef MAILWHY_WATCHED
    state =
        (struct sandbox){.missing = "there is no sandbox in this build, in which a tool watches the program"};
    return state;
#endif
    state = (struct sandbox){0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        state.missing = "there is no sandbox: this system cannot give up privileges";
        return state;
    }
    state.limits_files =
        landlock_limit(is_reader ? libraries : NULL, is_reader ? readable : NULL, profile == SANDBOX_ASKER);
    enum sandbox_filter filter = filters[profile][state.limits_files];
    state.is_filtered = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC,
                                &sandbox_filters[filter]) == 0;
    if (!state.is_filtered)
        state.missing = state.limits_files
                            ? "the sandbox is not whole: this system refuses to filter calls (seccomp)"
                            : "there is no sandbox: this system refuses to filter calls (seccomp)";
    else if (!state.limits_files)
        state.missing = NULL; /* the filter lets nothing be opened at all */
    return state;
}

struct sandbox sandbox_state(void) {
    return state;
}

bool sandbox_can_limit_files(void) {
    return landlock_version() > 0;
}
