/* Lines of any length: see line_files.h. */
#define _GNU_SOURCE
#include "analyze/deliveries/line_files.h"

#include "parsers/base/input.h"
#include "parsers/log/stream.h"

#include <errno.h>
#include <unistd.h>

#define PIECE ((size_t)1 << 20)

static const char no_sense[] = "is not what a stage of mailwhy wrote, or one of another version, or not "
                               "whole: what makes no sense is left out";
static const char too_long[] = "is longer than is read";

/* The whole lines of the bytes are taken, and what is left stays. False: some make no sense. */
static bool take_lines(const struct line_files *files, GString *bytes, size_t looked_at) {
    const char *end = memrchr(bytes->str + looked_at, '\n', bytes->len - looked_at);
    bool is_sense = true;
    if (!end)
        return true;
    struct slice rest = {bytes->str, (size_t)(end - bytes->str)};
    size_t whole = rest.len + 1;
    for (bool is_last = false; !is_last;) {
        size_t len = slice_find_char(rest, '\n');
        is_last = len == rest.len;
        is_sense &= !len || files->take(files->context, slice_upto(rest, len));
        rest = slice_from(rest, len + 1);
    }
    g_string_erase(bytes, 0, (gssize)whole);
    return is_sense;
}

static const char *read_stream(const struct line_files *files, struct stream *stream, bool is_whole) {
    g_autoptr(GString) bytes = g_string_new(NULL);
    const char *damage = NULL;
    bool is_sense = true;
    for (size_t got = 1; got && !damage;) {
        size_t used = bytes->len;
        if (used > LIMIT_COUNTED)
            return too_long;
        g_string_set_size(bytes, used + PIECE);
        got = stream_read(stream, bytes->str + used, PIECE, &damage);
        g_string_set_size(bytes, used + got);
        is_sense &= is_whole || take_lines(files, bytes, used);
    }
    if (damage)
        return damage;
    if (bytes->len || is_whole)
        is_sense &= files->take(files->context, (struct slice){bytes->str, bytes->len});
    return is_sense ? NULL : no_sense;
}

void line_files_read(const struct line_files *f, bool is_whole) {
    for (guint i = 0; i < f->paths->len; i++) {
        const char *path = f->paths->pdata[i];
        int fd = f->descriptors ? f->descriptors[i] : input_descriptor(path, f->folders ? f->folders[i] : 0);
        struct stream stream;
        if (fd < 0) {
            f->problem(f->context, path, f->descriptors ? -fd : errno, NULL);
            continue;
        }
        stream_open(&stream, fd, SLICE_EMPTY, NULL);
        const char *damage = read_stream(f, &stream, is_whole);
        if (damage)
            f->problem(f->context, path, 0, damage);
        stream_close(&stream);
        if (!f->descriptors)
            close(fd);
    }
}
