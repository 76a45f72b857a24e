/* Archives: see archive.h. */
#define _GNU_SOURCE
#include "parsers/log/archive.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 512 /* bytes of a header of tar, and what all is rounded up to */

static const char damaged[] = "the archive is damaged: what of it could be read was";
static const char too_many[] = "the archive has more files than are read: unpack it";

static void free_member(void *member) {
    g_free(((struct archive_member *)member)->name);
}

static GArray *list_new(void) {
    GArray *list = g_array_new(FALSE, TRUE, sizeof(struct archive_member));
    g_array_set_clear_func(list, free_member);
    return list;
}

/* What macOS adds to its archives is no log. */
static bool is_wanted(struct slice name) {
    return name.len && name.ptr[name.len - 1] != '/' && slice_find(name, SLICE("__MACOSX/")) == name.len &&
           !slice_ends_nocase(name, SLICE(".DS_Store")) && slice_find(name, SLICE("/._")) == name.len;
}

static void add(GArray *list, struct slice name, struct stream_part part) {
    while (name.len && name.ptr[0] == '/')
        name = slice_from(name, 1);
    name = slice_upto(name, LIMIT_MEMBER_NAME);
    struct archive_member member = {g_strndup(name.ptr, name.len), part};
    g_array_append_val(list, member);
}

/* --- tar --- */

/* A field of a header: octal digits, or a number in bytes behind 0x80 (GNU); -1: neither. */
static int64_t number_of(const char *field, size_t len) {
    int64_t value = 0;
    size_t i = 0;
    if ((unsigned char)field[0] == 0x80) {
        for (i = 1; i < len; i++) {
            if (value > INT64_MAX >> 8)
                return -1;
            value = value << 8 | (unsigned char)field[i];
        }
        return value;
    }
    while (i < len && field[i] == ' ')
        i++;
    for (; i < len && field[i] >= '0' && field[i] <= '7'; i++)
        value = value << 3 | (field[i] - '0');
    return i < len && field[i] && field[i] != ' ' ? -1 : value;
}

static bool is_header(const char *block) {
    int64_t sum = 8 * ' ';
    for (size_t i = 0; i < BLOCK; i++)
        sum += i >= 148 && i < 156 ? 0 : (unsigned char)block[i];
    return block[0] && number_of(block + 148, 8) == sum;
}

static struct slice field(const char *start, size_t most) {
    return (struct slice){start, strnlen(start, most)};
}

struct tar {
    struct stream stream;
    uint64_t at;
    char name[LIMIT_MEMBER_NAME]; /* of the next file, where a header of its own says it */
    size_t name_length;
    int64_t size; /* the same; -1: none */
    const char *damage;
};

static bool pass(struct tar *t, uint64_t bytes) {
    char scratch[16 << 10];
    while (bytes && !t->damage) {
        size_t got = stream_read(&t->stream, scratch, MIN(bytes, sizeof scratch), &t->damage);
        t->at += got;
        bytes -= got;
        if (!got)
            return false;
    }
    return !t->damage;
}

/* "30 path=a/b\n20 size=4096\n" (pax) */
static void read_records(struct tar *t, struct slice s) {
    struct slice line;
    while (slice_next_line(&s, &line)) {
        struct slice word = slice_from(line, slice_find_char(line, ' ') + 1);
        size_t equals = slice_find_char(word, '=');
        struct slice value = slice_from(word, equals + 1);
        if (slice_equal(slice_upto(word, equals), SLICE("path"))) {
            t->name_length = MIN(value.len, sizeof t->name);
            memcpy(t->name, value.ptr, t->name_length);
        } else if (slice_equal(slice_upto(word, equals), SLICE("size"))) {
            t->size = slice_number(value, NULL);
        }
    }
}

