/* The parent of a crew: see crew.h. */
#define _GNU_SOURCE
#include "analyze/commands/crew.h"

#include "analyze/commands/crew_clock.h"
#include "analyze/commands/crew_frame.h"
#include "analyze/commands/crew_process.h"
#include "analyze/commands/crew_why.h"
#include "analyze/commands/status.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_PACKETS 16   /* that are taken from one member before another is heard */
#define MOST_WAIT    1000 /* milliseconds between two looks at who is late */

/* An input in the hands of a member. */
struct handed {
    uint64_t number;
    int64_t milliseconds; /* that it may take; -1: from when it was read, for it may have to be waited for */
    uint64_t done;        /* messages of a mailbox that were there before this process got it */
    uint64_t begun;       /* the same with those whose report this one began */
    uint64_t line;        /* of the mailbox, with which the last of these begins; 0: it is none */
    unsigned again;       /* processes that had it before */
    int status;           /* the highest of its reports' */
};

struct member {
    int fd, handle; /* -1: there is no process; it cannot be ended */
    struct handed queue[CREW_QUEUE];
    unsigned queued;
    size_t report; /* bytes of its report so far */
    uint64_t seen; /* crew_place.number when it was last looked at */
    bool has_read; /* the same, whether it was read */
    gint64 since;  /* since when it has been at that (crew_milliseconds) */
};

struct crew {
    const struct crew_plan *plan;
    const struct crew_events *events;
    struct member *members;
    struct pollfd *waits;
    char *places; /* a page for each */
    size_t page;
    pid_t nursery;
    int control;
    struct crew_clock clock;
    char packet[CREW_PACKET];
};

static gint64 crew_milliseconds(const struct crew *crew) {
    return clock_milliseconds(&crew->clock);
}

static struct crew_place *place_of(const struct crew *crew, const struct member *m) {
    return (struct crew_place *)(void *)(crew->places + (size_t)(m - crew->members) * crew->page);
}

