/* What waits for what stands above it: see spool.h. */
#define _GNU_SOURCE
#include "analyze/commands/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PART ((size_t)64 << 10)

static int open_nameless(void) {
    const char *folders[] = {g_getenv("TMPDIR"), "/var/tmp", "/tmp"};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        int fd = folders[i] && *folders[i] ? open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
        if (fd >= 0)
            return fd;
    }
    return -1;
}

void spool_open(struct spool *spool, bool in_memory) {
    int fd = in_memory ? -1 : open_nameless();
    *spool = (struct spool){.fd = fd >= 0 ? fd : memfd_create("mailwhy-reports", MFD_CLOEXEC)};
    spool->error = spool->fd < 0 ? errno : 0;
    spool->waiting = g_malloc(PART);
}

void spool_close(struct spool *spool) {
    if (spool->fd >= 0)
        close(spool->fd);
    g_free(spool->waiting);
    *spool = (struct spool){.fd = -1};
}

static void write_out(struct spool *spool) {
    for (size_t done = 0; done < spool->used && !spool->error;) {
        ssize_t wrote = write(spool->fd, spool->waiting + done, spool->used - done);
        if (wrote >= 0)
            done += (size_t)wrote;
        else if (errno != EINTR)
            spool->error = errno;
    }
    spool->used = 0;
}

void spool_write(void *context, const char *bytes, size_t length) {
    struct spool *spool = context;
    spool->size += length;
    for (size_t part; length && !spool->error; bytes += part, length -= part) {
        part = MIN(length, PART - spool->used);
        memcpy(spool->waiting + spool->used, bytes, part);
        spool->used += part;
        if (spool->used == PART)
            write_out(spool);
    }
}

int spool_map(struct spool *spool, struct slice *bytes) {
    *bytes = SLICE_EMPTY;
    write_out(spool);
    if (spool->error || !spool->size)
        return spool->error;
    void *all = mmap(NULL, spool->size, PROT_READ, MAP_PRIVATE, spool->fd, 0);
    if (all == MAP_FAILED)
        return errno;
    *bytes = (struct slice){all, spool->size};
    return 0;
}

int spool_copy(struct spool *spool, mailwhy_sink *sink, void *context) {
    write_out(spool);
    if (!spool->error && lseek(spool->fd, 0, SEEK_SET) != 0)
        spool->error = errno;
    for (ssize_t got = 1; got && !spool->error;) {
        got = read(spool->fd, spool->waiting, PART);
        if (got > 0)
            sink(context, spool->waiting, (size_t)got);
        else if (got < 0 && errno != EINTR)
            spool->error = errno;
    }
    return spool->error;
}
