/* Chunks of a text: see cutter.h. */
#define _GNU_SOURCE
#include "parsers/log/cutter.h"

#include "parsers/log/frame_record.h"
#include "parsers/log/reader.h"

#include <glib.h>

#define HEADER_BYTES ((size_t)4 << 10)

/* Drop the rest of a line that was too long. */
static size_t skip_line(struct cutter *c, char *buffer, size_t used) {
    const char *end = c->is_skipping ? memchr(buffer, '\n', used) : NULL;
    if (!c->is_skipping)
        return used;
    c->is_skipping = !end;
    size_t gone = end ? (size_t)(end - buffer) + 1 : used;
    memmove(buffer, buffer + gone, used - gone);
    return used - gone;
}

/* Keep what stands behind the last whole line or record for the next chunk. */
static size_t cut_lines(struct cutter *c, struct log_chunk *chunk, size_t used) {
    enum record_form form = record_form_of(chunk->header);
    const char *last = form == RECORD_LINE ? memrchr(chunk->buffer, '\n', used) : NULL;
    size_t whole = form != RECORD_LINE ? record_whole(form, (struct slice){chunk->buffer, used})
                   : last              ? (size_t)(last - chunk->buffer) + 1
                                       : 0;
    if (!whole) {
        c->is_skipping = chunk->is_cut = true;
        return MIN(used, LIMIT_LOG_LINE);
    }
    c->carried = used - whole;
    c->carry = g_memdup2(chunk->buffer + whole, c->carried);
    return whole;
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
        used = skip_line(c, chunk->buffer, used + got);
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
