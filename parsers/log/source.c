/* Chunks of log files: see source.h. */
#define _GNU_SOURCE
#include "parsers/log/source.h"

#include "parsers/base/decompress.h"
#include "parsers/base/input.h"
#include "parsers/log/frame_record.h"
#include "parsers/log/reader.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define IN_BYTES     ((size_t)256 << 10)
#define FEW_FILES    500
#define HEADER_BYTES ((size_t)4 << 10)
#define START_BYTES  ((size_t)64 << 10) /* in which a first stamp is looked for */

struct file {
    unsigned number; /* its place among the paths */
    const char *path;
    const int *fd; /* it is open already, or -errno; NULL: it is opened when it is read */
    size_t folder; /* how much of the path names the folder in which it was found; 0: it was named */
    int error;     /* it cannot be read: its place among the others is not known */
    int64_t first; /* INT64_MAX: no stamp */
    int64_t now;
    uint64_t size;
    char *header;
    size_t header_len;
};

static const char unread[] = "the file could not be read to its end";

/* A file that is being read. */
struct stream {
    int fd;
    struct expander *expander;
    char *in;
    struct slice left;
    bool is_all, has_begun, is_lent;
    uint64_t taken;
};

struct log_source {
    struct file *files;
    unsigned count, current;
    struct stream stream;
    bool is_open, is_skipping;
    char *carry;
    size_t carried;
    uint64_t bytes, read, total;
    source_problem *problem;
    void *context;
};

static int stream_open(struct stream *s, const struct file *f) {
    *s = (struct stream){.fd = f->fd ? *f->fd : input_descriptor(f->path, f->folder), .is_lent = f->fd};
    if (s->fd < 0)
        return s->is_lent ? -s->fd : errno ? errno : EBADF;
    if (f->error) {
        if (!s->is_lent)
            close(s->fd);
        return f->error;
    }
    if (s->is_lent && f->size) /* a file: it may have been read before */
        lseek(s->fd, 0, SEEK_SET);
    s->in = g_malloc(IN_BYTES);
    return 0;
}

static void stream_close(struct stream *s) {
    if (!s->is_lent)
        close(s->fd);
    expander_free(s->expander);
    g_free(s->in);
}

static ssize_t read_some(int fd, char *out, size_t room) {
    ssize_t got;
    do
        got = read(fd, out, room);
    while (got < 0 && errno == EINTR);
    return got;
}

/* More input behind what is left of it. */
static const char *refill(struct stream *s) {
    if (s->left.len && s->left.ptr)
        memmove(s->in, s->left.ptr, s->left.len);
    ssize_t got = read_some(s->fd, s->in + s->left.len, IN_BYTES - s->left.len);
    if (got > 0)
        s->taken += (uint64_t)got;
    s->is_all = got <= 0;
    s->left = (struct slice){s->in, s->left.len + (got > 0 ? (size_t)got : 0)};
    return got < 0 ? unread : NULL;
}

static const char *begin(struct stream *s) {
    const char *damage = NULL;
    s->has_begun = true;
    while (!damage && !s->is_all && s->left.len < 16)
        damage = refill(s);
    s->expander = expander_new(s->left);
    return damage;
}

/* Up to `room` bytes; 0 at the end. */
static size_t stream_read(struct stream *s, char *out, size_t room, const char **damage) {
    if (!s->has_begun)
        *damage = begin(s);
    if (!s->expander) {
        size_t first = MIN(s->left.len, room);
        if (first && s->left.ptr) {
            memcpy(out, s->left.ptr, first);
            s->left = slice_from(s->left, first);
            return first;
        }
        ssize_t got = read_some(s->fd, out, room);
        s->taken += got > 0 ? (uint64_t)got : 0;
        if (got < 0)
            *damage = unread;
        return got > 0 ? (size_t)got : 0;
    }
    for (;;) {
        size_t made = expander_step(s->expander, &s->left, s->is_all, out, room, damage);
        if (made || *damage || s->is_all)
            return made;
        *damage = refill(s);
    }
}

