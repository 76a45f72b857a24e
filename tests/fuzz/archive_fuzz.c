/* Any bytes as a file of logs: archives, what is compressed in them, UTF-16; its chunks are whole, and no
 * name of a file in it is longer than is kept. */
#define _GNU_SOURCE
#include "parsers/log/archive.h"
#include "parsers/log/likely.h"
#include "parsers/log/source.h"
#include "tests/fuzz/hold.h"

#include <sys/mman.h>
#include <unistd.h>

static void ignore_problem(void *context, const char *path, int error, const char *damage) {
    (void)context;
    HOLDS(path && (error || damage));
}

static void read_all(int fd) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    struct log_chunk chunk = {.buffer = g_malloc(CHUNK_BYTES + 1)};
    g_ptr_array_add(paths, (char *)"fuzz");
    struct log_source *source =
        source_new(paths, NULL, &fd, &(struct source_watcher){.problem = ignore_problem});
    for (unsigned i = 0; i < 64 && source_next(source, &chunk); i++)
        HOLDS(chunk.bytes.len <= CHUNK_BYTES && chunk.file < paths->len);
    source_free(source);
    HOLDS(paths->len == 1);
    g_free(chunk.buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    const char *trouble = NULL;
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        return 0;
    g_autoptr(GArray) members = archive_list(fd, &trouble);
    for (guint i = 0; members && i < members->len; i++)
        HOLDS(strlen(g_array_index(members, struct archive_member, i).name) <= LIMIT_MEMBER_NAME);
    HOLDS(!members || members->len <= LIMIT_MEMBERS);
    read_all(fd);
    log_descriptor_is_likely(fd);
    log_bytes_are_likely((struct slice){(const char *)data, size});
    close(fd);
    return 0;
}
