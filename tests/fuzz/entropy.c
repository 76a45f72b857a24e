/* The same keys of hash tables and of pseudonyms in each run, so that a fuzz target with a seed tries the
 * same. */
#include <string.h>
#include <unistd.h>

int getentropy(void *buffer, size_t length) {
    memset(buffer, 7, length);
    return 0;
}
