/* Landlock: which files a process may open, for kernels that have it. */
#ifndef MAILWHY_LANDLOCK_H
#define MAILWHY_LANDLOCK_H

#include <stdbool.h>

/* The version of its interface; 0: this kernel does not have it, or it is switched off. */
int landlock_version(void);

/* Limit this thread, and those it starts: nothing may be opened but, for reading, what is at or below these
 * paths (ends in NULL; those that do not exist are left out); no TCP, but for connecting where
 * `connects` is true; no signals and no abstract sockets to
 * processes outside. Needs no_new_privs. Returns false where it could not be done. */
bool landlock_limit(const char *const *system, const char *const *readable, bool connects);

#endif
