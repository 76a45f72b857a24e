/* Chunks of log files: see source.h. */
#define _GNU_SOURCE
#include "parsers/log/source.h"

#include "parsers/base/hash.h"
#include "parsers/base/input.h"
#include "parsers/log/archive.h"
#include "parsers/log/backward.h"
#include "parsers/log/cutter.h"
#include "parsers/log/reader.h"
#include "parsers/log/repeats.h"
#include "parsers/log/stream.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAIL_BYTES  ((size_t)4 << 10)  /* of a chunk, in which its last stamp is looked for */
#define MOST_OPEN   16                 /* files that are read side by side */
#define START_BYTES ((size_t)64 << 10) /* in which a first stamp is looked for */

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
    uint64_t host;    /* a hash of its host's name; 0: none */
    bool has_hosts;
    bool is_newest_first; /* it is read from its end on */
    struct backward backward;
    int64_t at;            /* the time of the line that was read last */
    int opened;            /* the descriptor of the cutter's stream */
    struct cutter *cutter; /* NULL: it is not open */
    char *header;
};

struct log_source {
    struct file *files;
    unsigned count, next, named; /* next: to be opened; named: of the paths, the others are in archives */
    GPtrArray *paths;
    struct file *open[MOST_OPEN];
    unsigned open_count;
    bool has_hosts;           /* the files are of several hosts */
    struct log_reader reader; /* of the ends of chunks */
    int fd;                   /* of a text that is compared */
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

static void note_host(struct file *f, struct slice host) {
    uint64_t hash = host.len ? hash_bytes(host.ptr, host.len, 0) | 1 : 0;
    f->has_hosts |= hash && f->host && hash != f->host;
    f->host = f->host ? f->host : hash;
}

/* Is it a plain file of several chunks whose newest line stands first? */
static void note_order(struct file *f, struct slice start, int64_t first) {
    struct stream stream;
    if (f->archive || f->part.kind != PART_ALL || f->size <= CHUNK_BYTES || f->held.ptr)
        return;
    int fd = open_file(f, &stream);
    if (fd < 0)
        return;
    int64_t oldest = cutter_oldest(fd, f->size, &(struct log_input){.bytes = start, .now = f->now}, first);
    f->is_newest_first = oldest != -1;
    f->first = oldest != -1 ? oldest : f->first;
    close_file(f, &stream, fd);
}

static void read_beginning(struct file *f, struct repeat_text *text) {
    g_autofree char *start = g_malloc(START_BYTES);
    struct slice bytes = {start, read_start(f, start, START_BYTES)};
    struct log_input input = {.bytes = bytes, .header = bytes, .now = f->now};
    struct log_reader r = {.lines = 0};
    log_read(&r, &input);
    f->first = r.first == -1 ? INT64_MAX : r.first;
    repeat_begin(text, r.facts.count || r.first != -1 ? bytes : SLICE_EMPTY); /* not of heads of tables */
    for (size_t i = 0; i < r.facts.count; i++)
        note_host(f, r.facts.events[i].host);
    f->backward.is_known = !r.is_newest_first;
    if (r.is_newest_first)
        note_order(f, bytes, r.first);
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
        if (f->size && !f->is_archive)
            read_beginning(f, &texts[i]);
    }
    if (s->count) /* of mails alone there is no log */
        qsort(s->files, s->count, sizeof *s->files, by_first);
    uint64_t host = 0;
    for (unsigned i = 0; i < s->count; i++) {
        const struct file *f = &s->files[i];
        s->has_hosts |= f->has_hosts || (f->host && host && f->host != host);
        host = f->host ? f->host : host;
    }
    leave_out_repeats(s, texts);
    g_free(texts);
}

