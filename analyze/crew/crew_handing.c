/* Handing inputs to a crew's processes: see crew_handing.h. */
#define _GNU_SOURCE
#include "analyze/crew/crew_handing.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

void crew_dismiss(struct member *m) {
    if (m->fd >= 0)
        close(m->fd);
    if (m->handle >= 0)
        close(m->handle);
    m->fd = m->handle = -1;
}

static bool start(struct crew *crew, struct member *m) {
    unsigned number = (unsigned)(m - crew->members);
    int given[CREW_MOST_DESCRIPTORS];
    unsigned count = 0;
    char word;
    if (m->fd >= 0)
        return true;
    if (crew->nursery < 0) /* then there may be no places either */
        return false;
    atomic_store(&crew_place_of(crew, m)->number, 0);
    atomic_store(&crew_place_of(crew, m)->read, 0);
    atomic_store(&crew_place_of(crew, m)->excess, 0);
    m->seen = 0;
    m->has_read = false;
    if (crew_send(crew->control, &number, sizeof number, NULL, 0) != (ssize_t)sizeof number ||
        crew_receive(crew->control, &word, 1, given, &count) != 1 || count == 0)
        return false;
    m->fd = given[0];
    m->handle = count > 1 ? given[1] : -1;
    return true;
}

void crew_fail(const struct crew *crew, const struct handed *h, enum crew_why why) {
    struct crew_loss loss = {h->done ? h->done + 1 : 0, 0, crew_why_text(why)};
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

void crew_hand_to(struct crew *crew, struct member *m, const struct handed *inputs,
                  const struct crew_opened *opened, unsigned count) {
    struct crew_order orders[CREW_QUEUE];
    if (!m->queued)
        m->since = clock_milliseconds(&crew->clock);
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
            crew_fail(crew, &inputs[i], WHY_NOT_STARTED);
    }
}
