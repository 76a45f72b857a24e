/* The calls: see calls.h. Each was seen to be needed (strace over all samples and corpora). */
#define _GNU_SOURCE
#include "parsers/sandbox/calls.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define BIT(filter) (1u << (filter))
#define FILES       (BIT(FILTER_READER_FILES) | BIT(FILTER_WORKER_FILES))
#define NO_FILES    (BIT(FILTER_READER) | BIT(FILTER_WORKER))
#define READERS     (FILES | NO_FILES)
#define WORKERS     (BIT(FILTER_WORKER) | BIT(FILTER_WORKER_FILES))
#define OPINION     BIT(FILTER_OPINION)
#define ASKER       BIT(FILTER_ASKER)
#define THREADED    (READERS | ASKER)
#define ALL         (READERS | OPINION | ASKER)

/* As pthread_create of glibc and of musl asks for it; clone3 hides its flags from the filter. */
#define THREAD (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM)
#define NO_NAMESPACES                                                                                        \
    (CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS)
#define CODE    (PROT_EXEC | PROT_WRITE)
#define CHANGES (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))

const struct sandbox_call sandbox_calls[] = {
    /* What is open. */
    {"read", ALL, .why = "inputs; questions"},
    {"write", ALL, .why = "the report; answers"},
    {"readv", READERS, .why = "stdio, in other C libraries"},
    {"writev", READERS, .why = "the same, and messages of the C library at its end"},
    {"pread64", READERS, .why = "libraries, as they are loaded"},
    {"lseek", READERS, .why = "stdio, when it ends"},
    {"close", ALL, .why = "inputs"},
    {"fstat", ALL, .why = "size and kind of an input"},
    {"newfstatat", READERS, .why = "the same, as glibc asks it", .when = {{3, AT_EMPTY_PATH, AT_EMPTY_PATH}}},
    {"newfstatat", ALL, EACCES, .why = "libraries that look for files", .when = {{3, AT_EMPTY_PATH, 0}}},
    {"sysinfo", READERS, .why = "qsort: how much memory is there?"},
    {"fcntl", THREADED, .why = "is a file appended to? does a socket wait?",
     .when = {{1, UINT32_MAX, F_GETFL}}},
    {"fallocate", READERS, .why = "has the disk room for the report?"},
    {"ftruncate", READERS, .why = "a report that could not be written to its end is taken back"},
    {"fsync", READERS, .why = "a report has reached the disk"},
    {"fadvise64", READERS, .why = "reading ahead in a log"},
    {"poll", THREADED, .why = "the end of a wait for the second opinion; an answer of the DNS"},
    {"ppoll", THREADED, .why = "the same, where there is no poll"},
    {"recvmsg", WORKERS, .why = "an input that the parent opened"},
    {"ioctl", READERS, .why = "is this a terminal? (stdio)", .when = {{1, UINT32_MAX, TCGETS}}},

    /* Memory; none that is executable, but of a library that is loaded. */
    {"brk", ALL, .why = "malloc"},
    {"munmap", ALL, .why = "malloc, arenas"},
    {"mremap", ALL, .why = "realloc"},
    {"madvise", ALL, .why = "malloc, stacks of threads"},
    {"mmap", ALL, .why = "malloc, arenas", .when = {{2, PROT_EXEC, 0}}},
    {"mmap", OPINION | ASKER | NO_FILES, EACCES, .why = "PCRE2 then matches without machine code",
     .when = {{2, PROT_EXEC, PROT_EXEC}}},
    {"mmap", FILES, EACCES, .why = "the same", .when = {{2, CODE, CODE}}},
    {"mmap", FILES, EACCES, .why = "the same",
     .when = {{2, CODE, PROT_EXEC}, {3, MAP_ANONYMOUS, MAP_ANONYMOUS}}},
    {"mmap", FILES, .why = "a library that is loaded", .when = {{2, CODE, PROT_EXEC}, {3, MAP_ANONYMOUS, 0}}},
    {"mprotect", ALL, .why = "malloc, stacks of threads, libraries", .when = {{2, PROT_EXEC, 0}}},
    {"mprotect", ALL, EACCES, .why = "PCRE2, where it is hardened", .when = {{2, PROT_EXEC, PROT_EXEC}}},

    /* Threads. */
    {"futex", ALL, .why = "locks"},
    {"clone", THREADED, .why = "a thread, and nothing else", .when = {{0, THREAD | NO_NAMESPACES, THREAD}}},
    {"clone3", THREADED, ENOSYS, .why = "the C library then uses clone"},
    {"set_robust_list", THREADED, .why = "a thread that begins"},
    {"rseq", THREADED, .why = "a thread that begins"},
    {"sched_yield", THREADED, .why = "locks"},
    {"sched_getaffinity", THREADED, .why = "malloc, for the number of its arenas"},
    {"prctl", THREADED, EPERM, .why = "a thread that gets a name goes on without it"},
    {"gettid", THREADED, .why = "locks that count"},
    {"getpid", ALL, .why = "OpenSSL: was the process forked?"},

    /* The network. */
    {"socket", ASKER, .why = "a name server", .when = {{0, UINT32_MAX, AF_INET}}},
    {"socket", ASKER, .why = "the same", .when = {{0, UINT32_MAX, AF_INET6}}},
    {"connect", ASKER, .why = "the same, over TCP"},
    {"sendto", ASKER, .why = "a question"},
    {"recvfrom", ASKER, .why = "an answer"},
    {"getsockopt", ASKER, .why = "has it been connected?"},
    {"fcntl", ASKER, .why = "a socket that does not wait", .when = {{1, UINT32_MAX, F_SETFL}}},

    /* Time, signals, the end. */
    {"clock_gettime", ALL, .why = "where the kernel's page of it is missing"},
    {"gettimeofday", ALL, .why = "the same"},
    {"time", ALL, .why = "the same"},
    {"setitimer", READERS, .why = "the deadline of an input that has no parent to keep it"},
    {"clock_nanosleep", READERS, .why = "waiting for more of a log"},
    {"restart_syscall", ALL, .why = "a wait that a stop signal broke"},
    {"rt_sigreturn", ALL, .why = "the end of a signal's handler"},
    {"rt_sigprocmask", ALL, .why = "threads, abort"},
    {"rt_sigaction", THREADED, .why = "abort"},
    {"sigaltstack", THREADED, .why = "a thread that ends"},
    {"uname", OPINION, .why = "the name of this machine: libspf2 ends without it"},
    {"getrandom", ALL, .why = "keys of hash tables"},
    {"exit", ALL, .why = "the end of a thread"},
    {"exit_group", ALL, .why = "the end"},

    /* Files: only to read, and Landlock says which. */
    {"openat", FILES, .why = "character sets, modules: libraries", .when = {{2, CHANGES, O_RDONLY}}},
    {"openat", NO_FILES | OPINION | ASKER, EACCES, .why = "what a library looks for is then not there"},
    {"open", ALL, EACCES, .why = "the same"},
    {"access", ALL, EACCES, .why = "the same"},
    {"readlink", ALL, EACCES, .why = "the same"},
    {"stat", ALL, EACCES, .why = "the same"},
    {"statx", READERS, EACCES, .why = "the same"},
    {"statfs", READERS, EACCES, .why = "the same: SELinux, of which GIO tells GMime"},

    /* What builds for tests add. */
    {"sigaltstack", OPINION, .build = "sanitize", .why = "it looks whether a handler runs"},
};
const size_t sandbox_call_count = sizeof sandbox_calls / sizeof sandbox_calls[0];
