/* Chunks of log files: see source.h. */
#define _GNU_SOURCE
#include "parsers/log/source.h"

#include "parsers/base/input.h"
#include "parsers/log/archive.h"
#include "parsers/log/frame_record.h"
#include "parsers/log/reader.h"
#include "parsers/log/repeats.h"
#include "parsers/log/stream.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define IN_BYTES     ((size_t)256 << 10)
#define FEW_FILES    500
#define FEW_MEMBERS  5 /* of an archive, of which one must begin as a log */
#define HEADER_BYTES ((size_t)4 << 10)
#define START_BYTES  ((size_t)64 << 10) /* in which a first stamp is looked for */

struct file {
    unsigned number; /* its place among the paths */
    const char *path;
    const char *archive; /* that it is in; NULL: it is none's */
    struct stream_part part;
    struct slice held; /* its bytes, where they were read already */
    const int *fd;     /* it is open already, or -errno; NULL: it is opened when it is read */
    size_t folder;     /* how much of the path names the folder in which it was found; 0: it was named */
    int error;         /* it cannot be read: its place among the others is not known */
    int64_t first;     /* INT64_MAX: no stamp */
    int64_t now;
    uint64_t size;
    bool is_archive;  /* whose files stand among the others */
    bool is_repeated; /* another one says all of it */
    char *header;
    size_t header_len;
};

struct log_source {
    struct file *files;
    unsigned count, current, named; /* named: of the paths; the others are in archives */
    GPtrArray *paths;
    struct stream stream;
    int fd; /* of the stream */
    bool is_open, is_skipping;
    char *carry;
    size_t carried;
    uint64_t bytes, read, total;
    struct source_watcher watcher;
};

/* Open the file's text: a descriptor, or -errno. */
static int open_file(const struct file *f, struct stream *stream) {
    const char *path = f->archive ? f->archive : f->path;
    int fd = f->fd ? *f->fd : input_descriptor(path, f->folder);
    int error = fd < 0 ? (f->fd ? -fd : errno ? errno : EBADF) : f->error;
    if (error && fd >= 0 && !f->fd)
        close(fd);
    if (error)
        return -error;
    if (f->held.ptr) {
        stream_open(stream, -1, f->held, NULL);
        return fd;
    }
    if (f->fd && f->size) /* a file: it may have been read before */
        lseek(fd, 0, SEEK_SET);
    stream_open(stream, fd, SLICE_EMPTY, &f->part);
    return fd;
}

static void close_file(const struct file *f, struct stream *stream, int fd) {
    stream_close(stream);
    if (!f->fd)
        close(fd);
}

/* Up to `most` bytes of the file's text; 0 when it cannot be read. */
static size_t read_start(struct file *f, char *start, size_t most) {
    struct stream stream;
    const char *damage = NULL;
    int fd = open_file(f, &stream);
    if (fd < 0)
        return 0;
    size_t used = stream_fill(&stream, start, most, &damage);
    if (damage == stream_unread)
        f->error = EIO;
    close_file(f, &stream, fd);
    return used;
}

bool source_is_log(const char *path, size_t folder) {
    int fd = strcmp(path, "-") == 0 ? -1 : input_descriptor(path, folder);
    bool is_log = fd >= 0 && source_begins_as_log(fd);
    if (fd >= 0)
        close(fd);
    return is_log;
}

static bool begins_as_log(int fd, const struct stream_part *part) {
    char start[LIKELY_BYTES];
    struct stream stream;
    const char *damage = NULL;
    lseek(fd, 0, SEEK_SET);
    stream_open(&stream, fd, SLICE_EMPTY, part);
    size_t used = stream_fill(&stream, start, sizeof start, &damage);
    stream_close(&stream);
    return log_is_likely((struct slice){start, used});
}

bool source_begins_as_log(int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !st.st_size)
        return false;
    const char *trouble = NULL;
    bool is_log = begins_as_log(fd, NULL);
    g_autoptr(GArray) members = is_log ? NULL : archive_list(fd, &trouble);
    for (guint i = 0; members && i < MIN(members->len, FEW_MEMBERS) && !is_log; i++)
        is_log = begins_as_log(fd, &g_array_index(members, struct archive_member, i).part);
    lseek(fd, 0, SEEK_SET);
    return is_log;
}

bool source_bytes_are_log(struct slice bytes) {
    char start[LIKELY_BYTES];
    struct stream stream;
    const char *damage = NULL;
    stream_open(&stream, -1, bytes, NULL);
    size_t used = stream_fill(&stream, start, sizeof start, &damage);
    stream_close(&stream);
    return log_is_likely((struct slice){start, used});
}

static void read_beginning(struct file *f, struct repeat_text *text) {
    g_autofree char *start = g_malloc(START_BYTES);
    struct slice bytes = {start, read_start(f, start, START_BYTES)};
    struct log_input input = {.bytes = bytes, .header = bytes, .now = f->now};
    struct log_reader r = {.lines = 0};
    log_read(&r, &input);
    f->first = r.first == -1 ? INT64_MAX : r.first;
    repeat_begin(text, r.facts.count || r.first != -1 ? bytes : SLICE_EMPTY); /* not of heads of tables */
    log_reader_free(&r);
}

