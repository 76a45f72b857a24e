/* Chunks of a text: see cutter.h. */
#define _GNU_SOURCE
#include "parsers/log/cutter.h"

#include "parsers/log/frame_record.h"
#include "parsers/log/line_text.h"
#include "parsers/log/reader.h"

#include <glib.h>
#include <unistd.h>

#define HEADER_BYTES ((size_t)4 << 10)

/* Drop the rest of a line or field that was too long. */
static size_t skip_rest(struct cutter *c, char *buffer, size_t used) {
    const char *end = c->is_skipping ? memchr(buffer, '\n', used) : NULL;
    size_t gone = MIN(used, c->to_skip);
    if (!c->is_skipping && !gone)
        return used;
    c->to_skip -= gone;
    if (c->is_skipping)
        gone = end ? (size_t)(end - buffer) + 1 : used;
    c->is_skipping &= !end;
    memmove(buffer, buffer + gone, used - gone);
    return used - gone;
}

/* May a row of it go on behind the end of its line, in quotes? The names of a table's columns have no colon,
 * which the times of logs have, but for what W3C's begin with. */
static bool may_be_table(struct slice header) {
    struct slice line;
    return slice_next_line(&header, &line) && (starts(line, "#") || slice_find_char(line, ':') == line.len);
}

static size_t count_quotes(struct slice s) {
    size_t count = 0;
    for (size_t at = 0; (at += slice_find_char(slice_from(s, at), '"')) < s.len; at++)
        count++;
    return count;
}

/* Behind the last line end that stands in no quotes, among the last bytes; else behind the last one. 0: there
 * is none. */
static size_t rows_whole(struct slice bytes) {
    const char *last = memrchr(bytes.ptr, '\n', bytes.len);
    size_t quotes = count_quotes(bytes);
    for (size_t at = bytes.len; at && bytes.len - at < LIMIT_LOG_LINE; at--) {
        quotes -= bytes.ptr[at - 1] == '"';
        if (bytes.ptr[at - 1] == '\n' && quotes % 2 == 0)
            return at;
    }
    return last ? (size_t)(last - bytes.ptr) + 1 : 0;
}

static size_t whole_length(enum record_form form, struct slice header, struct slice bytes) {
    if (form != RECORD_LINE)
        return record_whole(form, bytes);
    const char *last = memrchr(bytes.ptr, '\n', bytes.len);
    return may_be_table(header) ? rows_whole(bytes) : last ? (size_t)(last - bytes.ptr) + 1 : 0;
}

/* Keep what stands behind the last whole line or record for the next chunk. */
static size_t cut_lines(struct cutter *c, struct log_chunk *chunk, size_t used) {
    enum record_form form = record_form_of(chunk->header);
    struct slice bytes = {chunk->buffer, used};
    size_t whole = whole_length(form, chunk->header, bytes);
    size_t kept = whole;
    if (!whole) {
        struct record_cut cut = record_cut_of(form, bytes);
        c->to_skip = cut.missing;
        c->is_skipping = cut.is_open || !cut.used;
        chunk->is_cut = true;
        kept = MIN(used, LIMIT_LOG_LINE);
        whole = cut.used ? cut.used : used;
    }
    c->carried = used - whole;
    c->carry = g_memdup2(chunk->buffer + whole, c->carried);
    return kept;
}

static size_t take_carry(struct cutter *c, char *buffer) {
    size_t used = c->carried;
    if (used)
        memcpy(buffer, c->carry, used);
    g_free(c->carry);
    c->carry = NULL;
    c->carried = 0;
    return used;
}

/* --- from the end on --- */

static size_t count_ends(const char *at, const char *end) {
    size_t count = 0;
    for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        count++;
    return count;
}

/* The bytes at this place, whole; false: they could not be read. */
static bool read_at(int fd, char *out, size_t len, uint64_t at) {
    for (ssize_t got; len; out += got, len -= (size_t)got, at += (uint64_t)got)
        if ((got = pread(fd, out, len, (off_t)at)) <= 0)
            return false;
    return true;
}