struct crew *crew_new(const struct crew_plan *plan, const struct crew_events *events) {
    struct crew *crew = g_new0(struct crew, 1);
    int pair[2] = {-1, -1};
    crew->plan = plan;
    crew->events = events;
    clock_begin_round(&crew->clock);
    crew->page = (size_t)sysconf(_SC_PAGESIZE);
    crew->members = g_new0(struct member, plan->size);
    crew->waits = g_new0(struct pollfd, plan->size);
    for (unsigned i = 0; i < plan->size; i++)
        crew->members[i].fd = crew->members[i].handle = -1;
    crew->nursery = -1;
    crew->places =
        mmap(NULL, plan->size * crew->page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (crew->places != MAP_FAILED && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0)
        crew->nursery = fork();
    if (crew->nursery == 0)
        crew_nursery(plan, crew->places, pair[1]);
    if (pair[1] >= 0)
        close(pair[1]);
    crew->control = pair[0];
    return crew;
}

static void dismiss(struct member *m) {
    if (m->fd >= 0)
        close(m->fd);
    if (m->handle >= 0)
        close(m->handle);
    m->fd = m->handle = -1;
}

void crew_free(struct crew *crew) {
    for (unsigned i = 0; i < crew->plan->size; i++)
        dismiss(&crew->members[i]);
    if (crew->control >= 0)
        close(crew->control);
    if (crew->nursery > 0)
        while (waitpid(crew->nursery, NULL, 0) < 0 && errno == EINTR)
            ;
    if (crew->places != MAP_FAILED)
        munmap(crew->places, crew->plan->size * crew->page);
    g_free(crew->members);
    g_free(crew->waits);
    g_free(crew);
}

/* --- handing over --- */

unsigned crew_room(const struct crew *crew, unsigned member) {
    unsigned most = crew->plan->is_isolated ? 1 : CREW_QUEUE;
    return most - crew->members[member].queued;
}

static bool start(struct crew *crew, struct member *m) {
    unsigned number = (unsigned)(m - crew->members);
    int given[CREW_QUEUE];
    unsigned count = 0;
    char word;
    if (m->fd >= 0)
        return true;
    if (crew->nursery < 0) /* then there may be no places either */
        return false;
    atomic_store(&place_of(crew, m)->number, 0);
    atomic_store(&place_of(crew, m)->read, 0);
    atomic_store(&place_of(crew, m)->excess, 0);
    m->seen = 0;
    m->has_read = false;
    if (crew_send(crew->control, &number, sizeof number, NULL, 0) != (ssize_t)sizeof number ||
        crew_receive(crew->control, &word, 1, given, &count) != 1 || count == 0)
        return false;
    m->fd = given[0];
    m->handle = count > 1 ? given[1] : -1;
    return true;
}

/* Has its process begun a report on it? */
static bool has_begun(const struct handed *h) {
    return h->begun > h->done;
}

/* There is no report on an input, or on what follows in a mailbox. */
static void fail(const struct crew *crew, const struct handed *h, const char *why) {
    struct crew_loss loss = {h->done ? h->done + 1 : 0, 0, why};
    crew->events->failed(crew->events->context, h->number, &loss);
}

/* A file's time begins at once. */
static int64_t time_for(const struct crew *crew, int fd) {
    struct stat st;
    bool is_file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    return is_file ? (int64_t)crew->plan->milliseconds + (st.st_size >> 20) * 1000 : -1;
}

static void close_opened(struct crew_opened opened) {
    close(opened.fd);
    if (opened.copy >= 0)
        close(opened.copy);
}

/* Hand over inputs, which are closed. A process that cannot be handed them, for it is gone or the system has
 * no room, gets nothing more: it is heard to its end, for what it sent before tells what it was at. */
static void hand(struct crew *crew, struct member *m, const struct handed *inputs,
                 const struct crew_opened *opened, unsigned count) {
    struct crew_order orders[CREW_QUEUE];
    if (!m->queued)
        m->since = crew_milliseconds(crew);
    bool is_there = start(crew, m);
    for (unsigned i = 0; i < count; i++) {
        orders[i] = (struct crew_order){inputs[i].number, opened[i], inputs[i].done};
        if (!is_there)
            continue;
        m->queue[m->queued] = inputs[i];
        m->queue[m->queued++].milliseconds = time_for(crew, opened[i].fd);
    }
    if (is_there && !crew_send_orders(m->fd, orders, count))
        shutdown(m->fd, SHUT_WR);
    for (unsigned i = 0; i < count; i++) {
        close_opened(opened[i]);
        if (!is_there)
            fail(crew, &inputs[i], not_started);
    }
}

void crew_hand(struct crew *crew, unsigned member, const struct crew_order *orders, unsigned count) {
    struct handed inputs[CREW_QUEUE];
    struct crew_opened opened[CREW_QUEUE];
    for (unsigned i = 0; i < count; i++) {
        inputs[i] =
            (struct handed){.number = orders[i].number, .done = orders[i].done, .begun = orders[i].done};
        opened[i] = orders[i].opened;
    }
    hand(crew, &crew->members[member], inputs, opened, count);
}

/* --- what goes wrong --- */

/* Which of its inputs a process was at when it was lost. What it wrote wrong is of the first; it may have
 * gone on since. */
static unsigned find_culprit(const struct crew *crew, const struct member *m, const char *why) {
    if (why == lied || why == too_large)
        return 0;
    uint64_t at = atomic_load(&place_of(crew, m)->number);
    for (unsigned i = 0; i < m->queued && !has_begun(&m->queue[0]); i++)
        if (m->queue[i].number + 1 == at)
            return i;
    return 0;
}

/* What becomes of the input at which a process was lost. True: another goes on with it, behind what is done
 * of it now. Where a mailbox took too long as a whole, its last message is read once more, alone. */
static bool goes_on(const struct crew *crew, struct handed *h, const char *why) {
    const struct crew_events *events = crew->events;
    struct crew_loss loss = {h->begun, h->line, why};
    bool is_message = has_begun(h) && h->line;
    bool is_innocent = why == was_late && h->begun > h->done + 1;
    if (!is_message) {
        fail(crew, h, why);
        return false;
    }
    if (is_innocent)
        events->dropped(events->context, h->number);
    else
        events->lost(events->context, h->number, &loss);
    *h = (struct handed){.number = h->number,
                         .done = h->begun - is_innocent,
                         .begun = h->begun - is_innocent,
                         .again = h->again + 1,
                         .status = h->status};
    if (h->again > CREW_MOST_AGAIN)
        fail(crew, h, rest_too_often);
    return h->again <= CREW_MOST_AGAIN;
}

static enum crew_reach reach_of(const struct crew *crew, const struct member *m, const struct handed *h) {
    uint64_t at = atomic_load(&place_of(crew, m)->number);
    uint64_t read = atomic_load(&place_of(crew, m)->read);
    if (at < h->number + 1)
        return CREW_UNREAD;
    return at > h->number + 1 || read == at ? CREW_WHOLE : CREW_CUT;
}

/* The inputs that it had not come to, or whose reports it had not sent, are read by another. */
static void lose(struct crew *crew, struct member *m, const char *why) {
    struct handed queue[CREW_QUEUE];
    struct crew_opened opened[CREW_QUEUE];
    enum crew_reach reach[CREW_QUEUE];
    unsigned queued = m->queued, count = 0, culprit = find_culprit(crew, m, why);
    memcpy(queue, m->queue, sizeof queue);
    for (unsigned i = 0; i < queued; i++)
        reach[i] = reach_of(crew, m, &queue[i]);
    if (why == died && queued && atomic_load(&place_of(crew, m)->excess) == queue[culprit].number + 1)
        why = too_much_memory;
    if (m->handle >= 0)
        syscall(SYS_pidfd_send_signal, m->handle, SIGKILL, NULL, 0);
    dismiss(m);
    m->queued = 0;
    for (unsigned i = 0; i < queued; i++) {
        if (i == culprit && !goes_on(crew, &queue[i], why))
            continue;
        opened[count] = crew->events->open(crew->events->context, queue[i].number, reach[i]);
        if (opened[count].fd < 0) {
            fail(crew, &queue[i], queue[i].done ? rest_not_again : not_again);
            continue;
        }
        queue[count++] = queue[i];
    }
    if (count)
        hand(crew, m, queue, opened, count);
}

static const struct handed *find_handed(const struct member *m, uint64_t place) {
    for (unsigned i = 0; i < m->queued; i++)
        if (m->queue[i].number + 1 == place)
            return &m->queue[i];
    return NULL;
}

/* Its time begins anew with each input that it was handed, and once more when that was read; whatever else
 * the process says of its place. */
static bool is_late(const struct crew *crew, struct member *m) {
    const struct crew_place *place = place_of(crew, m);
    gint64 now = crew_milliseconds(crew);
    uint64_t at = atomic_load(&place->number), read = atomic_load(&place->read);
    if (at > m->seen && find_handed(m, at)) {
        m->seen = at;
        m->has_read = false;
        m->since = now;
    }
    if (read == m->seen && !m->has_read) {
        m->has_read = true;
        m->since = now;
    }
    const struct handed *h = find_handed(m, m->seen);
    if (!h)
        h = &m->queue[0];
    int64_t once_read = m->has_read ? (int64_t)crew->plan->milliseconds : -1;
    int64_t most = h->milliseconds >= 0 ? h->milliseconds : once_read;
    return most >= 0 && now - m->since > most;
}

/* --- what comes back --- */

static void end_first(struct crew *crew, struct member *m, int status) {
    struct handed h = m->queue[0];
    memmove(m->queue, m->queue + 1, --m->queued * sizeof *m->queue);
    m->since = crew_milliseconds(crew);
    crew->events->ended(crew->events->context, h.number, MAX(h.status, status));
    if (crew->plan->is_isolated)
        dismiss(m);
}

/* Who reports on an input has read it, whatever it says of its place. */
static void begin_time_of_report(const struct crew *crew, struct member *m, uint64_t place) {
    if (m->seen > place || (m->seen == place && m->has_read))
        return;
    m->seen = place;
    m->has_read = true;
    m->since = crew_milliseconds(crew);
}

static bool is_status(const struct crew_frame *f) {
    return f->status == STATUS_OK || f->status == STATUS_DATA || f->status == STATUS_NO_INPUT;
}

static void begin_report(struct crew *crew, struct member *m, const struct crew_frame *f) {
    struct handed *h = &m->queue[0];
    begin_time_of_report(crew, m, f->number + 1);
    m->report = 0;
    h->begun++;
    h->line = f->line;
    h->status = MAX(h->status, f->status);
    crew->events->report(crew->events->context, f->number);
}

/* One frame, and `bytes` behind it. Returns what is wrong with it, or NULL. */
static const char *take_frame(struct crew *crew, struct member *m, const struct crew_frame *f,
                              const char *bytes) {
    const struct crew_events *events = crew->events;
    if (!m->queued || f->number != m->queue[0].number)
        return lied;
    bool is_open = has_begun(&m->queue[0]);
    if (f->word == CREW_REPORT && is_status(f)) {
        begin_report(crew, m, f);
    } else if ((f->word == CREW_BYTES || f->word == CREW_FACTS) && is_open) {
        m->report += f->length;
        if (m->report > CREW_MOST_REPORT)
            return too_large;
        (f->word == CREW_BYTES ? events->bytes : events->facts)(events->context, f->number, bytes, f->length);
    } else if (f->word == CREW_LOG && !is_open) {
        events->log(events->context, f->number);
    } else if (f->word == CREW_ENDED && is_status(f)) {
        end_first(crew, m, f->status);
    } else {
        return lied;
    }
    return NULL;
}

static const char *take_packet(struct crew *crew, struct member *m, size_t length) {
    const char *wrong = NULL;
    size_t at = 0;
    while (at < length && !wrong) {
        struct crew_frame frame;
        if (length - at < sizeof frame)
            return lied;
        memcpy(&frame, crew->packet + at, sizeof frame);
        at += sizeof frame;
        bool has_bytes = frame.word == CREW_BYTES || frame.word == CREW_FACTS;
        size_t follow = has_bytes ? (size_t)frame.length : 0;
        if (frame.length > length - at || frame.length != follow)
            return lied;
        wrong = take_frame(crew, m, &frame, crew->packet + at);
        at += follow;
    }
    return wrong;
}

/* Nobody who reads the report slowly costs a member its time; what keeps the parent busy does. */
static const char *write_packet(struct crew *crew, struct member *m, size_t length) {
    gint64 before = clock_begin_writing();
    const char *wrong = take_packet(crew, m, length);
    clock_end_writing(&crew->clock, before);
    return wrong;
}

/* The next packet: its length, 0 at the end, negative where there is none yet. Linux looks for a packet first
 * and for the end then, so that it tells the end before packets that came between its two looks, where
 * whoever sent them died there; behind a first end they are found. */
static ssize_t receive_packet(struct crew *crew, const struct member *m) {
    ssize_t got = 0;
    for (int look = 0; look < 2 && got == 0; look++)
        got = recv(m->fd, crew->packet, sizeof crew->packet, MSG_DONTWAIT | MSG_TRUNC);
    return got;
}

static void hear_member(struct crew *crew, struct member *m) {
    const char *wrong = NULL;
    for (unsigned i = 0; i < MOST_PACKETS && m->fd >= 0 && m->queued && !wrong; i++) {
        ssize_t got = receive_packet(crew, m);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (got < 0 && errno == ECONNRESET) /* said once, before what it still had sent */
            continue;
        if (got > (ssize_t)sizeof crew->packet)
            wrong = lied;
        else
            wrong = got > 0 ? write_packet(crew, m, (size_t)got) : died;
    }
    if (wrong)
        lose(crew, m, wrong);
}

void crew_hear(struct crew *crew, size_t first, bool is_full) {
    unsigned step = MIN(MOST_WAIT, crew->plan->milliseconds / 4 + 1);
    clock_begin_round(&crew->clock);
    for (unsigned i = 0; i < crew->plan->size; i++) {
        struct member *m = &crew->members[i];
        bool is_heard = m->queued && (!is_full || m->queue[0].number == first);
        if (!is_heard)
            m->since = crew_milliseconds(crew);
        crew->waits[i] = (struct pollfd){.fd = is_heard ? m->fd : -1, .events = POLLIN};
    }
    poll(crew->waits, crew->plan->size, (int)step);
    for (unsigned i = 0; i < crew->plan->size; i++) {
        struct member *m = &crew->members[i];
        if (crew->waits[i].fd < 0)
            continue;
        if (crew->waits[i].revents)
            hear_member(crew, m);
        if (m->queued && is_late(crew, m))
            lose(crew, m, was_late);
    }
}
