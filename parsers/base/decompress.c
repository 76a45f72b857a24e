/* Decompression: see decompress.h. */
#include "parsers/base/decompress.h"

#include "parsers/base/codec_bzip2.h"
#include "parsers/base/codec_gzip.h"
#include "parsers/base/codec_xz.h"
#include "parsers/base/codec_zstd.h"

#include <glib.h>

static const struct codec *gzip(void) {
    return FROM_MODULE(MODULE_GZIP, codec_gzip);
}

static const struct codec *bzip2(void) {
    return FROM_MODULE(MODULE_BZIP2, codec_bzip2);
}

static const struct codec *xz(void) {
    return FROM_MODULE(MODULE_XZ, codec_xz);
}

static const struct codec *zstd(void) {
    return FROM_MODULE(MODULE_ZSTD, codec_zstd);
}

/* How each format begins, and what expands it. */
static const struct {
    const char *magic;
    size_t magic_len;
    const struct codec *(*codec)(void);
} formats[] = {
    {"\x1f\x8b\x08", 3, gzip},
    {"BZh", 3, bzip2},
    {"\xfd"
     "7zXZ\0",
     6, xz},
    {"\x28\xb5\x2f\xfd", 4, zstd},
};

static const struct codec *find_codec(const void *bytes, size_t len) {
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (len > formats[i].magic_len && memcmp(bytes, formats[i].magic, formats[i].magic_len) == 0)
            return formats[i].codec();
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

struct expander *expander_new_deflate(void) {
    struct expander *e = g_new0(struct expander, 1);
    e->codec = FROM_MODULE(MODULE_GZIP, codec_deflate);
    e->state = e->codec->open();
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
        e->state = e->codec->open();
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
