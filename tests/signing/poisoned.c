/* Takes the place of a function of libopendkim (LD_PRELOAD), and does what a fault of it would on a message
 * whose header says so: X-Poison: crash, or hang. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <opendkim/dkim.h>
#include <stdlib.h>
#include <string.h>

DKIM_STAT dkim_chunk(DKIM *dkim, u_char *bytes, size_t length) {
    DKIM_STAT(*real)
    (DKIM *, u_char *, size_t) = (DKIM_STAT(*)(DKIM *, u_char *, size_t))dlsym(RTLD_NEXT, "dkim_chunk");
    if (bytes && memmem(bytes, length, "X-Poison: crash", 15))
        *(volatile char *)NULL = 1;
    while (bytes && memmem(bytes, length, "X-Poison: hang", 14))
        ;
    return real(dkim, bytes, length);
}
