/* Reading inputs: see input.h. Plain files are mapped, everything else is read. */
#define _GNU_SOURCE
#include "parsers/base/input.h"

#include "parsers/base/decompress.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* `room` is how much may come: one more byte than that tells the end without asking for more room. */
static int read_all(int fd, GByteArray *bytes, size_t room) {
    size_t used = 0;
    g_byte_array_set_size(bytes, (guint)room + 1);
    while (used < LIMIT_INPUT_BYTES) {
        if (used == bytes->len)
            g_byte_array_set_size(bytes, (guint)(2 * used));
        ssize_t got = read(fd, bytes->data + used, bytes->len - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            break;
        used += (size_t)got;
    }
    g_byte_array_set_size(bytes, (guint)used);
    return 0;
}

static int read_stream(struct input *input, int fd, size_t room) {
    GByteArray *bytes = g_byte_array_new();
    int error = read_all(fd, bytes, room);
    input->bytes.len = bytes->len;
    input->mapped = g_byte_array_free(bytes, FALSE);
    input->bytes.ptr = input->mapped;
    return error;
}

static int map_file(struct input *input, int fd, size_t size) {
    void *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return errno;
    input->mapped = p;
    input->mapped_len = size;
    input->bytes = (struct slice){p, size};
    return 0;
}

static int read_file(struct input *input, int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0)
        return errno;
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    if (!S_ISREG(st.st_mode) || st.st_size == 0)
        return read_stream(input, fd, 65536);
    if (st.st_size < 65536)
        return read_stream(input, fd, (size_t)st.st_size);
    if ((size_t)st.st_size > LIMIT_INPUT_BYTES)
        input->damage = "the input is larger than 2000 MiB: the rest was not read";
    return map_file(input, fd, MIN((size_t)st.st_size, LIMIT_INPUT_BYTES));
}

static void expand(struct input *input) {
    struct slice plain = SLICE_EMPTY;
    const char *damage = decompress(input->bytes, &plain);
    input_close(input);
    input->damage = damage;
    input->mapped = (void *)plain.ptr;
    input->mapped_len = 0;
    input->bytes = plain;
}

int input_open(struct input *input, const char *path) {
    *input = (struct input){0};
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = read_file(input, fd);
    if (!is_stdin)
        close(fd);
    if (error == 0 && is_compressed(input->bytes))
        expand(input);
    return error;
}

void input_close(struct input *input) {
    if (input->mapped && input->mapped_len)
        munmap(input->mapped, input->mapped_len);
    else
        g_free(input->mapped);
    *input = (struct input){0};
}
