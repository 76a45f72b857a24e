/* Preloaded: a text in which a certain word stands is poison to the process that tries patterns on it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int match(const void *code, const void *subject, size_t length, size_t start, uint32_t options,
                  void *data, void *context);
match pcre2_match_8;

/* Can the file that NOSY_INODE numbers be read through anything that is open? */
static void look_around(void) {
    const char *wanted = getenv("NOSY_INODE");
    for (int fd = 0; wanted && fd < 1024; fd++) {
        struct stat st;
        char byte;
        if (fstat(fd, &st) == 0 && st.st_ino == strtoul(wanted, NULL, 10) && pread(fd, &byte, 1, 0) == 1)
            _Exit(99);
    }
}

int pcre2_match_8(const void *code, const void *subject, size_t length, size_t start, uint32_t options,
                  void *data, void *context) {
    static match *next;
    if (!next)
        *(void **)&next = dlsym(RTLD_NEXT, "pcre2_match_8");
    if (memmem(subject, length, "be-killed", 9))
        raise(SIGKILL);
    if (memmem(subject, length, "be-ended", 8))
        _Exit(0);
    if (memmem(subject, length, "be-nosy", 7))
        look_around();
    return next(code, subject, length, start, options, data, context);
}
