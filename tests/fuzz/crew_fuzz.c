/* Any bytes as what a process of a crew sends to its parent: a byte pair is the length of the next packet.
 * Each input ends or fails, once; its bytes stand in a report of its own. */
#define _GNU_SOURCE
#include "analyze/crew/crew.h"

#include "analyze/crew/crew_frame.h"
#include "analyze/crew/crew_process.h"
#include "analyze/status.h"
#include "tests/fuzz/hold.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#define INPUTS 3

static int ours = -1, theirs = -1; /* the ends of the process's socket */
static struct {
    unsigned ended, reports;
} inputs[INPUTS + 1]; /* the last one is handed to a process that is gone */

/* In the place of the nursery, and of what the parent asks of it. */
void crew_nursery(const struct crew_plan *plan, char *places, int control) {
    (void)plan;
    (void)places;
    (void)control;
    _exit(0);
}

ssize_t crew_send(int fd, const void *bytes, size_t length, const int *descriptors, unsigned count) {
    (void)fd;
    (void)bytes;
    (void)descriptors;
    (void)count;
    return (ssize_t)length;
}

ssize_t crew_receive(int fd, void *bytes, size_t room, int *descriptors, unsigned *count) {
    (void)fd;
    (void)bytes;
    (void)room;
    *count = theirs >= 0;
    descriptors[0] = theirs;
    theirs = -1;
    return *count ? 1 : -1;
}

static void report(void *context, size_t number) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended);
    inputs[number].reports++;
}

static void bytes(void *context, size_t number, const char *text, size_t length) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended && inputs[number].reports);
    volatile char last = length ? text[length - 1] : 0;
    (void)last;
}

static void facts(void *context, size_t number, const char *said, size_t length) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended && (said || !length));
}

static void is_log(void *context, size_t number) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended);
}

static void ended(void *context, size_t number, int status) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended++);
    HOLDS(status == STATUS_OK || status == STATUS_DATA || status == STATUS_NO_INPUT);
}

static void dropped(void *context, size_t number) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended && inputs[number].reports);
}

static void lost(void *context, size_t number, const struct crew_loss *loss) {
    dropped(context, number);
    HOLDS(loss->place && loss->line && loss->why);
}

static void failed(void *context, size_t number, const struct crew_loss *loss) {
    (void)context;
    HOLDS(number <= INPUTS && !inputs[number].ended++ && loss->why);
}

static struct crew_opened open_again(void *context, size_t number, enum crew_reach reach) {
    (void)context;
    HOLDS(reach != CREW_FIRST);
    return (struct crew_opened){number % 2 ? open("/dev/null", O_RDONLY | O_CLOEXEC) : -1, -1};
}

static void send_packets(struct slice data) {
    while (data.len >= 2) {
        size_t length = (unsigned char)data.ptr[0] | (size_t)(unsigned char)data.ptr[1] << 8;
        struct slice packet = slice_upto(slice_from(data, 2), length);
        if (packet.len && send(ours, packet.ptr, packet.len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
            break;
        data = slice_from(data, 2 + packet.len);
    }
    close(ours);
}

static void hear_all(struct crew *crew) {
    while (crew_room(crew, 0) < CREW_QUEUE)
        crew_hear(crew, 0, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct crew_plan plan = {.size = 1, .milliseconds = 60000};
    static const struct crew_events events = {.report = report,
                                              .bytes = bytes,
                                              .facts = facts,
                                              .log = is_log,
                                              .ended = ended,
                                              .dropped = dropped,
                                              .lost = lost,
                                              .failed = failed,
                                              .open = open_again};
    static struct crew *crew;
    struct crew_order orders[INPUTS];
    int pair[2];
    if (!crew)
        crew = crew_new(&plan, &events);
    memset(inputs, 0, sizeof inputs);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return 0;
    ours = pair[0];
    theirs = pair[1];
    for (size_t i = 0; i < INPUTS; i++)
        orders[i] = (struct crew_order){i, {open("/dev/null", O_RDONLY | O_CLOEXEC), -1}, 0};
    crew_hand(crew, 0, orders, INPUTS);
    send_packets((struct slice){(const char *)data, size});
    hear_all(crew);
    orders[0] = (struct crew_order){INPUTS, {open("/dev/null", O_RDONLY | O_CLOEXEC), -1}, 0};
    crew_hand(crew, 0, orders, 1);
    hear_all(crew);
    for (size_t i = 0; i <= INPUTS; i++)
        HOLDS(inputs[i].ended == 1);
    return 0;
}
