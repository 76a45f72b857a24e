/* Runs a program, and lets one of its system calls fail, or do only a part of what it was asked for.
 *     fail_call RESULT KIND N PROGRAM ARGUMENT...     N = 0: none; the calls are counted
 * Counted are the calls of all processes of the run together, those of the C library and the loader too. The
 * kernel asks us about each (seccomp's notifications); a call that the program's own sandbox refuses is not
 * asked about. Counting begins with the first fcntl, which is main's first call: what the loader does before
 * is not ours. RESULT gets a line "KIND COUNT" for each kind, and "fired" when the call was reached; the exit
 * status is the program's, or 200 + the number of the signal that ended it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_CALLS 4
#define MOST_PART  65536
#define NO_CALL    (-1) /* of this machine */

#ifdef SYS_open
#define OPEN   SYS_open
#define RENAME SYS_rename
#define LINK   SYS_link
#define PIPE   SYS_pipe
#define FORK   SYS_fork
#else
#define OPEN   NO_CALL
#define RENAME NO_CALL
#define LINK   NO_CALL
#define PIPE   NO_CALL
#define FORK   NO_CALL
#endif
#ifdef SYS_renameat
#define RENAMEAT SYS_renameat
#else
#define RENAMEAT NO_CALL
#endif

/* What fails. With no error, the call is done by us for half of its bytes. */
static const struct kind {
    const char *name;
    int error;
    int calls[MOST_CALLS];
} kinds[] = {
    {"read", EIO, {SYS_read, SYS_pread64, SYS_readv, NO_CALL}},
    {"read-part", 0, {SYS_read, NO_CALL, NO_CALL, NO_CALL}},
    {"write", ENOSPC, {SYS_write, SYS_writev, SYS_pwrite64, NO_CALL}},
    {"write-part", 0, {SYS_write, NO_CALL, NO_CALL, NO_CALL}},
    {"open", EMFILE, {SYS_openat, OPEN, NO_CALL, NO_CALL}},
    {"rename", EIO, {RENAME, RENAMEAT, SYS_renameat2, NO_CALL}},
    {"link", EIO, {SYS_linkat, LINK, NO_CALL, NO_CALL}},
    {"fsync", EIO, {SYS_fsync, SYS_fdatasync, NO_CALL, NO_CALL}},
    {"fork", EAGAIN, {SYS_clone, SYS_clone3, FORK, NO_CALL}},
    {"pipe", EMFILE, {SYS_pipe2, PIPE, SYS_socketpair, NO_CALL}},
    {"message", ENOMEM, {SYS_sendmsg, SYS_recvmsg, NO_CALL, NO_CALL}},
    {"mmap", ENOMEM, {SYS_mmap, SYS_mremap, NO_CALL, NO_CALL}},
    {"protect", ENOMEM, {SYS_mprotect, NO_CALL, NO_CALL, NO_CALL}},
    {"stat", EIO, {SYS_fstat, SYS_newfstatat, SYS_statx, NO_CALL}},
    {"other", EINVAL, {SYS_fallocate, SYS_ftruncate, SYS_fcntl, SYS_prctl}},
    {"wait", EINTR, {SYS_ppoll, SYS_wait4, NO_CALL, NO_CALL}},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static unsigned long counts[KINDS];
static int wanted = -1; /* the kind that fails */
static unsigned long wanted_call;
static int has_begun, has_fired;

static int has_call(const struct kind *kind, int number) {
    for (int i = 0; i < MOST_CALLS; i++)
        if (kind->calls[i] == number)
            return 1;
    return 0;
}

/* A filter that asks about each call of the table. */
static unsigned filter_make(struct sock_filter *code) {
    unsigned n = 0;
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int k = 0; k < KINDS; k++)
        for (int i = 0; i < MOST_CALLS; i++)
            if (kinds[k].calls[i] != NO_CALL) {
                code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                         (unsigned)kinds[k].calls[i], 0, 1);
                code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
            }
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    return n;
}

/* In the child: the descriptor that asks is told to the parent, with which we share the table of descriptors
 * until the program takes our place. */
