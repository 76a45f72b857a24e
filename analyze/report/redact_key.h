/* The secret that pseudonyms are made with: nobody who does not have it can try out whom one stands for. */
#ifndef MAILWHY_REDACT_KEY_H
#define MAILWHY_REDACT_KEY_H

#include <stddef.h>

#define REDACT_KEY_LEAST 16 /* bytes in a file */
#define REDACT_KEY_MOST  4096
#define REDACT_KEY_OWN   32 /* bytes of one that is made for a run */

struct redact_key {
    char bytes[REDACT_KEY_MOST];
    size_t length;
};

/* The bytes of a regular file; without a path, new ones from the kernel. Returns what is wrong; NULL:
 * nothing. */
const char *redact_key_get(struct redact_key *key, const char *path);

#endif