int64_t cutter_oldest(int fd, uint64_t size, const struct log_input *start, int64_t newest) {
    size_t len = start->bytes.len;
    g_autofree char *text = g_malloc(len + 1);
    bool is_plain = record_form_of(start->bytes) == RECORD_LINE && read_at(fd, text, len, 0) &&
                    memcmp(text, start->bytes.ptr, len) == 0; /* not compressed */
    struct slice end = {text, is_plain && read_at(fd, text, len, size - len) ? len : 0};
    struct log_input input = {
        .bytes = slice_from(end, slice_find_char(end, '\n') + 1), .header = start->bytes, .now = start->now};
    struct log_reader r = {.lines = 0};
    log_read(&r, &input);
    int64_t oldest = r.is_newest_first && r.last <= newest ? r.first : -1;
    log_reader_free(&r);
    return oldest;
}

void cutter_turn(struct cutter *c, int fd, uint64_t size) {
    g_autofree char *buffer = g_malloc(CHUNK_BYTES);
    size_t len = 0;
    c->fd = fd;
    c->ahead = size;
    for (uint64_t at = 0; at < size && read_at(fd, buffer, len = MIN(size - at, CHUNK_BYTES), at); at += len)
        c->lines += count_ends(buffer, buffer + len);
    c->header_len = read_at(fd, buffer, MIN(size, HEADER_BYTES), 0) ? MIN(size, HEADER_BYTES) : 0;
    c->header = g_memdup2(buffer, c->header_len + 1);
}

/* The last lines of those that were not read yet. Of a line that is longer than the chunk its end is left
 * out. */
static size_t next_before(struct cutter *c, struct log_chunk *chunk, bool *is_all, const char **damage) {
    size_t len = MIN(c->ahead, CHUNK_BYTES);
    uint64_t at = c->ahead - len;
    if (!read_at(c->fd, chunk->buffer, len, at)) {
        *damage = stream_unread;
        len = 0;
    }
    struct slice bytes = {chunk->buffer, len};
    size_t head = at && len ? slice_find_char(bytes, '\n') + 1 : 0; /* of the line that begins before it */
    chunk->is_cut = head >= len && at && len;
    bytes = chunk->is_cut ? SLICE_EMPTY : slice_from(bytes, head);
    c->ahead = chunk->is_cut || !len ? at : at + head;
    c->lines -= bytes.len ? MIN(c->lines, count_ends(bytes.ptr, bytes.ptr + bytes.len)) : 0;
    c->stream.layers[0].taken += len;
    chunk->bytes = bytes;
    chunk->header = (struct slice){c->header, c->header_len};
    chunk->is_newest_first = true;
    chunk->first_line = c->lines;
    *is_all = *damage || !c->ahead;
    return chunk->is_cut ? len : bytes.len;
}

size_t cutter_next(struct cutter *c, struct log_chunk *chunk, bool *is_all, const char **damage) {
    *damage = NULL;
    if (c->ahead)
        return next_before(c, chunk, is_all, damage);
    chunk->is_newest_first = false;
    size_t used = take_carry(c, chunk->buffer);
    size_t got = 1;
    size_t read = 0;
    chunk->is_cut = false;
    while (used < CHUNK_BYTES && !*damage && got) {
        got = stream_read(&c->stream, chunk->buffer + used, CHUNK_BYTES - used, damage);
        used = skip_rest(c, chunk->buffer, used + got);
        read += got;
    }
    if (!c->header) {
        c->header_len = MIN(used, HEADER_BYTES);
        c->header = g_memdup2(chunk->buffer, c->header_len + 1);
    }
    chunk->header = (struct slice){c->header, c->header_len};
    *is_all = *damage || !got;
    if (!*is_all)
        used = cut_lines(c, chunk, used);
    chunk->bytes = (struct slice){chunk->buffer, used};
    return read;
}

void cutter_end(struct cutter *c) {
    stream_close(&c->stream);
    g_free(c->carry);
    c->carry = NULL;
}