/* What a header of its own says of the next file. */
static bool read_notes(struct tar *t, char kind, uint64_t size) {
    char notes[8 << 10];
    size_t wanted = (size_t)MIN(size, sizeof notes);
    size_t got = stream_fill(&t->stream, notes, wanted, &t->damage);
    t->at += got;
    if (kind == 'x')
        read_records(t, (struct slice){notes, got});
    if (kind == 'L') {
        t->name_length = strnlen(notes, MIN(got, sizeof t->name));
        memcpy(t->name, notes, t->name_length);
    }
    return got == wanted && pass(t, (size + BLOCK - 1) / BLOCK * BLOCK - got);
}

static bool read_member(struct tar *t, const char *block, GArray *list) {
    char path[260];
    bool is_ustar = memcmp(block + 257, "ustar", 5) == 0;
    struct slice prefix = is_ustar && block[262] == '\0' ? field(block + 345, 155) : SLICE_EMPTY;
    struct slice name = field(block, 100);
    int64_t size = t->size >= 0 ? t->size : number_of(block + 124, 12);
    int length = g_snprintf(path, sizeof path, "%.*s%s%.*s", S(prefix), prefix.len ? "/" : "", S(name));
    char kind = block[156];
    if (size < 0 || length < 0)
        return false;
    if (kind == 'x' || kind == 'L')
        return read_notes(t, kind, (uint64_t)size);
    struct slice whole = t->name_length ? (struct slice){t->name, t->name_length} : slice_of(path);
    bool is_file = kind == '0' || kind == '\0' || kind == '7';
    if (is_file && size && is_wanted(whole))
        add(list, whole,
            (struct stream_part){PART_OF_TAR, t->at, (uint64_t)size, number_of(block + 136, 12)});
    t->name_length = 0;
    t->size = -1;
    bool has_bytes = is_file || kind == 'g';
    return !has_bytes || pass(t, ((uint64_t)size + BLOCK - 1) / BLOCK * BLOCK);
}

static GArray *list_tar(int fd, bool is_packed, const char **trouble) {
    struct tar t = {.size = -1};
    char block[BLOCK];
    GArray *list = NULL;
    unsigned most = is_packed ? LIMIT_PACKED : LIMIT_MEMBERS;
    lseek(fd, 0, SEEK_SET);
    stream_open(&t.stream, fd, SLICE_EMPTY, NULL);
    for (;;) {
        size_t got = stream_fill(&t.stream, block, BLOCK, &t.damage);
        t.at += got;
        if (got < BLOCK || !is_header(block))
            break;
        list = list ? list : list_new();
        if (!read_member(&t, block, list))
            t.damage = t.damage ? t.damage : damaged;
        if (list->len > most || (is_packed && t.at > LIMIT_ARCHIVE_BYTES))
            t.damage = too_many;
        if (t.damage)
            break;
    }
    if (list && list->len > most)
        g_array_set_size(list, most);
    if (list && t.damage)
        *trouble = t.damage;
    explicit_bzero(block, sizeof block); /* of what may be no archive at all */
    stream_close(&t.stream);
    return list;
}

/* --- zip --- */

static uint32_t number_at(const unsigned char *p, size_t bytes) {
    uint32_t value = 0;
    for (size_t i = bytes; i > 0; i--)
        value = value << 8 | p[i - 1];
    return value;
}

static bool read_at(int fd, uint64_t at, unsigned char *out, size_t bytes) {
    return pread(fd, out, bytes, (off_t)at) == (ssize_t)bytes;
}

/* Date and time as MS-DOS had them (APPNOTE 4.4.6), taken for UTC. */
static int64_t written_at(uint32_t time, uint32_t date) {
    g_autoptr(GDateTime) t =
        g_date_time_new_utc(1980 + (int)(date >> 9), (int)(date >> 5 & 15), (int)(date & 31),
                            (int)(time >> 11), (int)(time >> 5 & 63), (double)(time & 31) * 2);
    return t ? g_date_time_to_unix(t) : -1;
}

/* The record at the archive's end, behind which a comment may stand (4.3.16): where the directory stands, and
 * how long it is; false: there is none. */
