/* Hashes of bytes that a stranger may have chosen. They are keyed anew in each process, so that nobody can
 * write a log or a mail whose names collide and make a table slow; they are not the same from run to run. */
#ifndef MAILWHY_HASH_H
#define MAILWHY_HASH_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* `number` is part of what is hashed; where the bytes are all, it is 0. */
uint64_t hash_bytes(const char *bytes, size_t len, uint64_t number);

/* The same in all processes, for what they hand each other. Whoever chooses the bytes can make hashes
 * collide: a table of such numbers hashes them again. */
uint64_t hash_alike(const char *bytes, size_t len, uint64_t number);

/* The same for all spellings that differ in the case of ASCII letters only. */
uint64_t hash_bytes_nocase(const char *bytes, size_t len);

/* In the place of g_str_hash. */
guint hash_string(gconstpointer string);

#endif
