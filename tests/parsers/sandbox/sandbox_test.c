/* Each thing that must not be possible is tried from inside each profile, and what must be possible is too.
 * What is tried runs in a process of its own, which enters the sandbox first. */
#define _GNU_SOURCE
#include "parsers/sandbox/sandbox.h"
#include "tests/table.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int channel[2]; /* a pair of sockets, open when the sandbox is entered */
static char scratch[] = "/tmp/mailwhy-sandbox-XXXXXX";
static char inside[64], outside[64]; /* a file in `scratch`; a name that is free */

/* --- what is tried: 0 when it could be done --- */

static long try_open(void) {
    return open("/etc/passwd", O_RDONLY) < 0;
}
static long try_open_old(void) {
    return syscall(SYS_open, "/etc/passwd", O_RDONLY) < 0;
}
static long try_open_proc(void) {
    return open("/proc/self/environ", O_RDONLY) < 0;
}
static long try_open_to_write(void) {
    return open(inside, O_WRONLY) < 0;
}
static long try_create(void) {
    return open(outside, O_WRONLY | O_CREAT, 0600) < 0;
}
static long try_open_library_to_write(void) {
    return open("/usr/lib/os-release", O_RDWR) < 0;
}
static long try_openat2(void) {
    unsigned long how[3] = {O_RDONLY, 0, 0};
    return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how) < 0;
}
static long try_list(void) {
    return open("/usr", O_RDONLY | O_DIRECTORY) < 0;
}
static long try_stat(void) {
    struct stat st;
    return stat("/etc/passwd", &st) < 0;
}
static long try_access(void) {
    return access("/etc/passwd", R_OK) < 0;
}
static long try_socket(void) {
    return socket(AF_INET, SOCK_STREAM, 0) < 0;
}
static long try_unix_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM, 0) < 0;
}
static long try_connect(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
    return connect(channel[0], (struct sockaddr *)&to, sizeof to) < 0 && errno != EAFNOSUPPORT &&
           errno != EINVAL;
}
static long try_send_message(void) {
    char byte = 'x';
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    return sendmsg(channel[0], &message, 0) < 0;
}
static long try_receive_message(void) {
    char byte;
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    return recvmsg(channel[0], &message, MSG_DONTWAIT) < 0 && errno != EAGAIN;
}
static long try_fork(void) {
    return fork() < 0;
}
static long try_fork_old(void) {
    return syscall(SYS_fork) < 0;
}
static long try_vfork(void) {
    return syscall(SYS_vfork) < 0;
}
static long try_clone(void) {
    return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0;
}
static long try_clone3(void) {
    unsigned long arguments[8] = {0, 0, 0, 0, SIGCHLD};
    return syscall(SYS_clone3, arguments, sizeof arguments) < 0;
}
static long try_thread_in_namespace(void) {
    return syscall(SYS_clone,
                   CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                       CLONE_NEWUTS,
                   0, 0, 0, 0) < 0;
}
static long try_unshare(void) {
    return unshare(CLONE_NEWUSER) < 0;
}
static long try_execute(void) {
    char *const arguments[] = {(char *)"/bin/true", NULL};
    return execve("/bin/true", arguments, NULL) < 0;
}
static long try_execute_at(void) {
    char *const arguments[] = {(char *)"/bin/true", NULL};
    return syscall(SYS_execveat, AT_FDCWD, "/bin/true", arguments, NULL, 0) < 0;
}
static long try_kill(void) {
    return kill(getppid(), 0) < 0;
}
static long try_kill_itself(void) {
    return syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), 0) < 0;
}
static long try_ptrace(void) {
    return ptrace(PTRACE_TRACEME, 0, 0, 0) < 0;
}
static long try_read_of_another(void) {
    char byte;
    struct iovec part = {&byte, 1};
    return syscall(SYS_process_vm_readv, getpid(), &part, 1, &part, 1, 0) < 0;
}
static long try_rename(void) {
    return rename(inside, outside) < 0;
}
static long try_rename_at(void) {
    return syscall(SYS_renameat2, AT_FDCWD, inside, AT_FDCWD, outside, 0) < 0;
}
static long try_unlink(void) {
    return unlink(inside) < 0;
}
static long try_link(void) {
    return link(inside, outside) < 0;
}
static long try_symlink(void) {
    return symlink(inside, outside) < 0;
}
static long try_make_folder(void) {
    return mkdir(outside, 0700) < 0;
}
static long try_make_node(void) {
    return mknod(outside, S_IFIFO | 0600, 0) < 0;
}
static long try_truncate(void) {
    return truncate(inside, 0) < 0;
}
static long try_chmod(void) {
    return chmod(inside, 0777) < 0;
}
static long try_chmod_open(void) {
    return fchmod(channel[0], 0777) < 0;
}
static long try_chown(void) {
    return chown(inside, 0, 0) < 0;
}
static long try_change_folder(void) {
    return chdir("/") < 0;
}
static long try_change_root(void) {
    return chroot("/") < 0;
}
static long try_mount(void) {
    return mount("none", scratch, "tmpfs", 0, NULL) < 0;
}
static long try_terminal_input(void) {
    return ioctl(channel[0], TIOCSTI, "x") < 0 && errno != ENOTTY && errno != EINVAL && errno != EIO;
}
static long try_terminal_settings(void) {
    char settings[256];
    return ioctl(channel[0], TCGETS, settings) < 0 && errno != ENOTTY && errno != EINVAL;
}
static long try_privileges(void) {
    return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0;
}
static long try_become_root(void) {
    return setuid(0) < 0;
}
static long try_limits(void) {
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_CORE, &limit) < 0;
}
static long try_code(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
           MAP_FAILED;
}
static long try_code_read_only(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}
static long try_code_later(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC) < 0;
}
static long try_code_with_key(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return syscall(SYS_pkey_mprotect, page, 4096, PROT_READ | PROT_EXEC, -1) < 0;
}
static long try_memory_file(void) {
    return memfd_create("x", 0) < 0;
}
static long try_ring(void) {
    struct io_uring_params parameters = {0};
    return syscall(SYS_io_uring_setup, 1, &parameters) < 0;
}
static long try_bpf(void) {
    return syscall(SYS_bpf, 0, NULL, 0) < 0;
}
static long try_keys(void) {
    return syscall(SYS_add_key, "user", "x", "y", 1, -2) < 0;
}
static long try_module(void) {
    return syscall(SYS_init_module, NULL, 0, "") < 0;
}
#if defined __x86_64__
static long try_old_interface(void) {
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(20)
                     : "memory", "r8", "r9", "r10", "r11"); /* getpid of i386 */
    return result < 0;
}
#endif

