/* Reading inputs: see input.h. */
#define _GNU_SOURCE
#include "parsers/base/input.h"

#include "parsers/base/decompress.h"
#include "parsers/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)64 << 10) /* of an input whose size is not known */

/* Make room for `room` bytes; 0 or an errno. */
static int make_room(struct input *input, size_t room) {
    char *larger = realloc(input->owned, room);
    if (!larger)
        return ENOMEM;
    input->owned = larger;
    return 0;
}

/* Read to the end, and no more than `most` bytes and one. `room` is how much is expected: one more byte than
 * that tells the end without more room. */
static int read_all(struct input *input, int fd, size_t room, size_t most) {
    size_t used = 0;
    int error = make_room(input, ++room);
    while (!error && used <= most) {
        if (used == room)
            error = make_room(input, room = MIN(2 * room, most + 1));
        ssize_t got = error ? -1 : read(fd, input->owned + used, room - used);
        if (got == 0)
            break;
        if (got > 0)
            used += (size_t)got;
        else if (!error && errno != EINTR)
            error = errno;
    }
    if (used > most)
        input->damage = "the input is larger than 2000 MiB: the rest was not read";
    input->bytes = (struct slice){input->owned, MIN(used, most)};
    return error;
}

static int read_descriptor(struct input *input, int fd, bool is_opened_here, size_t most) {
    struct stat st;
    if (fstat(fd, &st) != 0)
        return errno;
    size_t size = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
    int error = read_all(input, fd, size ? MIN(size, most) : FIRST_ROOM, most);
    if (is_opened_here && input->bytes.len < size && !input->damage)
        input->damage = "the file was cut while it was read: what was still there was read";
    return error;
}

void input_expand(struct input *input) {
    struct slice plain = SLICE_EMPTY;
    if (!is_compressed(input->bytes))
        return;
    const char *damage = decompress(input->bytes, &plain);
    damage = damage ? damage : input->damage;
    input_close(input);
    *input = (struct input){plain, damage, (char *)plain.ptr};
}

/* A copy of standard input's descriptor, where that can be read. */
static int copy_standard(void) {
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    errno = flags >= 0 ? EBADF : errno;
    return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : -1;
}

int input_descriptor(const char *path, size_t folder) {
    struct stat st;
    int fd = folder                   ? folder_open_file(path, folder)
             : strcmp(path, "-") == 0 ? copy_standard()
                                      : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || folder || fstat(fd, &st) != 0 || !S_ISDIR(st.st_mode))
        return fd;
    close(fd);
    errno = EISDIR;
    return -1;
}

static int read_raw(struct input *input, int fd, bool is_opened_here, size_t most) {
    *input = (struct input){0};
    int error = read_descriptor(input, fd, is_opened_here, most);
    if (error)
        input_close(input);
    return error;
}

int input_read_raw(struct input *input, int fd, bool is_opened_here) {
    return read_raw(input, fd, is_opened_here, LIMIT_INPUT_BYTES);
}

int input_read(struct input *input, int fd, bool is_opened_here) {
    int error = input_read_raw(input, fd, is_opened_here);
    if (!error)
        input_expand(input);
    return error;
}

int input_open_found(struct input *input, const char *path, size_t folder) {
    *input = (struct input){0};
    int fd = input_descriptor(path, folder);
    if (fd < 0)
        return errno;
    int error = input_read(input, fd, folder || strcmp(path, "-") != 0);
    close(fd);
    return error;
}

int input_open(struct input *input, const char *path) {
    return input_open_found(input, path, 0);
}

int input_open_small(struct input *input, const char *path, size_t most) {
    *input = (struct input){0};
    int fd = input_descriptor(path, 0);
    if (fd < 0)
        return errno;
    int error = read_raw(input, fd, false, most + 1);
    close(fd);
    if (error)
        return error;
    if (input->bytes.len <= most)
        input_expand(input);
    if (input->bytes.len <= most)
        return 0;
    input_close(input);
    return EFBIG;
}

void input_forget(struct input *input) {
    if (input->owned)
        explicit_bzero(input->owned, input->bytes.len);
    input_close(input);
}

void input_close(struct input *input) {
    free(input->owned); // NOLINT(clang-analyzer-unix.Malloc): input_expand has put other bytes there
    *input = (struct input){0};
}