static void start(char **program, _Atomic int *listener) {
    static struct sock_filter code[1 + KINDS * MOST_CALLS * 2 + 1];
    struct sock_fprog filter = {.len = (unsigned short)filter_make(code), .filter = code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter);
    *listener = fd < 0 ? -2 : (int)fd;
    if (fd >= 0)
        execv(program[0], program);
    _exit(126);
}

/* Half of a read or write, done in place of the process that asked. */
static long part(const struct seccomp_notif *call) {
    static char bytes[MOST_PART];
    size_t size = (size_t)call->data.args[2] / 2;
    size = size > MOST_PART ? MOST_PART : size;
    struct iovec here = {bytes, size}, there = {(void *)(uintptr_t)call->data.args[1], size};
    int process = (int)syscall(SYS_pidfd_open, call->pid, 0);
    int fd = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, (int)call->data.args[0], 0);
    struct stat st;
    long done = -1;
    struct pollfd ready = {.fd = fd, .events = call->data.nr == SYS_read ? POLLIN : POLLOUT};
    /* Packets are whole or not there; and who would have to write is waiting for us. */
    if (fd >= 0 && (fstat(fd, &st) != 0 || S_ISSOCK(st.st_mode) || poll(&ready, 1, 0) != 1))
        done = -1;
    else if (fd >= 0 && call->data.nr == SYS_read) {
        done = read(fd, bytes, size);
        here.iov_len = done > 0 ? (size_t)done : 0;
        if (done > 0 && process_vm_writev((pid_t)call->pid, &here, 1, &there, 1, 0) != done)
            done = -1;
    } else if (fd >= 0 && process_vm_readv((pid_t)call->pid, &here, 1, &there, 1, 0) == (ssize_t)size) {
        done = write(fd, bytes, size);
    }
    close(fd);
    close(process);
    return done;
}

static void answer(int listener, const struct seccomp_notif *call) {
    struct seccomp_notif_resp answer = {.id = call->id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    has_begun |= call->data.nr == SYS_fcntl;
    for (int k = 0; has_begun && k < KINDS; k++) {
        /* A part can be done of what has two bytes or more. */
        if (!has_call(&kinds[k], call->data.nr) || (!kinds[k].error && call->data.args[2] < 2) ||
            ++counts[k] != wanted_call || k != wanted)
            continue;
        has_fired = 1;
        answer.flags = 0;
        answer.error = -kinds[k].error;
        if (!kinds[k].error && (answer.val = part(call)) < 0) {
            answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
            answer.val = 0;
            has_fired = 0;
        }
    }
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

/* Until no process is left that could ask. */
static void watch(int listener) {
    for (;;) {
        struct pollfd ready = {.fd = listener, .events = POLLIN};
        struct seccomp_notif call = {0};
        if (poll(&ready, 1, -1) < 0)
            continue;
        if (ready.revents & (POLLHUP | POLLERR))
            return;
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) == 0)
            answer(listener, &call);
    }
}

static void tell(const char *path) {
    FILE *result = fopen(path, "w");
    for (int k = 0; result && k < KINDS; k++)
        fprintf(result, "%s %lu\n", kinds[k].name, counts[k]);
    if (result && has_fired)
        fputs("fired\n", result);
    if (result)
        fclose(result);
}

int main(int argc, char **argv) {
    if (argc < 5)
        return 126;
    for (int k = 0; k < KINDS; k++)
        if (strcmp(argv[2], kinds[k].name) == 0)
            wanted = k;
    wanted_call = strtoul(argv[3], NULL, 10);
    _Atomic int *listener = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *listener = -1;
    pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0)
        start(argv + 4, listener);
    while (*listener == -1)
        sched_yield();
    if (child < 0 || *listener < 0)
        return 126;
    signal(SIGPIPE, SIG_IGN);
    watch(*listener);
    int status = 0;
    waitpid(child, &status, 0);
    tell(argv[1]);
    return WIFSIGNALED(status) ? 200 + WTERMSIG(status) : WEXITSTATUS(status);
}