static long try_write(void) {
    return write(channel[0], "x", 1) != 1;
}
static long try_memory(void) {
    char *bytes = malloc(1 << 20);
    bytes = realloc(bytes, 64 << 20);
    free(bytes);
    return bytes == NULL;
}
static long try_time(void) {
    struct timespec now;
    return clock_gettime(CLOCK_REALTIME, &now) + clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
}
static void *run_thread(void *argument) {
    free(malloc(100000));
    return argument;
}
static long try_thread(void) {
    pthread_t thread;
    void *result = NULL;
    return pthread_create(&thread, NULL, run_thread, channel) != 0 || pthread_join(thread, &result) != 0 ||
           result != channel;
}
static long try_library(void) {
    iconv_t opened = iconv_open("UTF-8", "KOI8-R");
    return opened == (iconv_t)-1;
}

/* --- the table --- */

enum { NO, YES }; /* can it be done? */

static const struct {
    const char *what;
    long (*attempt)(void);
    int is_possible[SANDBOX_PROFILES];
} rows[] = {
    {"open", try_open, {NO, NO, NO, NO}},
    {"open, as it was", try_open_old, {NO, NO, NO, NO}},
    {"open /proc/self/environ", try_open_proc, {NO, NO, NO, NO}},
    {"open to write", try_open_to_write, {NO, NO, NO, NO}},
    {"open a library to write", try_open_library_to_write, {NO, NO, NO, NO}},
    {"create", try_create, {NO, NO, NO, NO}},
    {"openat2", try_openat2, {NO, NO, NO, NO}},
    {"open a folder", try_list, {NO, NO, NO, NO}},
    {"stat", try_stat, {NO, NO, NO, NO}},
    {"access", try_access, {NO, NO, NO, NO}},
    {"socket", try_socket, {NO, NO, NO, YES}},
    {"socket of this machine", try_unix_socket, {NO, NO, NO, NO}},
    {"connect", try_connect, {NO, NO, NO, YES}},
    {"sendmsg", try_send_message, {NO, NO, NO, NO}},
    {"recvmsg", try_receive_message, {NO, YES, NO, NO}},
    {"fork", try_fork, {NO, NO, NO, NO}},
    {"fork, as it was", try_fork_old, {NO, NO, NO, NO}},
    {"vfork", try_vfork, {NO, NO, NO, NO}},
    {"clone", try_clone, {NO, NO, NO, NO}},
    {"clone3", try_clone3, {NO, NO, NO, NO}},
    {"a thread in a namespace", try_thread_in_namespace, {NO, NO, NO, NO}},
    {"unshare", try_unshare, {NO, NO, NO, NO}},
    {"execve", try_execute, {NO, NO, NO, NO}},
    {"execveat", try_execute_at, {NO, NO, NO, NO}},
    {"kill", try_kill, {NO, NO, NO, NO}},
    {"tgkill", try_kill_itself, {NO, NO, NO, NO}},
    {"ptrace", try_ptrace, {NO, NO, NO, NO}},
    {"process_vm_readv", try_read_of_another, {NO, NO, NO, NO}},
    {"rename", try_rename, {NO, NO, NO, NO}},
    {"renameat2", try_rename_at, {NO, NO, NO, NO}},
    {"unlink", try_unlink, {NO, NO, NO, NO}},
    {"link", try_link, {NO, NO, NO, NO}},
    {"symlink", try_symlink, {NO, NO, NO, NO}},
    {"mkdir", try_make_folder, {NO, NO, NO, NO}},
    {"mknod", try_make_node, {NO, NO, NO, NO}},
    {"truncate", try_truncate, {NO, NO, NO, NO}},
    {"chmod", try_chmod, {NO, NO, NO, NO}},
    {"fchmod", try_chmod_open, {NO, NO, NO, NO}},
    {"chown", try_chown, {NO, NO, NO, NO}},
    {"chdir", try_change_folder, {NO, NO, NO, NO}},
    {"chroot", try_change_root, {NO, NO, NO, NO}},
    {"mount", try_mount, {NO, NO, NO, NO}},
    {"ioctl TIOCSTI", try_terminal_input, {NO, NO, NO, NO}},
    {"ioctl TCGETS", try_terminal_settings, {YES, YES, NO, NO}},
    {"prctl", try_privileges, {NO, NO, NO, NO}},
    {"setuid", try_become_root, {NO, NO, NO, NO}},
    {"setrlimit", try_limits, {NO, NO, NO, NO}},
    {"memory that is written and executed", try_code, {NO, NO, NO, NO}},
    {"memory that is executed", try_code_read_only, {NO, NO, NO, NO}},
    {"mprotect to execute", try_code_later, {NO, NO, NO, NO}},
    {"pkey_mprotect to execute", try_code_with_key, {NO, NO, NO, NO}},
    {"memfd_create", try_memory_file, {NO, NO, NO, NO}},
    {"io_uring_setup", try_ring, {NO, NO, NO, NO}},
    {"bpf", try_bpf, {NO, NO, NO, NO}},
    {"add_key", try_keys, {NO, NO, NO, NO}},
    {"init_module", try_module, {NO, NO, NO, NO}},
#if defined __x86_64__
    {"calls of i386", try_old_interface, {NO, NO, NO, NO}},
#endif
    {"write what is open", try_write, {YES, YES, YES, YES}},
    {"memory", try_memory, {YES, YES, YES, YES}},
    {"time", try_time, {YES, YES, YES, YES}},
    {"a thread", try_thread, {YES, YES, NO, YES}},
    {"a library", try_library, {YES, YES, NO, NO}},
};