/* Up to `most` bytes of the file's text; 0 when it cannot be read. */
static size_t read_start(struct file *f, char *start, size_t most) {
    struct stream s;
    const char *damage = NULL;
    size_t used = 0;
    if (stream_open(&s, f) != 0)
        return 0;
    for (size_t got = 1; got && used < most && !damage; used += got)
        got = stream_read(&s, start + used, most - used, &damage);
    if (damage == unread)
        f->error = EIO;
    stream_close(&s);
    return used;
}

bool source_is_log(const char *path, size_t folder) {
    int fd = strcmp(path, "-") == 0 ? -1 : input_descriptor(path, folder);
    bool is_log = fd >= 0 && source_begins_as_log(fd);
    if (fd >= 0)
        close(fd);
    return is_log;
}

bool source_begins_as_log(int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !st.st_size)
        return false;
    char start[HEADER_BYTES];
    struct file file = {.fd = &fd, .size = (uint64_t)st.st_size};
    bool is_log = log_is_likely((struct slice){start, read_start(&file, start, sizeof start)});
    lseek(fd, 0, SEEK_SET);
    return is_log;
}

static int64_t first_stamp(struct file *f) {
    g_autofree char *start = g_malloc(START_BYTES);
    struct slice bytes = {start, read_start(f, start, START_BYTES)};
    struct log_input input = {.bytes = bytes, .header = bytes, .now = f->now};
    struct log_reader r = {.lines = 0};
    log_read(&r, &input);
    int64_t first = r.first == -1 ? INT64_MAX : r.first;
    log_reader_free(&r);
    return first;
}

static int by_first(const void *a, const void *b) {
    const struct file *x = a;
    const struct file *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : strcmp(x->path, y->path);
}

/* There may be more of them than a process may open at first. */
int *source_open_all(const GPtrArray *paths, const size_t *folders) {
    int *descriptors = g_new(int, paths->len + 1);
    struct rlimit most;
    if (paths->len > FEW_FILES && getrlimit(RLIMIT_NOFILE, &most) == 0) {
        most.rlim_cur = most.rlim_max;
        setrlimit(RLIMIT_NOFILE, &most);
    }
    for (unsigned i = 0; i < paths->len; i++) {
        int fd = input_descriptor(paths->pdata[i], folders ? folders[i] : 0);
        descriptors[i] = fd >= 0 ? fd : -(errno ? errno : EBADF);
    }
    return descriptors;
}

void source_close_all(int *descriptors, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    g_free(descriptors);
}

static bool is_regular(struct file *f, struct stat *st) {
    if (strcmp(f->path, "-") == 0 || (f->fd && *f->fd < 0))
        return false;
    f->error = (f->fd ? fstat(*f->fd, st) : stat(f->path, st)) == 0 ? 0 : errno;
    return !f->error && S_ISREG(st->st_mode);
}

struct log_source *source_new(GPtrArray *paths, const size_t *folders, const int *descriptors,
                              source_problem *problem, void *context) {
    struct log_source *s = g_new0(struct log_source, 1);
    s->count = paths->len;
    s->files = g_new0(struct file, paths->len + 1);
    s->carry = g_malloc(CHUNK_BYTES + 1);
    s->problem = problem;
    s->context = context;
    for (unsigned i = 0; i < s->count; i++) {
        struct file *f = &s->files[i];
        struct stat st;
        f->number = i;
        f->path = paths->pdata[i];
        f->fd = descriptors ? &descriptors[i] : NULL;
        bool is_file = is_regular(f, &st);
        f->folder = folders ? folders[i] : 0;
        f->now = is_file ? (int64_t)st.st_mtime : g_get_real_time() / G_USEC_PER_SEC;
        f->size = is_file ? (uint64_t)st.st_size : 0;
        f->first = is_file && s->count > 1 ? first_stamp(f) : INT64_MAX;
        s->total += f->size;
    }
    qsort(s->files, s->count, sizeof *s->files, by_first);
    return s;
}

