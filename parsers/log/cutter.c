/* Chunks of a text: see cutter.h. */
#define _GNU_SOURCE
#include "parsers/log/cutter.h"

#include "parsers/log/frame_record.h"
#include "parsers/log/line_text.h"
#include "parsers/log/reader.h"

#include <glib.h>

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

size_t cutter_next(struct cutter *c, struct log_chunk *chunk, bool *is_all, const char **damage) {
    size_t used = take_carry(c, chunk->buffer);
    size_t got = 1;
    size_t read = 0;
    *damage = NULL;
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
