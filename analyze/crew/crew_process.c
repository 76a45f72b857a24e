/* The processes of a crew, and the nursery that starts them: see crew_process.h. */
#define _GNU_SOURCE
#include "analyze/crew/crew_process.h"

#include "analyze/crew/crew_frame.h"

#include "parsers/base/arena.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FREED      0xff               /* what libraries give back is overwritten with this */
#define STACK      ((size_t)16 << 10) /* bytes of it that are overwritten between two inputs */
#define KEPT       (4 << 20)          /* bytes that are kept for the next input */
#define LEAST_TOLD 64                 /* bytes after which a packet is filled with a frame of its own */

struct crew_desk {
    struct crew_place *place;
    int fd;
    size_t number; /* of the input */
    size_t used;   /* bytes of the packet */
    char packet[CREW_PACKET];
};

static void flush(struct crew_desk *desk) {
    if (desk->used && write(desk->fd, desk->packet, desk->used) != (ssize_t)desk->used)
        _exit(1);
    explicit_bzero(desk->packet, desk->used);
    desk->used = 0;
}

static void tell_frame(struct crew_desk *desk, struct crew_frame frame) {
    frame.number = desk->number;
    memcpy(desk->packet + desk->used, &frame, sizeof frame);
    desk->used += sizeof frame;
}

static void tell(struct crew_desk *desk, enum crew_word word, int status, const char *bytes, size_t length) {
    tell_frame(desk, (struct crew_frame){.word = word, .status = status, .length = length});
    if (length)
        memcpy(desk->packet + desk->used, bytes, length);
    desk->used += length;
}

static void make_room(struct crew_desk *desk, size_t length) {
    if (desk->used + sizeof(struct crew_frame) + length > sizeof desk->packet)
        flush(desk);
}

void crew_begin_report(struct crew_desk *desk) {
    make_room(desk, 0);
    tell(desk, CREW_REPORT, 0, NULL, 0);
}

void crew_begin_message(struct crew_desk *desk, uint64_t line, size_t bytes, int status) {
    make_room(desk, 0);
    tell_frame(desk, (struct crew_frame){.word = CREW_REPORT, .status = status, .line = line});
    flush(desk);
    crew_has_read(desk, bytes);
}

static void write_as(struct crew_desk *desk, enum crew_word word, const char *bytes, size_t length) {
    while (length) {
        make_room(desk, MIN(length, LEAST_TOLD));
        size_t part = MIN(length, sizeof desk->packet - desk->used - sizeof(struct crew_frame));
        tell(desk, word, 0, bytes, part);
        bytes += part;
        length -= part;
    }
}

void crew_write(struct crew_desk *desk, const char *bytes, size_t length) {
    write_as(desk, CREW_BYTES, bytes, length);
}

void crew_write_facts(struct crew_desk *desk, const char *bytes, size_t length) {
    write_as(desk, CREW_FACTS, bytes, length);
}

void crew_say_log(struct crew_desk *desk) {
    make_room(desk, 0);
    tell(desk, CREW_LOG, 0, NULL, 0);
}

static struct crew_desk the_desk; /* of this process */

/* The parent looks for the reason. */
static void end_by_excess(void) {
    atomic_store(&the_desk.place->excess, the_desk.number + 1);
    _exit(1);
}

void crew_has_read(struct crew_desk *desk, size_t bytes) {
    atomic_store(&desk->place->read, desk->number + 1);
    arena_limit(crew_memory_for(bytes), end_by_excess);
}

void crew_close(const struct crew_order *order) {
    close(order->opened.fd);
    if (order->opened.copy >= 0)
        close(order->opened.copy);
}

/* Also of what is too much one byte, which tells that there was more. */
static void write_copy(int fd, const struct input *input) {
    size_t length = input->bytes.len + (input->damage != NULL);
    for (size_t done = 0; done < length;) {
        ssize_t wrote = write(fd, input->owned + done, length - done);
        if (wrote < 0 && errno != EINTR)
            _exit(1);
        done += wrote > 0 ? (size_t)wrote : 0;
    }
}

int crew_read(struct crew_desk *desk, const struct crew_order *order, bool is_opened_here,
              struct input *input) {
    int error = input_read_raw(input, order->opened.fd, is_opened_here);
    if (!error && order->opened.copy >= 0)
        write_copy(order->opened.copy, input);
    if (!error)
        input_expand(input);
    crew_close(order);
    crew_has_read(desk, input->bytes.len);
    return error;
}

