/* What parent and processes of a crew tell each other (crew.h). */
#ifndef MAILWHY_CREW_FRAME_H
#define MAILWHY_CREW_FRAME_H

#include "analyze/crew/crew_plan.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#define CREW_PACKET ((size_t)32 << 10) /* bytes of frames in one packet */

enum crew_word { CREW_REPORT, CREW_BYTES, CREW_FACTS, CREW_LOG, CREW_ENDED };

struct crew_frame {
    uint32_t word;
    int32_t status;  /* of CREW_ENDED; of CREW_REPORT, that of the reports before */
    uint64_t number; /* of the input */
    uint64_t length; /* of what follows, of CREW_BYTES and CREW_FACTS */
    uint64_t line;   /* of CREW_REPORT: of the mailbox, with which the message begins; 0: it is in none */
};

#define CREW_MOST_DESCRIPTORS (2 * CREW_QUEUE)

/* Beside the frames, which are sent several at a time: at what the process is. It is shared with the parent,
 * which believes it as little as a frame. */
struct crew_place {
    _Atomic uint64_t number; /* of the input, from 1 */
    _Atomic uint64_t read;   /* the same, once it was wholly read */
    _Atomic uint64_t excess; /* the same, where it took more memory than it may */
};

/* Send bytes with descriptors, and receive them; at most CREW_MOST_DESCRIPTORS. Returns the bytes; -1 or 0 as
 * read. */
ssize_t crew_send(int fd, const void *bytes, size_t length, const int *descriptors, unsigned count);
ssize_t crew_receive(int fd, void *bytes, size_t room, int *descriptors, unsigned *count);

/* The same of orders, at most CREW_QUEUE. How many came; 0: none will. */
bool crew_send_orders(int fd, const struct crew_order *orders, unsigned count);
unsigned crew_receive_orders(int fd, struct crew_order *orders);

#endif
