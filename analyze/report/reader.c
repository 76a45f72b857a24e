/* The names of readers: see reader.h. */
#include "analyze/report/reader.h"

#include <string.h>

#define READERS (READER_RECEIVER + 1)

static const char *const names[] = {
    [READER_SUPPORT] = "support", [READER_CUSTOMER] = "customer", [READER_RECEIVER] = "receiver"};
_Static_assert(sizeof names / sizeof *names == READERS, "a name for each");

const char *reader_name(size_t number) {
    return number < READERS ? names[number] : NULL;
}

bool reader_find(const char *name, enum reader *reader) {
    size_t number = 0;
    while (name && number < READERS && strcmp(names[number], name) != 0)
        number++;
    *reader = number < READERS ? (enum reader)number : READER_SUPPORT;
    return number < READERS;
}
