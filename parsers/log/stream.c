/* Texts of files: see stream.h. */
#define _GNU_SOURCE
#include "parsers/log/stream.h"

#include <errno.h>
#include <glib.h>
#include <unistd.h>

#define IN_BYTES ((size_t)256 << 10)
#define MAGIC    16 /* bytes by which compression is known */
#define MARK     64 /* bytes by which UTF-16 is known */

const char stream_unread[] = "the file could not be read to its end";

/* --- bytes --- */

static size_t read_bytes(struct layer *l, char *out, size_t room, const char **damage) {
    room = MIN(room, l->most);
    if (l->fd < 0) {
        size_t got = MIN(room, l->left.len);
        memcpy(out, l->left.ptr ? l->left.ptr : "", got);
        l->left = slice_from(l->left, got);
        return got;
    }
    ssize_t got;
    do
        got = !room ? 0 : l->at < 0 ? read(l->fd, out, room) : pread(l->fd, out, room, (off_t)l->at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        *damage = stream_unread;
    l->taken += got > 0 ? (uint64_t)got : 0;
    l->at += l->at >= 0 && got > 0 ? got : 0;
    l->most -= got > 0 ? (uint64_t)got : 0;
    return got > 0 ? (size_t)got : 0;
}

/* More input behind what is left of it. */
static void refill(struct layer *l, size_t room, const char **damage) {
    if (!l->in)
        l->in = g_malloc(room);
    if (l->left.len && l->left.ptr)
        memmove(l->in, l->left.ptr, l->left.len);
    size_t got = l->below->read(l->below, l->in + l->left.len, room - l->left.len, damage);
    l->is_all = got == 0;
    l->left = (struct slice){l->in, l->left.len + got};
}

static size_t take_left(struct layer *l, char *out, size_t room) {
    size_t got = MIN(l->left.len, room);
    memcpy(out, l->left.ptr, got);
    l->left = slice_from(l->left, got);
    return got;
}

/* --- what is compressed --- */

static size_t read_expanded(struct layer *l, char *out, size_t room, const char **damage) {
    while (!l->has_begun && !l->is_all && l->left.len < MAGIC && !*damage)
        refill(l, IN_BYTES, damage);
    if (!l->has_begun && !l->expander)
        l->expander = expander_new(l->left);
    l->has_begun = true;
    if (!l->expander)
        return l->left.len ? take_left(l, out, room)
               : l->is_all ? 0
                           : l->below->read(l->below, out, room, damage);
    for (;;) {
        size_t made = expander_step(l->expander, &l->left, l->is_all, out, room, damage);
        if (made || *damage || l->is_all)
            return made;
        refill(l, IN_BYTES, damage);
    }
}

/* --- a part of what is below --- */

static size_t read_window(struct layer *l, char *out, size_t room, const char **damage) {
    while (l->skip && !*damage) {
        size_t got = l->below->read(l->below, out, MIN(room, l->skip), damage);
        l->skip -= got;
        if (!got)
            return 0;
    }
    size_t got = l->most ? l->below->read(l->below, out, MIN(room, l->most), damage) : 0;
    l->most -= got;
    return got;
}

/* --- UTF-16 --- */

static size_t read_text(struct layer *l, char *out, size_t room, const char **damage) {
    if (!l->has_begun) {
        size_t used = 0;
        size_t got = 1;
        while (got && used < MARK && !*damage) {
            got = l->below->read(l->below, out + used, room - used, damage);
            used += got;
        }
        l->has_begun = true;
        l->order = utf16_find((struct slice){out, used});
        if (l->order == UTF16_NOT)
            return used;
        l->in = g_malloc(MAX(used, IN_BYTES));
        memcpy(l->in, out, used);
        l->left = (struct slice){l->in, used};
    }
    if (l->order == UTF16_NOT)
        return l->below->read(l->below, out, room, damage);
    for (;;) {
        size_t made = utf16_expand(l->order, &l->left, l->is_all, out, room);
        if (made || *damage || l->is_all)
            return made;
        refill(l, IN_BYTES, damage);
    }
}

/* --- all of them --- */

static struct layer *add(struct stream *s, struct layer layer) {
    layer.below = s->count ? &s->layers[s->count - 1] : NULL;
    s->layers[s->count] = layer;
    return &s->layers[s->count++];
}

static bool begins_compressed(int fd) {
    char start[MAGIC];
    ssize_t got = pread(fd, start, sizeof start, 0);
    return got > 0 && is_compressed((struct slice){start, (size_t)got});
}

void stream_open(struct stream *s, int fd, struct slice bytes, const struct stream_part *part) {
    bool is_whole = !part || part->kind == PART_ALL;
    bool is_inside = !is_whole && part->kind == PART_OF_TAR && begins_compressed(fd);
    s->count = 0;
    struct layer *base =
        add(s, (struct layer){.read = read_bytes, .fd = fd, .left = bytes, .most = UINT64_MAX});
    base->at = fd < 0 ? -1 : (int64_t)lseek(fd, 0, SEEK_CUR);
    if (!is_whole && !is_inside) {
        base->at = base->at < 0 ? -1 : (int64_t)part->offset;
        base->most = part->size;
    }
    if (is_inside) {
        add(s, (struct layer){.read = read_expanded});
        add(s, (struct layer){.read = read_window, .skip = part->offset, .most = part->size});
    }
    if (!is_whole && part->kind == PART_DEFLATED)
        add(s, (struct layer){.read = read_expanded, .expander = expander_new_deflate()});
    add(s, (struct layer){.read = read_expanded});
    add(s, (struct layer){.read = read_text});
}

void stream_close(struct stream *s) {
    for (unsigned i = 0; i < s->count; i++) {
        expander_free(s->layers[i].expander);
        g_free(s->layers[i].in);
    }
    s->count = 0;
}

size_t stream_read(struct stream *s, char *out, size_t room, const char **damage) {
    struct layer *top = &s->layers[s->count - 1];
    return top->read(top, out, room, damage);
}

size_t stream_fill(struct stream *s, char *out, size_t most, const char **damage) {
    size_t used = 0;
    for (size_t got = 1; got && used < most && !*damage; used += got)
        got = stream_read(s, out + used, most - used, damage);
    return used;
}

uint64_t stream_taken(const struct stream *s) {
    return s->layers[0].taken;
}
