/* A report that nobody reads: every piece is touched at its end, so that a wrong length is found. */
#ifndef MAILWHY_FUZZ_DROP_H
#define MAILWHY_FUZZ_DROP_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void drop(void *context, const char *bytes, size_t length) {
    volatile char *last = context;
    if (length)
        *last = bytes[length - 1];
}

#endif
