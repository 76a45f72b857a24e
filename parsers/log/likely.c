/* Inputs that begin as logs do: see likely.h. */
#define _GNU_SOURCE
#include "parsers/log/likely.h"

#include "parsers/base/input.h"
#include "parsers/log/archive.h"
#include "parsers/log/reader.h"
#include "parsers/log/stream.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FEW_MEMBERS 5 /* of an archive, of which one must begin as a log */

bool log_file_is_likely(const char *path, size_t folder) {
    int fd = strcmp(path, "-") == 0 ? -1 : input_descriptor(path, folder);
    bool is_log = fd >= 0 && log_descriptor_is_likely(fd);
    if (fd >= 0)
        close(fd);
    return is_log;
}

static bool begins_as_log(int fd, const struct stream_part *part) {
    char start[LIKELY_BYTES];
    struct stream stream;
    const char *damage = NULL;
    lseek(fd, 0, SEEK_SET);
    stream_open(&stream, fd, SLICE_EMPTY, part);
    size_t used = stream_fill(&stream, start, sizeof start, &damage);
    stream_close(&stream);
    bool is_likely = log_is_likely((struct slice){start, used});
    explicit_bzero(start, sizeof start); /* it may be the input of a process that reads others after it */
    return is_likely;
}

bool log_descriptor_is_likely(int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !st.st_size)
        return false;
    const char *trouble = NULL;
    bool is_log = begins_as_log(fd, NULL);
    g_autoptr(GArray) members = is_log ? NULL : archive_list(fd, &trouble);
    for (guint i = 0; members && i < MIN(members->len, FEW_MEMBERS) && !is_log; i++)
        is_log = begins_as_log(fd, &g_array_index(members, struct archive_member, i).part);
    lseek(fd, 0, SEEK_SET);
    return is_log;
}

bool log_bytes_are_likely(struct slice bytes) {
    if (log_begins_as_message(bytes)) /* most do: nothing is unpacked for them */
        return false;
    char start[LIKELY_BYTES];
    struct stream stream;
    const char *damage = NULL;
    stream_open(&stream, -1, bytes, NULL);
    size_t used = stream_fill(&stream, start, sizeof start, &damage);
    stream_close(&stream);
    bool is_likely = log_is_likely((struct slice){start, used});
    explicit_bzero(start, sizeof start);
    return is_likely;
}

bool log_descriptor_is_short(int fd) {
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size <= LOG_SHORT;
}

/* Does nothing of it tell of a recipient, but a reply behind which the line that names him is not there? */
static bool is_silent(const struct log_facts *facts) {
    for (size_t i = 0; i < facts->count; i++)
        if (facts->events[i].kind != LOG_WAITS || facts->events[i].recipient.len)
            return false;
    return true;
}

bool log_bytes_are_silent(struct slice bytes) {
    struct log_reader reader = {.lines = 0};
    if (bytes.len > LOG_SHORT || !log_is_likely(bytes)) /* what was packed is no paste */
        return false;
    log_read(&reader, &(struct log_input){.bytes = bytes, .header = bytes});
    bool is_one = is_silent(&reader.facts);
    log_reader_free(&reader);
    return is_one;
}
