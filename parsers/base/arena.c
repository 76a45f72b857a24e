/* Arena: see arena.h. Blocks of 256 KiB, or larger where one allocation needs it. */
#include "parsers/base/arena.h"

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>

#define BLOCK_SIZE ((size_t)256 * 1024)
#define ALIGNMENT  16

struct arena_block {
    struct arena_block *older;
    size_t size;
    max_align_t bytes[];
};

static void arena_add_block(struct arena *arena, size_t size) {
    struct arena_block *block = g_malloc(sizeof *block + size);
    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->next = (char *)block->bytes;
    arena->left = size;
}

static void *arena_take(struct arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (size > arena->left || !arena->next)
        arena_add_block(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    char *p = arena->next;
    arena->next += size;
    arena->left -= size;
    return p;
}

void *arena_alloc(struct arena *arena, size_t size) {
    return memset(arena_take(arena, size), 0, size);
}

char *arena_string(struct arena *arena, struct slice s) {
    char *p = arena_take(arena, s.len + 1);
    if (s.len)
        memcpy(p, s.ptr, s.len);
    p[s.len] = '\0';
    return p;
}

struct slice arena_copy(struct arena *arena, struct slice s) {
    return (struct slice){arena_string(arena, s), s.len};
}

char *arena_open(struct arena *arena, size_t most) {
    return arena_take(arena, most + 1);
}

struct slice arena_close(struct arena *arena, char *text, size_t used) {
    size_t kept = (used + 1 + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    arena->left += (size_t)(arena->next - text) - kept;
    arena->next = text + kept;
    text[used] = '\0';
    return (struct slice){text, used};
}

struct slice arena_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        return SLICE_EMPTY;
    char *p = arena_take(arena, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(p, (size_t)len + 1, format, args);
    va_end(args);
    return (struct slice){p, (size_t)len};
}

void arena_reset(struct arena *arena) {
    while (arena->blocks && (arena->blocks->older || arena->blocks->size > BLOCK_SIZE)) {
        struct arena_block *older = arena->blocks->older;
        g_free(arena->blocks);
        arena->blocks = older;
    }
    arena->next = arena->blocks ? (char *)arena->blocks->bytes : NULL;
    arena->left = arena->blocks ? arena->blocks->size : 0;
}

void arena_free(struct arena *arena) {
    while (arena->blocks) {
        struct arena_block *older = arena->blocks->older;
        g_free(arena->blocks);
        arena->blocks = older;
    }
    *arena = (struct arena){0};
}
