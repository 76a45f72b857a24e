/* Libraries that go on where there is no memory, and leave out what there was no room for: ldns, OpenSSL.
 * What they then answer is worth nothing, so the program ends, as GLib ends it
 * (analyze/commands/giving_up.h).
 *
 *     memory_watch();
 *     … what the library does …
 *     memory_check("to read a record"); */
#ifndef MAILWHY_MEMORY_H
#define MAILWHY_MEMORY_H

#include <errno.h>
#include <glib.h>

static inline void memory_watch(void) {
    errno = 0;
}

/* `purpose` is told. Whatever failed for lack of memory since has set errno, and libraries do not set it
 * back. */
static inline void memory_check(const char *purpose) {
    if (errno == ENOMEM)
        g_error("there is no memory %s", purpose);
}

#endif
