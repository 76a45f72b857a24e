/* Arena: see arena.h. Blocks of 256 KiB, or larger where one allocation needs it. */
#define _GNU_SOURCE
#include "parsers/base/arena.h"

#include "parsers/base/plain_format.h"

#include <glib.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define BLOCK_SIZE ((size_t)256 * 1024)
#define ALIGNMENT  16
#define PAGE       65536 /* of the largest that a system has */
#define LARGE      (4 * PAGE)
#define SHORT_TEXT 255

struct arena_block {
    struct arena_block *older;
    size_t size;
    size_t used; /* bytes from its beginning that may have been written to; of the newest see arena.end */
    max_align_t bytes[];
};

/* What all arenas of the process hold. */
static _Atomic size_t held;
static size_t left_out; /* of these, by arena_leave_out */
static size_t most_held = SIZE_MAX;
static void (*beyond_limit)(void);

void arena_limit(size_t bytes, void (*beyond)(void)) {
    most_held = beyond ? left_out + bytes : SIZE_MAX;
    beyond_limit = beyond;
}

size_t arena_held(void) {
    return atomic_load_explicit(&held, memory_order_relaxed);
}

void arena_leave_out(void) {
    left_out = arena_held();
}

static void count(size_t size) {
    size_t before = atomic_fetch_add_explicit(&held, size, memory_order_relaxed);
    if (before + size > most_held && beyond_limit)
        beyond_limit();
}

/* How much of the newest block may have been written to. */
static size_t used_of_newest(const struct arena *arena) {
    const char *end = arena->end > arena->next ? arena->end : arena->next;
    return (size_t)(end - (const char *)arena->blocks->bytes);
}

static void arena_add_block(struct arena *arena, size_t size) {
    count(size);
    struct arena_block *block = g_malloc(sizeof *block + size);
    if (arena->blocks)
        arena->blocks->used = used_of_newest(arena);
    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->next = arena->end = (char *)block->bytes;
    arena->left = size;
}

static void *arena_take(struct arena *arena, size_t size) {
    size_t least = arena->block ? arena->block : BLOCK_SIZE;
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (size > arena->left || !arena->next)
        arena_add_block(arena, size > least ? size : least);
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
    if (arena->next > arena->end)
        arena->end = arena->next;
    size_t kept = (used + 1 + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    arena->left += (size_t)(arena->next - text) - kept;
    arena->next = text + kept;
    text[used] = '\0';
    return (struct slice){text, used};
}

/* Most texts fit into what is taken at first; of the others it is asked how long they are. */
struct slice arena_printf(struct arena *arena, const char *format, ...) {
    char *p = arena_open(arena, SHORT_TEXT);
    va_list args;
    va_start(args, format);
    size_t len = plain_format(p, SHORT_TEXT, format, args);
    va_end(args);
    if (len <= SHORT_TEXT)
        return arena_close(arena, p, len);
    va_start(args, format);
    int length = vsnprintf(p, SHORT_TEXT + 1, format, args);
    va_end(args);
    len = length < 0 ? 0 : (size_t)length;
    if (len <= SHORT_TEXT)
        return arena_close(arena, p, len);
    arena_close(arena, p, 0);
    p = arena_take(arena, len + 1);
    va_start(args, format);
    vsnprintf(p, len + 1, format, args);
    va_end(args);
    return (struct slice){p, len};
}

/* Nothing of what was in a block is left in memory that is used again. Of a large one the whole pages are
 * given back to the system, which costs nothing for those that were never written to. */
static void forget_newest(struct arena *arena) {
    char *from = (char *)arena->blocks->bytes;
    char *to = from + used_of_newest(arena);
    char *first = (char *)(((uintptr_t)from + PAGE - 1) & ~(uintptr_t)(PAGE - 1));
    char *last = (char *)((uintptr_t)to & ~(uintptr_t)(PAGE - 1));
    if (to - from < LARGE || madvise(first, (size_t)(last - first), MADV_DONTNEED) != 0) {
        explicit_bzero(from, (size_t)(to - from));
        return;
    }
    explicit_bzero(from, (size_t)(first - from));
    explicit_bzero(last, (size_t)(to - last));
}

static void free_newest(struct arena *arena) {
    struct arena_block *block = arena->blocks;
    forget_newest(arena);
    atomic_fetch_sub_explicit(&held, block->size, memory_order_relaxed);
    arena->blocks = block->older;
    arena->next = arena->end = block->older ? (char *)block->older->bytes + block->older->used : NULL;
    g_free(block);
}

void arena_reset(struct arena *arena) {
    while (arena->blocks && (arena->blocks->older || arena->blocks->size > BLOCK_SIZE))
        free_newest(arena);
    if (arena->blocks)
        forget_newest(arena);
    arena->next = arena->end = arena->blocks ? (char *)arena->blocks->bytes : NULL;
    arena->left = arena->blocks ? arena->blocks->size : 0;
}

void arena_free(struct arena *arena) {
    while (arena->blocks)
        free_newest(arena);
    *arena = (struct arena){.block = arena->block};
}