/* A file that lies open stands before the same one in an archive. */
static int by_first(const void *a, const void *b) {
    const struct file *x = a;
    const struct file *y = b;
    int order = x->first != y->first         ? (x->first < y->first ? -1 : 1)
                : !x->archive != !y->archive ? (x->archive ? 1 : -1)
                                             : strcmp(x->path, y->path);
    return order ? order : (x->number > y->number) - (x->number < y->number);
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

static void add_file(struct log_source *s, GArray *files, struct file file, const struct stat *st) {
    file.number = files->len;
    file.now = st ? (int64_t)st->st_mtime : g_get_real_time() / G_USEC_PER_SEC;
    file.size = st ? (uint64_t)st->st_size : 0;
    s->total += file.size;
    g_array_append_val(files, file);
}

/* The files in an archive stand behind all that were named, under its name and their own. */
static void add_members(struct log_source *s, GArray *files, unsigned archive) {
    struct file *f = &g_array_index(files, struct file, archive);
    int fd = f->size && !f->error ? (f->fd ? *f->fd : input_descriptor(f->path, f->folder)) : -1;
    const char *trouble = NULL;
    g_autoptr(GArray) members = fd >= 0 ? archive_list(fd, &trouble) : NULL;
    for (guint i = 0; members && i < members->len; i++) {
        const struct archive_member *m = &g_array_index(members, struct archive_member, i);
        struct file file = g_array_index(files, struct file, archive);
        g_autofree char *name = g_strdup_printf("%s/%s", file.path, m->name);
        file.archive = file.path;
        file.path = g_intern_string(name); /* stories name it for longer than this stands */
        file.part = m->part;
        file.number = files->len;
        file.now = m->part.written > 0 ? m->part.written : file.now;
        file.size = m->part.size;
        g_array_append_val(files, file);
        g_ptr_array_add(s->paths, (char *)file.path);
    }
    g_array_index(files, struct file, archive).is_archive = members != NULL;
    if (trouble)
        s->watcher.problem(s->watcher.context, g_array_index(files, struct file, archive).path, 0, trouble);
    if (fd >= 0 && !g_array_index(files, struct file, archive).fd)
        close(fd);
}

static bool open_text(void *source, unsigned number, struct stream *stream) {
    struct log_source *s = source;
    s->fd = open_file(&s->files[number], stream);
    return s->fd >= 0;
}

static void close_text(void *source, unsigned number, struct stream *stream) {
    struct log_source *s = source;
    close_file(&s->files[number], stream, s->fd);
}

/* Files that say what others say are not read; the texts stand by the files' numbers. */
static void leave_out_repeats(struct log_source *s, struct repeat_text *texts) {
    struct repeat_reader reader = {open_text, close_text, s};
    g_autofree struct repeat_text **sorted = g_new(struct repeat_text *, s->count + 1);
    for (unsigned i = 0; i < s->count; i++)
        sorted[i] = &texts[s->files[i].number];
    repeats_find(sorted, s->count, &reader);
    for (unsigned i = 0; i < s->count; i++) {
        struct file *f = &s->files[i];
        f->is_repeated = sorted[i]->of != NULL;
        if (!f->is_repeated)
            continue;
        s->total -= f->archive ? 0 : f->size;
        if (s->watcher.repeated)
            s->watcher.repeated(s->watcher.context, f->path, s->files[sorted[i]->of->number].path,
                                sorted[i]->is_start);
    }
}

static void put_in_order(struct log_source *s) {
    struct repeat_text *texts = g_new0(struct repeat_text, s->count + 1);
    for (unsigned i = 0; i < s->count; i++) {
        struct file *f = &s->files[i];
        f->first = INT64_MAX;
        if (f->size && s->count > 1 && !f->is_archive)
            read_beginning(f, &texts[i]);
    }
    qsort(s->files, s->count, sizeof *s->files, by_first);
    leave_out_repeats(s, texts);
    g_free(texts);
}

struct log_source *source_new(GPtrArray *paths, const size_t *folders, const int *descriptors,
                              const struct source_watcher *watcher) {
    struct log_source *s = g_new0(struct log_source, 1);
    GArray *files = g_array_new(FALSE, TRUE, sizeof(struct file));
    s->named = paths->len;
    s->paths = paths;
    s->carry = g_malloc(CHUNK_BYTES + 1);
    s->watcher = *watcher;
    for (unsigned i = 0; i < s->named; i++) {
        struct file f = {.path = paths->pdata[i], .folder = folders ? folders[i] : 0};
        struct stat st;
        f.fd = descriptors ? &descriptors[i] : NULL;
        bool is_file = is_regular(&f, &st);
        add_file(s, files, f, is_file ? &st : NULL);
    }
    for (unsigned i = 0; i < s->named; i++)
        add_members(s, files, i);
    s->count = files->len;
    s->files = (struct file *)(void *)g_array_free(files, FALSE);
    put_in_order(s);
    return s;
}

void source_hold(struct log_source *s, struct slice bytes) {
    s->files[0].held = bytes;
}

void source_free(struct log_source *s) {
    if (s->is_open)
        close_file(&s->files[s->current], &s->stream, s->fd);
    for (unsigned i = 0; i < s->count; i++)
        g_free(s->files[i].header);
    while (s->paths->len > s->named)
        g_ptr_array_steal_index(s->paths, s->paths->len - 1);
    g_free(s->files);
    g_free(s->carry);
    g_free(s);
}

static bool open_next(struct log_source *s) {
    while (!s->is_open && s->current < s->count) {
        struct file *f = &s->files[s->current];
        bool is_passed = f->is_archive || f->is_repeated;
        s->fd = is_passed ? -1 : open_file(f, &s->stream);
        s->is_open = s->fd >= 0;
        if (!s->is_open && !is_passed)
            s->watcher.problem(s->watcher.context, f->path, -s->fd, NULL);
        s->current += !s->is_open;
    }
    return s->is_open;
}

static void close_current(struct log_source *s) {
    s->read += stream_taken(&s->stream);
    close_file(&s->files[s->current], &s->stream, s->fd);
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
        s->watcher.problem(s->watcher.context, s->files[s->current].path, 0, damage);
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
    uint64_t taken = s->read + (s->is_open ? stream_taken(&s->stream) : 0);
    return s->total ? (double)taken / (double)s->total : 0;
}