void source_free(struct log_source *s) {
    if (s->is_open)
        stream_close(&s->stream);
    for (unsigned i = 0; i < s->count; i++)
        g_free(s->files[i].header);
    g_free(s->files);
    g_free(s->carry);
    g_free(s);
}

static bool open_next(struct log_source *s) {
    while (!s->is_open && s->current < s->count) {
        int error = stream_open(&s->stream, &s->files[s->current]);
        s->is_open = error == 0;
        if (error)
            s->problem(s->context, s->files[s->current++].path, error, NULL);
    }
    return s->is_open;
}

static void close_current(struct log_source *s) {
    s->read += s->stream.taken;
    stream_close(&s->stream);
    s->is_open = s->is_skipping = false;
    s->current++;
}

/* Drop the rest of a line that was too long. */
static size_t skip_line(struct log_source *s, char *buffer, size_t used) {
    const char *end = s->is_skipping ? memchr(buffer, '\n', used) : NULL;
    if (!s->is_skipping)
        return used;
    s->is_skipping = !end;
    size_t gone = end ? (size_t)(end - buffer) + 1 : used;
    memmove(buffer, buffer + gone, used - gone);
    return used - gone;
}

/* Keep what stands behind the last whole line or record for the next chunk. */
static size_t cut_lines(struct log_source *s, struct log_chunk *chunk, size_t used) {
    enum record_form form = record_form_of(chunk->header);
    const char *last = form == RECORD_LINE ? memrchr(chunk->buffer, '\n', used) : NULL;
    size_t whole = form != RECORD_LINE ? record_whole(form, (struct slice){chunk->buffer, used})
                   : last              ? (size_t)(last - chunk->buffer) + 1
                                       : 0;
    if (!whole) {
        s->is_skipping = chunk->is_cut = true;
        return MIN(used, LIMIT_LOG_LINE);
    }
    s->carried = used - whole;
    memcpy(s->carry, chunk->buffer + whole, s->carried);
    return whole;
}

bool source_next(struct log_source *s, struct log_chunk *chunk) {
    if (!open_next(s))
        return false;
    const char *damage = NULL;
    size_t used = s->carried;
    size_t got = 1;
    memcpy(chunk->buffer, s->carry, used);
    s->carried = 0;
    chunk->is_cut = false;
    while (used < CHUNK_BYTES && !damage && got) {
        got = stream_read(&s->stream, chunk->buffer + used, CHUNK_BYTES - used, &damage);
        used = skip_line(s, chunk->buffer, used + got);
        s->bytes += got;
    }
    struct file *file = &s->files[s->current];
    chunk->file = file->number;
    if (!file->header) {
        file->header_len = MIN(used, HEADER_BYTES);
        file->header = g_memdup2(chunk->buffer, file->header_len + 1);
    }
    chunk->header = (struct slice){file->header, file->header_len};
    chunk->now = s->files[s->current].now;
    if (damage)
        s->problem(s->context, s->files[s->current].path, 0, damage);
    if (damage || !got)
        close_current(s);
    else
        used = cut_lines(s, chunk, used);
    chunk->bytes = (struct slice){chunk->buffer, used};
    return true;
}

const char *source_name(const struct log_source *s, unsigned file) {
    unsigned i = 0;
    while (s->files[i].number != file)
        i++;
    return strcmp(s->files[i].path, "-") == 0 ? "standard input" : s->files[i].path;
}

uint64_t source_bytes(const struct log_source *s) {
    return s->bytes;
}

double source_share(const struct log_source *s) {
    uint64_t taken = s->read + (s->is_open ? s->stream.taken : 0);
    return s->total ? (double)taken / (double)s->total : 0;
}
