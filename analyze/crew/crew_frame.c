/* Packets with descriptors: see crew_frame.h. */
#define _GNU_SOURCE
#include "analyze/crew/crew_frame.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(CREW_MOST_DESCRIPTORS * sizeof(int))];
};

ssize_t crew_send(int fd, const void *bytes, size_t length, const int *descriptors, unsigned count) {
    union control control = {0};
    struct iovec part = {(void *)bytes, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count) {
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
    }
    ssize_t sent;
    do
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent;
}

ssize_t crew_receive(int fd, void *bytes, size_t room, int *descriptors, unsigned *count) {
    union control control;
    struct iovec part = {bytes, room};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t got;
    do
        got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *header = got >= 0 ? CMSG_FIRSTHDR(&message) : NULL;
    *count = 0;
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        *count = (unsigned)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        memcpy(descriptors, CMSG_DATA(header), *count * sizeof(int));
    }
    return got;
}

/* An order as it is sent; its descriptors go beside it, in their order. */
struct sent_order {
    uint64_t number, done, has_copy;
};

bool crew_send_orders(int fd, const struct crew_order *orders, unsigned count) {
    struct sent_order sent[CREW_QUEUE];
    int descriptors[CREW_MOST_DESCRIPTORS];
    unsigned used = 0;
    for (unsigned i = 0; i < count; i++) {
        bool has_copy = orders[i].opened.copy >= 0;
        sent[i] = (struct sent_order){orders[i].number, orders[i].done, has_copy};
        descriptors[used++] = orders[i].opened.fd;
        if (has_copy)
            descriptors[used++] = orders[i].opened.copy;
    }
    return crew_send(fd, sent, count * sizeof *sent, descriptors, used) > 0;
}

unsigned crew_receive_orders(int fd, struct crew_order *orders) {
    struct sent_order sent[CREW_QUEUE];
    int descriptors[CREW_MOST_DESCRIPTORS];
    unsigned given;
    unsigned used = 0;
    ssize_t got = crew_receive(fd, sent, sizeof sent, descriptors, &given);
    unsigned count = got > 0 ? (unsigned)((size_t)got / sizeof *sent) : 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned needed = sent[i].has_copy ? 2 : 1;
        if (given - used < needed)
            return 0;
        orders[i] = (struct crew_order){(size_t)sent[i].number, {descriptors[used], -1}, sent[i].done};
        if (sent[i].has_copy)
            orders[i].opened.copy = descriptors[used + 1];
        used += needed;
    }
    return count;
}
