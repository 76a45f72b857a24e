/* Processes of a crew that died or are late: see crew_losing.h. */
#define _GNU_SOURCE
#include "analyze/crew/crew_losing.h"

#include "analyze/crew/crew_handing.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Which of its inputs a process was at when it was lost. What it wrote wrong is of the first; it may have
 * gone on since. */
static unsigned find_culprit(const struct crew *crew, const struct member *m, enum crew_why why) {
    if (why == WHY_LIED || why == WHY_TOO_LARGE)
        return 0;
    uint64_t at = atomic_load(&crew_place_of(crew, m)->number);
    for (unsigned i = 0; i < m->queued && !crew_has_begun(&m->queue[0]); i++)
        if (m->queue[i].number + 1 == at)
            return i;
    return 0;
}

/* What becomes of the input at which a process was lost. True: another goes on with it, behind what is done
 * of it now. Where a mailbox took too long as a whole, its last message is read once more, alone. */
static bool goes_on(const struct crew *crew, struct handed *h, enum crew_why why) {
    const struct crew_events *events = crew->events;
    struct crew_loss loss = {h->begun, h->line, crew_why_text(why)};
    bool is_message = crew_has_begun(h) && h->line;
    bool is_innocent = why == WHY_LATE && h->begun > h->done + 1;
    if (!is_message) {
        crew_fail(crew, h, why);
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
        crew_fail(crew, h, WHY_REST_TOO_OFTEN);
    return h->again <= CREW_MOST_AGAIN;
}

static enum crew_reach reach_of(const struct crew *crew, const struct member *m, const struct handed *h) {
    uint64_t at = atomic_load(&crew_place_of(crew, m)->number);
    uint64_t read = atomic_load(&crew_place_of(crew, m)->read);
    if (at < h->number + 1)
        return CREW_UNREAD;
    return at > h->number + 1 || read == at ? CREW_WHOLE : CREW_CUT;
}

void crew_lose(struct crew *crew, struct member *m, enum crew_why why) {
    struct handed queue[CREW_QUEUE];
    struct crew_opened opened[CREW_QUEUE];
    enum crew_reach reach[CREW_QUEUE];
    unsigned queued = m->queued, count = 0, culprit = find_culprit(crew, m, why);
    memcpy(queue, m->queue, sizeof queue);
    for (unsigned i = 0; i < queued; i++)
        reach[i] = reach_of(crew, m, &queue[i]);
    if (why == WHY_DIED && queued &&
        atomic_load(&crew_place_of(crew, m)->excess) == queue[culprit].number + 1)
        why = WHY_TOO_MUCH_MEMORY;
    if (m->handle >= 0)
        syscall(SYS_pidfd_send_signal, m->handle, SIGKILL, NULL, 0);
    crew_dismiss(m);
    m->queued = 0;
    for (unsigned i = 0; i < queued; i++) {
        if (i == culprit && !goes_on(crew, &queue[i], why))
            continue;
        opened[count] = crew->events->open(crew->events->context, queue[i].number, reach[i]);
        if (opened[count].fd < 0) {
            crew_fail(crew, &queue[i], queue[i].done ? WHY_REST_NOT_AGAIN : WHY_NOT_AGAIN);
            continue;
        }
        queue[count++] = queue[i];
    }
    if (count)
        crew_hand_to(crew, m, queue, opened, count);
}

static const struct handed *find_handed(const struct member *m, uint64_t place) {
    for (unsigned i = 0; i < m->queued; i++)
        if (m->queue[i].number + 1 == place)
            return &m->queue[i];
    return NULL;
}

bool crew_is_late(const struct crew *crew, struct member *m) {
    const struct crew_place *place = crew_place_of(crew, m);
    gint64 now = clock_milliseconds(&crew->clock);
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
