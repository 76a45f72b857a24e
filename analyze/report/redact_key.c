/* The secret of pseudonyms: see redact_key.h. */
#define _GNU_SOURCE
#include "analyze/report/redact_key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many bytes as there are, up to `most`; -1 and errno where reading fails. */
static ssize_t read_all(int fd, char *bytes, size_t most) {
    size_t length = 0;
    while (length < most) {
        ssize_t got = read(fd, bytes + length, most - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

static const char *read_file(struct redact_key *key, int fd) {
    struct stat st;
    char beyond;
    if (fd < 0 || fstat(fd, &st) != 0)
        return g_strerror(errno);
    if (!S_ISREG(st.st_mode))
        return "a key is read from a regular file only";
    ssize_t length = read_all(fd, key->bytes, sizeof key->bytes);
    if (length < 0)
        return g_strerror(errno);
    if (length < REDACT_KEY_LEAST)
        return "too short for a key: 16 bytes or more are expected, as `head -c 32 /dev/urandom` makes them";
    if ((size_t)length == sizeof key->bytes && read_all(fd, &beyond, 1) > 0)
        return "too long for a key: 4096 bytes or fewer are expected";
    key->length = (size_t)length;
    return NULL;
}

const char *redact_key_get(struct redact_key *key, const char *path) {
    if (!path) {
        key->length = REDACT_KEY_OWN;
        return getentropy(key->bytes, key->length) == 0 ? NULL : g_strerror(errno);
    }
    int fd =
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a FIFO must not hold the program up */
    const char *wrong = read_file(key, fd);
    if (fd >= 0)
        close(fd);
    return wrong;
}
