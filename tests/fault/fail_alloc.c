/* Preloaded: one allocation of a run fails, of whatever process. The counts stand in a file that all map,
 * named by FAULTS; the first process maps it before its sandbox, and the others inherit it. */
#define _GNU_SOURCE
#include "tests/fault/faults.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct faults *faults;

__attribute__((constructor)) static void faults_map(void) {
    const char *name = getenv("FAULTS");
    int file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    void *map =
        file < 0 ? MAP_FAILED : mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file >= 0)
        close(file);
    faults = map == MAP_FAILED ? NULL : map;
}

static int fails(enum fault_kind kind) {
    if (!faults)
        return 0;
    uint64_t count = ++faults->counts[kind];
    int is_it = kind == faults->wanted && faults->from && count >= faults->from && count <= faults->to;
    if (is_it) {
        faults->fired++;
        errno = ENOMEM;
    }
    return is_it;
}

void *malloc(size_t size) {
    return fails(FAULT_MALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return fails(FAULT_CALLOC) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    return size && fails(FAULT_REALLOC) ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size) {
    size_t whole;
    if (__builtin_mul_overflow(count, size, &whole)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, whole);
}

void *memalign(size_t alignment, size_t size) {
    return fails(FAULT_ALIGNED) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    void *got = memalign(alignment, size);
    if (!got)
        return ENOMEM;
    *result = got;
    return 0;
}

static char *copy(const char *text, size_t size) {
    char *got = fails(FAULT_STRDUP) ? NULL : __libc_malloc(size + 1);
    if (!got)
        return NULL;
    memcpy(got, text, size);
    got[size] = '\0';
    return got;
}

#undef strdup
#undef strndup
char *strdup(const char *text) {
    return copy(text, strlen(text));
}

char *strndup(const char *text, size_t most) {
    return copy(text, strnlen(text, most));
}
