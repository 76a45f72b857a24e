/* Structs of the caller, whose first member is their size: see mailwhy.h. */
#ifndef MAILWHY_SIZED_H
#define MAILWHY_SIZED_H

#include <stdbool.h>
#include <stddef.h>

#define SIZED_WRONGLY "a struct has no size, or members that this version of the library does not know"

/* Copy a struct of the caller's version into one of ours with `size` bytes, which is all zero where the
 * caller's ends. False: its size is not set, or it says something of which this version does not know. */
bool sized_take(void *ours, size_t size, const void *callers);

/* Copy one of ours into the caller's, as far as that goes; its size stays as it is. False: that is not set.
 */
bool sized_give(void *callers, const void *ours, size_t size);

#endif
