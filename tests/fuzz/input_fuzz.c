/* Any bytes as a file: decompressed, and split when it is a mailbox. */
#define _GNU_SOURCE
#include "parsers/base/input.h"
#include "parsers/message/mailbox.h"
#include "tests/fuzz/hold.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[32];
    struct input input;
    int file = memfd_create("input", 0);
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    if (write(file, data, size) == (ssize_t)size && lseek(file, 0, SEEK_SET) == 0 &&
        input_open(&input, path) == 0) {
        struct slice rest = input.bytes, message;
        unsigned line = 1, first_line;
        if (is_mbox(rest))
            while (mbox_next(&rest, &line, &message, &first_line))
                hold_within(message, input.bytes);
        input_close(&input);
    }
    close(file);
    return 0;
}
