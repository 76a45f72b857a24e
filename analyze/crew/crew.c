/* The parent of a crew: see crew.h. */
#define _GNU_SOURCE
#include "analyze/crew/crew.h"

#include "analyze/crew/crew_handing.h"
#include "analyze/crew/crew_losing.h"
#include "analyze/crew/crew_process.h"
#include "analyze/status.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_PACKETS 16   /* that are taken from one member before another is heard */
#define MOST_WAIT    1000 /* milliseconds between two looks at who is late */

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
        crew->nursery = process_fork(SIGKILL);
    if (crew->nursery == 0)
        crew_nursery(plan, crew->places, pair[1]);
    if (pair[1] >= 0)
        close(pair[1]);
    crew->control = pair[0];
    return crew;
}

void crew_free(struct crew *crew) {
    for (unsigned i = 0; i < crew->plan->size; i++)
        crew_dismiss(&crew->members[i]);
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

unsigned crew_room(const struct crew *crew, unsigned member) {
    unsigned most = crew->plan->is_isolated ? 1 : CREW_QUEUE;
    return most - crew->members[member].queued;
}

void crew_hand(struct crew *crew, unsigned member, const struct crew_order *orders, unsigned count) {
    struct handed inputs[CREW_QUEUE];
    struct crew_opened opened[CREW_QUEUE];
    for (unsigned i = 0; i < count; i++) {
        inputs[i] =
            (struct handed){.number = orders[i].number, .done = orders[i].done, .begun = orders[i].done};
        opened[i] = orders[i].opened;
    }
    crew_hand_to(crew, &crew->members[member], inputs, opened, count);
}

static void end_first(struct crew *crew, struct member *m, int status) {
    struct handed h = m->queue[0];
    memmove(m->queue, m->queue + 1, --m->queued * sizeof *m->queue);
    m->since = clock_milliseconds(&crew->clock);
    crew->events->ended(crew->events->context, h.number, MAX(h.status, status));
    if (crew->plan->is_isolated)
        crew_dismiss(m);
}

/* Who reports on an input has read it, whatever it says of its place. */
static void begin_time_of_report(const struct crew *crew, struct member *m, uint64_t place) {
    if (m->seen > place || (m->seen == place && m->has_read))
        return;
    m->seen = place;
    m->has_read = true;
    m->since = clock_milliseconds(&crew->clock);
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

/* One frame, and `bytes` behind it. Returns what is wrong with it. */
static enum crew_why take_frame(struct crew *crew, struct member *m, const struct crew_frame *f,
                                const char *bytes) {
    const struct crew_events *events = crew->events;
    if (!m->queued || f->number != m->queue[0].number)
        return WHY_LIED;
    bool is_open = crew_has_begun(&m->queue[0]);
    if (f->word == CREW_REPORT && is_status(f)) {
        begin_report(crew, m, f);
    } else if ((f->word == CREW_BYTES || f->word == CREW_FACTS) && is_open) {
        m->report += f->length;
        if (m->report > CREW_MOST_REPORT)
            return WHY_TOO_LARGE;
        (f->word == CREW_BYTES ? events->bytes : events->facts)(events->context, f->number, bytes, f->length);
    } else if (f->word == CREW_LOG && !is_open) {
        events->log(events->context, f->number);
    } else if (f->word == CREW_ENDED && is_status(f)) {
        end_first(crew, m, f->status);
    } else {
        return WHY_LIED;
    }
    return WHY_NOT;
}

static enum crew_why take_packet(struct crew *crew, struct member *m, size_t length) {
    enum crew_why wrong = WHY_NOT;
    size_t at = 0;
    while (at < length && !wrong) {
        struct crew_frame frame;
        if (length - at < sizeof frame)
            return WHY_LIED;
        memcpy(&frame, crew->packet + at, sizeof frame);
        at += sizeof frame;
        bool has_bytes = frame.word == CREW_BYTES || frame.word == CREW_FACTS;
        size_t follow = has_bytes ? (size_t)frame.length : 0;
        if (frame.length > length - at || frame.length != follow)
            return WHY_LIED;
        wrong = take_frame(crew, m, &frame, crew->packet + at);
        at += follow;
    }
    return wrong;
}

/* Nobody who reads the report slowly costs a member its time; what keeps the parent busy does. */
static enum crew_why write_packet(struct crew *crew, struct member *m, size_t length) {
    gint64 before = clock_begin_writing();
    enum crew_why wrong = take_packet(crew, m, length);
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
    enum crew_why wrong = WHY_NOT;
    for (unsigned i = 0; i < MOST_PACKETS && m->fd >= 0 && m->queued && !wrong; i++) {
        ssize_t got = receive_packet(crew, m);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (got < 0 && errno == ECONNRESET) /* said once, before what it still had sent */
            continue;
        if (got > (ssize_t)sizeof crew->packet)
            wrong = WHY_LIED;
        else
            wrong = got > 0 ? write_packet(crew, m, (size_t)got) : WHY_DIED;
    }
    if (wrong)
        crew_lose(crew, m, wrong);
}

void crew_hear(struct crew *crew, size_t first, bool is_full) {
    unsigned step = MIN(MOST_WAIT, crew->plan->milliseconds / 4 + 1);
    clock_begin_round(&crew->clock);
    for (unsigned i = 0; i < crew->plan->size; i++) {
        struct member *m = &crew->members[i];
        bool is_heard = m->queued && (!is_full || m->queue[0].number == first);
        if (!is_heard)
            m->since = clock_milliseconds(&crew->clock);
        crew->waits[i] = (struct pollfd){.fd = is_heard ? m->fd : -1, .events = POLLIN};
    }
    poll(crew->waits, crew->plan->size, (int)step);
    for (unsigned i = 0; i < crew->plan->size; i++) {
        struct member *m = &crew->members[i];
        if (crew->waits[i].fd < 0)
            continue;
        if (crew->waits[i].revents)
            hear_member(crew, m);
        if (m->queued && crew_is_late(crew, m))
            crew_lose(crew, m, WHY_LATE);
    }
}