struct log_source *source_new(GPtrArray *paths, const size_t *folders, const int *descriptors,
                              const struct source_watcher *watcher) {
    struct log_source *s = g_new0(struct log_source, 1);
    GArray *files = g_array_new(FALSE, TRUE, sizeof(struct file));
    s->named = paths->len;
    s->paths = paths;
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

void source_set_written(struct log_source *s, int64_t time) {
    for (unsigned i = 0; i < s->count; i++)
        s->files[i].now = time;
}

/* The first byte of the line that begins at this one or next behind it. */
static uint64_t line_at(int fd, uint64_t at) {
    char bytes[TAIL_BYTES];
    ssize_t got = 1;
    for (uint64_t from = at ? at - 1 : 0; at && (got = pread(fd, bytes, sizeof bytes, (off_t)from)) > 0;
         from += (uint64_t)got) {
        size_t len = slice_find_char((struct slice){bytes, (size_t)got}, '\n');
        if (len < (size_t)got)
            return from + len + 1;
    }
    return got > 0 ? at : UINT64_MAX; /* there is none */
}

void source_cut(struct log_source *s, uint64_t from, uint64_t to) {
    struct file *f = &s->files[0];
    int fd = f->fd ? *f->fd : -1;
    if (f->size && fd >= 0) {
        from = line_at(fd, from);
        to = to < f->size ? line_at(fd, to) : f->size;
    }
    f->part = (struct stream_part){.kind = PART_STORED, .offset = from, .size = to > from ? to - from : 0};
}

void source_hold(struct log_source *s, struct slice bytes) {
    s->files[0].held = bytes;
}

/* The header stands as long as the source does. */
static void close_open(struct log_source *s, struct file *f) {
    unsigned i = 0;
    while (s->open[i] != f)
        i++;
    memmove(&s->open[i], &s->open[i + 1], (--s->open_count - i) * sizeof *s->open);
    s->read += stream_taken(&f->cutter->stream);
    f->header = f->cutter->header;
    cutter_end(f->cutter);
    g_free(f->cutter);
    f->cutter = NULL;
    if (!f->fd)
        close(f->opened);
}

void source_free(struct log_source *s) {
    while (s->open_count)
        close_open(s, s->open[0]);
    log_reader_free(&s->reader);
    for (unsigned i = 0; i < s->count; i++)
        g_free(s->files[i].header);
    while (s->paths->len > s->named)
        g_ptr_array_steal_index(s->paths, s->paths->len - 1);
    g_free(s->files);
    g_free(s);
}

/* The next file is opened, where it can be read. */
static void open_next(struct log_source *s) {
    struct file *f = &s->files[s->next++];
    if (f->is_archive || f->is_repeated)
        return;
    f->cutter = g_new0(struct cutter, 1);
    f->opened = open_file(f, &f->cutter->stream);
    f->at = f->first;
    if (f->opened >= 0 && f->is_newest_first && f->part.kind == PART_ALL && !f->held.ptr)
        cutter_turn(f->cutter, f->opened, f->size);
    if (f->opened >= 0) {
        s->open[s->open_count++] = f;
        return;
    }
    s->watcher.problem(s->watcher.context, f->path, -f->opened, NULL);
    g_free(f->cutter);
    f->cutter = NULL;
}

/* The file whose next lines are the oldest. Those of one host are read one behind the other; of several hosts
 * side by side, so that what one tells of a mail is met near to what the next one does. */
static struct file *next_file(struct log_source *s) {
    unsigned most = s->has_hosts ? MOST_OPEN : 1;
    for (;;) {
        struct file *oldest = NULL;
        for (unsigned i = 0; i < s->open_count; i++)
            if (!oldest || s->open[i]->at < oldest->at)
                oldest = s->open[i];
        const struct file *next = s->next < s->count ? &s->files[s->next] : NULL;
        bool is_now = next && (!oldest || (next->first != INT64_MAX && next->first <= oldest->at));
        if (!is_now || s->open_count == most)
            return oldest;
        open_next(s);
    }
}

/* The time of the last line: where a file stands among the others. */
static void note_place(struct log_source *s, struct file *f, const struct log_chunk *chunk) {
    struct slice tail = chunk->bytes;
    if (!s->has_hosts)
        return;
    if (tail.len > TAIL_BYTES)
        tail = slice_from(tail, tail.len - TAIL_BYTES);
    struct log_input input = {
        .bytes = slice_from(tail, slice_find_char(tail, '\n') + 1), .header = chunk->header, .now = f->now};
    log_read(&s->reader, &input);
    f->at = MAX(f->at, s->reader.last);
}

bool source_next(struct log_source *s, struct log_chunk *chunk) {
    struct file *f = next_file(s);
    const char *damage;
    bool is_all;
    if (!f)
        return false;
    s->bytes += cutter_next(f->cutter, chunk, &is_all, &damage);
    chunk->file = f->number;
    chunk->now = f->now;
    if (damage)
        s->watcher.problem(s->watcher.context, f->path, 0, damage);
    bool is_whole = is_all && !f->backward.has_begun; /* of one chunk */
    if (!chunk->is_newest_first && !is_whole && backward_is_shown(&f->backward, &s->reader, chunk))
        s->watcher.problem(s->watcher.context, f->path, 0, backward_words);
    note_place(s, f, chunk);
    if (is_all)
        close_open(s, f);
    return true;
}

const char *source_name(const struct log_source *s, unsigned file) {
    unsigned i = 0;
    while (s->files[i].number != file)
        i++;
    return strcmp(s->files[i].path, "-") == 0 ? "standard input" : s->files[i].path;
}

bool source_has_hosts(const struct log_source *s) {
    return s->has_hosts;
}

uint64_t source_bytes(const struct log_source *s) {
    return s->bytes;
}

double source_share(const struct log_source *s) {
    uint64_t taken = s->read;
    for (unsigned i = 0; i < s->open_count; i++)
        taken += stream_taken(&s->open[i]->cutter->stream);
    return s->total ? (double)taken / (double)s->total : 0;
}