static bool find_directory(int fd, uint64_t size, uint64_t *at, uint32_t *length) {
    size_t most = (size_t)MIN(size, 22 + 65535);
    if (most < 22)
        return false;
    g_autofree unsigned char *tail = g_malloc(most);
    if (!read_at(fd, size - most, tail, most))
        return false;
    for (size_t i = most - 22 + 1; i-- > 0;)
        if (memcmp(tail + i, "PK\5\6", 4) == 0) {
            *length = number_at(tail + i + 12, 4);
            *at = number_at(tail + i + 16, 4);
            return *at + *length <= size;
        }
    return false;
}

/* Where the bytes of a member stand: behind a header of its own (4.3.7). */
static bool find_bytes(int fd, uint64_t header, uint64_t *at) {
    unsigned char local[30];
    if (!read_at(fd, header, local, sizeof local) || memcmp(local, "PK\3\4", 4) != 0)
        return false;
    *at = header + sizeof local + number_at(local + 26, 2) + number_at(local + 28, 2);
    return true;
}

/* An entry of the directory (4.3.12). */
static void list_entry(int fd, const unsigned char *e, struct slice name, GArray *list,
                       const char **trouble) {
    uint32_t flags = number_at(e + 8, 2);
    uint32_t method = number_at(e + 10, 2);
    struct stream_part part = {method ? PART_DEFLATED : PART_STORED, 0, number_at(e + 20, 4),
                               written_at(number_at(e + 12, 2), number_at(e + 14, 2))};
    if (!is_wanted(name) || !part.size)
        return;
    if (flags & 1)
        *trouble = "a file of the archive is encrypted: it is not read";
    else if ((method && method != 8) || part.size == UINT32_MAX)
        *trouble = "a file of the archive is packed in a way that is not read: unpack it";
    else if (!find_bytes(fd, number_at(e + 42, 4), &part.offset))
        *trouble = damaged;
    else
        add(list, name, part);
}

static int by_offset(const void *a, const void *b) {
    const struct archive_member *x = a;
    const struct archive_member *y = b;
    return (x->part.offset > y->part.offset) - (x->part.offset < y->part.offset);
}

/* No byte belongs to two files: else a small archive may hold the same bytes a thousand times. */
static void drop_overlaps(GArray *list, const char **trouble) {
    uint64_t end = 0;
    g_array_sort(list, by_offset);
    for (guint i = 0; i < list->len;) {
        const struct stream_part *part = &g_array_index(list, struct archive_member, i).part;
        if (part->offset >= end) {
            end = part->offset + part->size;
            i++;
            continue;
        }
        *trouble = damaged;
        g_array_remove_index(list, i);
    }
}

static GArray *list_zip(int fd, const char **trouble) {
    struct stat st;
    uint64_t at = 0;
    uint32_t length = 0;
    GArray *list = list_new();
    if (fstat(fd, &st) != 0 || !find_directory(fd, (uint64_t)st.st_size, &at, &length)) {
        *trouble = damaged;
        return list;
    }
    length = MIN(length, (uint32_t)LIMIT_MEMBERS * (46 + LIMIT_MEMBER_NAME));
    g_autofree unsigned char *directory = g_malloc(length + 1);
    if (!read_at(fd, at, directory, length))
        length = 0;
    for (size_t i = 0; i + 46 <= length && memcmp(directory + i, "PK\1\2", 4) == 0;) {
        const unsigned char *e = directory + i;
        size_t name = number_at(e + 28, 2);
        size_t next = 46 + name + number_at(e + 30, 2) + number_at(e + 32, 2);
        if (i + 46 + name > length)
            break;
        if (list->len == LIMIT_MEMBERS) {
            *trouble = too_many;
            break;
        }
        list_entry(fd, e, (struct slice){(const char *)e + 46, name}, list, trouble);
        i += next;
    }
    drop_overlaps(list, trouble);
    return list;
}

GArray *archive_list(int fd, const char **trouble) {
    char start[16];
    ssize_t got = pread(fd, start, sizeof start, 0);
    if (got < (ssize_t)sizeof start)
        return NULL;
    if (memcmp(start, "PK\3\4", 4) == 0)
        return list_zip(fd, trouble);
    return list_tar(fd, is_compressed((struct slice){start, sizeof start}), trouble);
}
