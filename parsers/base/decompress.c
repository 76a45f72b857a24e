/* Decompression: see decompress.h. A codec is a row: magic, and three functions that move bytes
 * from an input window to an output window. */
#define _GNU_SOURCE
#include "parsers/base/decompress.h"

#include "parsers/base/input.h"

#include <bzlib.h>
#include <glib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

enum step { STEP_MORE, STEP_MEMBER_END, STEP_BAD };

struct window {
    const unsigned char *in;
    size_t in_left;
    unsigned char *out;
    size_t out_left;
};

struct codec {
    const char *magic;
    size_t magic_len;
    void *(*open)(void);
    enum step (*step)(void *state, struct window *w);
    void (*close)(void *state);
};

static void *gzip_open(void) {
    z_stream *z = g_new0(z_stream, 1);
    inflateInit2(z, 15 + 16);
    return z;
}

static enum step gzip_step(void *state, struct window *w) {
    z_stream *z = state;
    uInt in = (uInt)MIN(w->in_left, (size_t)1 << 30);
    uInt out = (uInt)MIN(w->out_left, (size_t)1 << 30);
    z->next_in = (Bytef *)w->in;
    z->avail_in = in;
    z->next_out = w->out;
    z->avail_out = out;
    int rc = inflate(z, Z_NO_FLUSH);
    w->in += in - z->avail_in;
    w->in_left -= in - z->avail_in;
    w->out += out - z->avail_out;
    w->out_left -= out - z->avail_out;
    if (rc == Z_STREAM_END)
        return STEP_MEMBER_END;
    return rc == Z_OK || (rc == Z_BUF_ERROR && z->avail_out == 0) ? STEP_MORE : STEP_BAD;
}

static void gzip_close(void *state) {
    inflateEnd(state);
    g_free(state);
}

static void *bzip2_open(void) {
    bz_stream *z = g_new0(bz_stream, 1);
    BZ2_bzDecompressInit(z, 0, 0);
    return z;
}

static enum step bzip2_step(void *state, struct window *w) {
    bz_stream *z = state;
    unsigned in = (unsigned)MIN(w->in_left, (size_t)1 << 30);
    unsigned out = (unsigned)MIN(w->out_left, (size_t)1 << 30);
    z->next_in = (char *)w->in;
    z->avail_in = in;
    z->next_out = (char *)w->out;
    z->avail_out = out;
    int rc = BZ2_bzDecompress(z);
    bool stuck = z->avail_in == in && z->avail_out == out;
    w->in += in - z->avail_in;
    w->in_left -= in - z->avail_in;
    w->out += out - z->avail_out;
    w->out_left -= out - z->avail_out;
    if (rc == BZ_STREAM_END)
        return STEP_MEMBER_END;
    return rc == BZ_OK && !stuck ? STEP_MORE : STEP_BAD;
}

static void bzip2_close(void *state) {
    BZ2_bzDecompressEnd(state);
    g_free(state);
}

static void *xz_open(void) {
    lzma_stream *z = g_new0(lzma_stream, 1);
    if (lzma_stream_decoder(z, (uint64_t)256 << 20, 0) != LZMA_OK)
        z->allocator = NULL;
    return z;
}

static enum step xz_step(void *state, struct window *w) {
    lzma_stream *z = state;
    z->next_in = w->in;
    z->avail_in = w->in_left;
    z->next_out = w->out;
    z->avail_out = w->out_left;
    lzma_ret rc = lzma_code(z, LZMA_RUN);
    w->in = z->next_in;
    w->in_left = z->avail_in;
    w->out = z->next_out;
    w->out_left = z->avail_out;
    if (rc == LZMA_STREAM_END)
        return STEP_MEMBER_END;
    return rc == LZMA_OK ? STEP_MORE : STEP_BAD;
}

static void xz_close(void *state) {
    lzma_end(state);
    g_free(state);
}

static void *zstd_open(void) {
    ZSTD_DCtx *z = ZSTD_createDCtx();
    ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, 27);
    return z;
}

static enum step zstd_step(void *state, struct window *w) {
    ZSTD_inBuffer in = {w->in, w->in_left, 0};
    ZSTD_outBuffer out = {w->out, w->out_left, 0};
    size_t rc = ZSTD_decompressStream(state, &out, &in);
    w->in += in.pos;
    w->in_left -= in.pos;
    w->out += out.pos;
    w->out_left -= out.pos;
    if (ZSTD_isError(rc) || (rc && in.pos == 0 && out.pos == 0))
        return STEP_BAD;
    return rc == 0 ? STEP_MEMBER_END : STEP_MORE;
}

static void zstd_close(void *state) {
    ZSTD_freeDCtx(state);
}

static const struct codec codecs[] = {
    {"\x1f\x8b\x08", 3, gzip_open, gzip_step, gzip_close},
    {"BZh", 3, bzip2_open, bzip2_step, bzip2_close},
    {"\xfd"
     "7zXZ\0",
     6, xz_open, xz_step, xz_close},
    {"\x28\xb5\x2f\xfd", 4, zstd_open, zstd_step, zstd_close},
};

