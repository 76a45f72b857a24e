/* Preloaded: a text in which a certain word stands is poison to the process that tries patterns on it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int match(const void *code, const void *subject, size_t length, size_t start, uint32_t options,
                  void *data, void *context);
match pcre2_match_8;

int pcre2_match_8(const void *code, const void *subject, size_t length, size_t start, uint32_t options,
                  void *data, void *context) {
    static match *next;
    if (!next)
        *(void **)&next = dlsym(RTLD_NEXT, "pcre2_match_8");
    if (memmem(subject, length, "be-killed", 9))
        raise(SIGKILL);
    if (memmem(subject, length, "be-ended", 8))
        _Exit(0);
    return next(code, subject, length, start, options, data, context);
}