/* What functions that have returned left there. */
static void __attribute__((noinline)) forget_stack(void) {
    char room[STACK];
    explicit_bzero(room, sizeof room);
}

/* Memory that is given back keeps nothing of what was in it, whoever gives it back: arenas overwrite theirs,
 * the C library that of all others. */
static void forget_what_is_freed(void) {
    mallopt(M_PERTURB, FREED);
}

/* To give memory back to the system and to get it again for each input costs a quarter of the time. */
static void keep_what_is_freed(void) {
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_MMAP_THRESHOLD, KEPT);
}

/* Read inputs until the parent is gone. */
static void __attribute__((noreturn)) work(const struct crew_plan *plan, struct crew_place *place, int fd) {
    struct crew_desk *desk = &the_desk;
    void *self = plan->begin(plan->context);
    arena_leave_out();
    keep_what_is_freed();
    if (!plan->is_isolated) /* from the first input on: DNS data takes and gives back 64 KiB for each record
                             */
        forget_what_is_freed();
    struct crew_order orders[CREW_QUEUE];
    desk->place = place;
    desk->fd = fd;
    for (unsigned count; (count = crew_receive_orders(fd, orders)) > 0;) {
        for (unsigned i = 0; i < count; i++) {
            desk->number = orders[i].number;
            atomic_store(&place->number, desk->number + 1);
            int status = plan->run(self, &orders[i], desk);
            arena_limit(0, NULL);
            make_room(desk, 0);
            tell(desk, CREW_ENDED, status, NULL, 0);
            forget_stack();
        }
        flush(desk);
    }
    _exit(0);
}

/* --- the nursery --- */

static void close_others(int control, int fd) {
    int low = MIN(control, fd), high = MAX(control, fd);
    if (low > STDERR_FILENO + 1)
        close_range(STDERR_FILENO + 1, (unsigned)low - 1, 0);
    if (high > low + 1)
        close_range((unsigned)low + 1, (unsigned)high - 1, 0);
    close_range((unsigned)high + 1, ~0U, 0);
}

/* Nothing is read from or written to where the program was started. */
static void leave_terminal(void) {
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO && nothing >= 0; fd++) {
#ifdef MAILWHY_SANITIZE
        if (fd == STDERR_FILENO) /* for what the sanitizers find */
            break;
#endif
        dup2(nothing, fd);
    }
}

static void __attribute__((noreturn))
be_process(const struct crew_plan *plan, char *places, unsigned number, int control, int fd) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    signal(SIGCHLD, SIG_DFL);
    process_limit(RLIMIT_CORE, 0);
    process_limit_memory(CREW_MOST_MEMORY);
    close(control);
    close_others(fd, fd);
    if (number)
        munmap(places, number * page);
    if (number + 1 < plan->size)
        munmap(places + (number + 1) * page, (plan->size - number - 1) * page);
    work(plan, (struct crew_place *)(void *)(places + number * page), fd);
}

/* Start a process, and answer with its socket and, where the system has such, a handle of it. */
static void start(const struct crew_plan *plan, char *places, unsigned number, int control) {
    int pair[2], given[2];
    unsigned count = 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0) {
        pid_t child = process_fork(SIGKILL);
        if (child == 0)
            be_process(plan, places, number, control, pair[1]);
        close(pair[1]);
        given[count++] = pair[0];
        int handle = child > 0 ? (int)syscall(SYS_pidfd_open, child, 0) : -1;
        if (handle >= 0)
            given[count++] = handle;
    }
    if (crew_send(control, "s", 1, given, count) < 0)
        _exit(1); /* the parent waits for an answer */
    for (unsigned i = 0; i < count; i++)
        close(given[i]);
}

void crew_nursery(const struct crew_plan *plan, char *places, int control) {
    unsigned number;
    prctl(PR_SET_NAME, "mailwhy-nursery");
    signal(SIGCHLD, SIG_IGN); /* nobody waits for the dead */
    signal(SIGINT, SIG_IGN);  /* the parent ends them */
    close_others(control, control);
    leave_terminal();
    while (read(control, &number, sizeof number) == (ssize_t)sizeof number && number < plan->size)
        start(plan, places, number, control);
    _exit(0);
}
