/* One arena per message or log chunk: facts are allocated from it and freed all at once.
 * Allocation cannot fail: the process ends when the system has no memory (as GLib does). */
#ifndef MAILWHY_ARENA_H
#define MAILWHY_ARENA_H

#include "parsers/base/slice.h"

struct arena_block;

struct arena {
    struct arena_block *blocks;
    char *next, *end; /* of the newest block: what is free; up to where something was ever written */
    size_t left;
    size_t block; /* bytes of a block at least; 0: as many as a message or chunk needs. Set before the first
                     use */
};

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
struct slice arena_copy(struct arena *arena, struct slice s);
char *arena_string(struct arena *arena, struct slice s); /* terminated copy */
struct slice arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for a text whose length is not known yet, of `most` bytes and an end; what is not used is given
 * back. Nothing else may be allocated between the two. */
char *arena_open(struct arena *arena, size_t most);
struct slice arena_close(struct arena *arena, char *text, size_t used);

/* Forget everything and overwrite it with zeros, so that nothing of one input is there while the
 * next is read; one block is kept for that. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

/* Bytes that the blocks of all arenas of this process may hold together. An allocation that goes beyond calls
 * `beyond`, which must not return: it ends the process. NULL: no limit. */
void arena_limit(size_t bytes, void (*beyond)(void));

/* From now on the limit is of what comes beside what is held now: rules, DNS data. */
void arena_leave_out(void);
size_t arena_held(void);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

#endif