static const char *const profiles[] = {"reader", "worker", "opinion", "asker"};
_Static_assert(sizeof profiles / sizeof profiles[0] == SANDBOX_PROFILES, "a name for each");

/* Can it be done inside? A process that the kernel ended could not. */
static int attempt(enum sandbox_profile profile, long (*what)(void)) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_DUMPABLE, 0);
        if (!sandbox_enter(profile, NULL).is_filtered)
            _exit(2);
        _exit(what() == 0 ? 0 : 1);
    }
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return NO;
    assert_true(WIFEXITED(status));
    assert_int_not_equal(WEXITSTATUS(status), 2);
    return WEXITSTATUS(status) == 0 ? YES : NO;
}

static void test_each_attempt(void **unused) {
    (void)unused;
    for (size_t i = 0; i < ROWS(rows); i++)
        for (unsigned profile = 0; profile < SANDBOX_PROFILES; profile++) {
            if (rows[i].attempt == try_library && !sandbox_can_limit_files())
                continue;
            char *input = NULL;
            assert_true(asprintf(&input, "%s, as %s", rows[i].what, profiles[profile]) > 0);
            expect_number(input, attempt(profile, rows[i].attempt), rows[i].is_possible[profile]);
            free(input);
        }
}

/* A file that was named may be read; one beside it may not. */
static long try_named(void) {
    return open(inside, O_RDONLY) < 0;
}
static int attempt_named(long (*what)(void)) {
    const char *readable[] = {inside, "/does/not/exist", NULL};
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(sandbox_enter(SANDBOX_READER, readable).is_filtered && what() == 0 ? 0 : 1);
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? YES : NO;
}

static void test_named_files(void **unused) {
    (void)unused;
    if (!sandbox_can_limit_files())
        skip();
    assert_int_equal(attempt_named(try_named), YES);
    assert_int_equal(attempt_named(try_open), NO);
    assert_int_equal(attempt_named(try_open_to_write), NO);
}

/* The state says what holds, and is silent where all does. */
static void test_state(void **unused) {
    (void)unused;
    int status = 0;
    assert_false(sandbox_state().is_filtered);
    assert_non_null(sandbox_state().missing);
    pid_t child = fork();
    if (child == 0) {
        sandbox_enter(SANDBOX_READER, NULL);
        struct sandbox s = sandbox_state();
        _exit(s.is_filtered && s.limits_files && !s.missing ? 0 : 1);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static int begin(void **unused) {
    (void)unused;
    if (!mkdtemp(scratch) || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel) != 0)
        return -1;
    snprintf(inside, sizeof inside, "%s/file", scratch);
    snprintf(outside, sizeof outside, "%s/other", scratch);
    return close(open(inside, O_WRONLY | O_CREAT, 0600));
}

static int end(void **unused) {
    (void)unused;
    return unlink(inside) | rmdir(scratch); /* nothing else was made there */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_attempt),
                                       cmocka_unit_test(test_named_files), cmocka_unit_test(test_state)};
    return cmocka_run_group_tests(tests, begin, end);
}