static const struct codec *find_codec(const void *bytes, size_t len) {
    for (size_t i = 0; i < G_N_ELEMENTS(codecs); i++)
        if (len > codecs[i].magic_len && memcmp(bytes, codecs[i].magic, codecs[i].magic_len) == 0)
            return &codecs[i];
    return NULL;
}

bool is_compressed(struct slice bytes) {
    return find_codec(bytes.ptr, bytes.len) != NULL;
}

struct expansion {
    unsigned char *buffer;
    size_t used, size;
};

static void make_room(struct expansion *e, struct window *w) {
    if (e->used + 65536 > e->size) {
        e->size = e->size + e->size / 2 + ((size_t)1 << 18);
        e->buffer = g_realloc(e->buffer, e->size);
    }
    w->out = e->buffer + e->used;
    w->out_left = e->size - e->used;
}

static bool is_bomb(size_t consumed, size_t made) {
    return made > LIMIT_BOMB_BYTES && made / LIMIT_BOMB_RATIO > consumed;
}

static const char *expand_member(const struct codec *codec, struct window *w, struct expansion *e,
                                 size_t total) {
    void *state = codec->open();
    const char *damage = NULL;
    enum step step = STEP_MORE;
    while (step == STEP_MORE && !damage) {
        make_room(e, w);
        step = codec->step(state, w);
        e->used = (size_t)(w->out - e->buffer);
        if (is_bomb(total - w->in_left, e->used))
            damage = "the compressed data expands more than 250 times: the rest was not read";
        else if (e->used >= LIMIT_INPUT_BYTES)
            damage = "the input is larger than 2000 MiB: the rest was not read";
    }
    codec->close(state);
    if (step == STEP_BAD)
        damage = w->in_left ? "the compressed data is damaged: what came before was read"
                            : "the compressed data is cut off: what came before was read";
    return damage;
}

const char *decompress(struct slice bytes, struct slice *plain) {
    struct window w = {.in = (const unsigned char *)bytes.ptr, .in_left = bytes.len};
    struct expansion e = {0};
    const char *damage = NULL;
    const struct codec *codec = find_codec(w.in, w.in_left);
    while (codec && !damage) {
        damage = expand_member(codec, &w, &e, bytes.len);
        codec = find_codec(w.in, w.in_left);
    }
    *plain = (struct slice){(char *)e.buffer, e.used};
    return damage;
}

struct expander {
    const struct codec *codec;
    void *state; /* NULL: between two members */
    size_t consumed, made;
    bool is_over;
};

struct expander *expander_new(struct slice start) {
    const struct codec *codec = find_codec(start.ptr, start.len);
    struct expander *e = codec ? g_new0(struct expander, 1) : NULL;
    if (e)
        e->codec = codec;
    return e;
}

void expander_free(struct expander *e) {
    if (e && e->state)
        e->codec->close(e->state);
    g_free(e);
}

/* Begin the next member, if there is one. */
static bool begin_member(struct expander *e, const struct window *w) {
    if (e->state)
        return true;
    const struct codec *codec = find_codec(w->in, w->in_left);
    e->is_over = e->is_over || codec != e->codec;
    if (!e->is_over)
        e->state = codec->open();
    return !e->is_over;
}

static const char *judge_step(struct expander *e, enum step step, bool is_all, bool is_stuck,
                              const struct window *w) {
    if (step == STEP_MEMBER_END) {
        e->codec->close(e->state);
        e->state = NULL;
        return NULL;
    }
    if (is_bomb(e->consumed, e->made))
        return "the compressed data expands more than 250 times: the rest was not read";
    if (is_stuck && is_all)
        return "the compressed data is cut off: what came before was read";
    if (step == STEP_BAD && !(is_stuck && w->in_left == 0))
        return "the compressed data is damaged: what came before was read";
    return NULL;
}

size_t expander_step(struct expander *e, struct slice *in, bool is_all, void *out, size_t room,
                     const char **damage) {
    struct window w = {(const unsigned char *)in->ptr, in->len, out, room};
    bool is_short = !e->state && !is_all && in->len < 8; /* the magic of a next member may be cut */
    while (!is_short && w.out_left == room && !*damage && (w.in_left || is_all) && begin_member(e, &w)) {
        size_t before = w.in_left;
        enum step step = e->codec->step(e->state, &w);
        e->consumed += before - w.in_left;
        e->made += room - w.out_left;
        bool is_stuck = before == w.in_left && w.out_left == room;
        *damage = judge_step(e, step, is_all, is_stuck, &w);
        if (*damage)
            e->is_over = true;
        if (is_stuck && step != STEP_MEMBER_END)
            break;
    }
    if (e->is_over)
        w.in_left = 0;
    *in = slice_from(*in, in->len - w.in_left);
    return room - w.out_left;
}
