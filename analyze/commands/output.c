/* Output: see output.h. */
#define _GNU_SOURCE
#include "analyze/commands/output.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/plain_signs.h"
#include "analyze/status.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define BUFFER ((size_t)256 << 10) /* of many small reports few writes are made */

/* Where in a regular file the next write goes; -1: it is none. */
static off_t next_place(const struct output *o) {
    if (!o->is_regular)
        return -1;
    return lseek(o->fd, 0, fcntl(o->fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
}

/* Where the system says beforehand that the disk has no room, nothing is written: of a report that is
 * appended to a file, no half is left there. */
static int reserve(const struct output *o, off_t place, size_t length) {
    if (place < 0 || length == 0 || fallocate(o->fd, FALLOC_FL_KEEP_SIZE, place, (off_t)length) == 0)
        return 0;
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? errno : 0;
}

/* Where it did not say so, take back what was written, if nobody has written behind it. */
static void take_back(const struct output *o, off_t place, size_t written) {
    struct stat st;
    if (place >= 0 && written && fstat(o->fd, &st) == 0 && st.st_size == place + (off_t)written &&
        ftruncate(o->fd, place) == 0)
        lseek(o->fd, place, SEEK_SET);
}

static bool ends_by_signal;

void output_note_signals(void) {
    struct sigaction action;
    ends_by_signal = sigaction(SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

/* The reader of a pipe has gone: there is nobody to write for. Libraries (gpgme, by GMime) ignore the signal
 * that says so. */
static void end_quietly(const struct output *o) {
    if (ends_by_signal) {
        signal(SIGPIPE, SIG_DFL);
        if (write(o->fd, "", 1) < 0) /* inside a sandbox nobody may raise it */
            _exit(STATUS_OUTPUT);
    }
    _exit(STATUS_OUTPUT);
}

static void write_out(struct output *o) {
    o->has_written |= o->used > 0;
    off_t place = next_place(o);
    size_t done = 0;
    o->error = reserve(o, place, o->used);
    while (done < o->used && !o->error) {
        ssize_t written = write(o->fd, o->buffer + done, o->used - done);
        if (written >= 0)
            done += (size_t)written;
        else if (errno == EPIPE)
            end_quietly(o);
        else if (errno != EINTR)
            o->error = errno;
    }
    if (o->error)
        take_back(o, place, done);
    o->used = 0;
}

static bool fail(const struct output *o, int error) {
    g_autofree char *what = o->file.wrong ? g_strdup_printf("%s: %s", o->file.wrong, g_strerror(error))
                                          : g_strdup(g_strerror(error));
    complain_of(o->path ? o->path : "standard output", what);
    return false;
}

static bool open_path(struct output *o) {
    if (!output_target_find(&o->target, o->path))
        return fail(o, errno);
    o->is_new_file = o->target.in_place < 0;
    if (o->is_new_file && !new_file_begin(&o->file, &o->target)) {
        fail(o, errno);
        output_target_free(&o->target);
        return false;
    }
    o->fd = o->is_new_file ? o->file.fd : o->target.in_place;
    return true;
}

bool output_open(struct output *o, const char *path) {
    struct stat st;
    *o = (struct output){.fd = STDOUT_FILENO, .file.fd = -1, .target = {.folder = -1, .in_place = -1}};
    if (path && strcmp(path, "-") != 0) {
        o->path = path;
        if (!open_path(o))
            return false;
    }
    o->is_regular = fstat(o->fd, &st) == 0 && S_ISREG(st.st_mode);
    o->is_terminal = isatty(o->fd);
    o->room = BUFFER;
    o->buffer = g_malloc(o->room);
    return true;
}

void output_keep_all(struct output *o) {
    o->keeps_all = true;
}

static bool has_plain_signs;

void output_use_plain_signs(void) {
    has_plain_signs = true;
}

static void buffer(struct output *o, const char *bytes, size_t length) {
    if (o->error)
        return;
    while (o->keeps_all && o->room - o->used < length)
        o->buffer = g_realloc(o->buffer, o->room *= 2);
    for (size_t part; length && !o->error; bytes += part, length -= part) {
        part = MIN(length, o->room - o->used);
        memcpy(o->buffer + o->used, bytes, part);
        o->used += part;
        if (o->used == o->room && !o->keeps_all)
            write_out(o);
    }
    if (o->is_terminal && !o->error)
        write_out(o);
}

void output_write(void *output, const char *bytes, size_t length) {
    if (!has_plain_signs) {
        buffer(output, bytes, length);
        return;
    }
    g_autoptr(GString) plain = g_string_sized_new(length);
    plain_signs_append(plain, bytes, length);
    buffer(output, plain->str, plain->len);
}

void output_append(void *string, const char *bytes, size_t length) {
    g_string_append_len(string, bytes, (gssize)length);
}

/* All of it, onto the disk where that is asked for. */
static void finish(struct output *o) {
    if (!o->error && !o->is_dropped)
        write_out(o);
    if (!o->error && o->keeps_all && o->is_regular && !o->is_new_file && fsync(o->fd) != 0)
        o->error = errno;
    if (!o->is_new_file)
        return;
    if (o->error || o->is_dropped)
        new_file_drop(&o->file, &o->target);
    else if (!new_file_keep(&o->file, &o->target))
        o->error = errno;
}

void output_fail(struct output *o, int error) {
    o->error = o->error ? o->error : error;
}

bool output_is_empty(const struct output *o) {
    return !o->has_written && !o->used;
}

void output_drop(struct output *o) {
    o->is_dropped = true;
}

void output_end_with(const struct output *o, const char *bytes, size_t length) {
    if (o->has_written || o->keeps_all || o->fd < 0)
        return;
    for (ssize_t wrote; length && ((wrote = write(o->fd, bytes, length)) >= 0 || errno == EINTR);) {
        bytes += MAX(wrote, 0);
        length -= (size_t)MAX(wrote, 0);
    }
}

void output_leave(struct output *o) {
    if (o->is_new_file)
        close(o->fd);
    output_target_free(&o->target);
    g_free(o->buffer);
}

bool output_close(struct output *o) {
    finish(o);
    if (o->error && !o->is_dropped)
        fail(o, o->error);
    output_target_free(&o->target);
    g_free(o->buffer);
    o->buffer = NULL;
    return o->error == 0;
}

bool output_whole(const char *path, const char *bytes, size_t length) {
    struct output output;
    if (!output_open(&output, path))
        return false;
    output_write(&output, bytes, length);
    return output_close(&output);
}
