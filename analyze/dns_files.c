#include "analyze/dns_files.h"

#include "analyze/auth/engine.h"
#include "parsers/base/input.h"
#include "parsers/base/shown_name.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

/* A file that is not read yet. */
struct dns_source {
    struct input raw;
    int error; /* an errno: it could not be opened or read */
};

bool dns_files_are_given(const struct dns_files *files) {
    return files->count || files->text;
}

void dns_files_open(struct dns_files *files) {
    files->raw = g_new0(struct dns_source, files->count + 1);
    for (size_t i = 0; i < files->count; i++) {
        struct dns_source *source = &files->raw[i];
        int fd = input_descriptor(files->names[i], 0);
        bool is_named = strcmp(files->names[i], "-") != 0;
        source->error = fd < 0 ? (errno ? errno : EBADF) : input_read_raw(&source->raw, fd, is_named);
        if (fd >= 0)
            close(fd);
    }
}

static void read_source(struct dns_source *source, const char *name, struct snapshot *snapshot,
                        struct file_errors *errors) {
    input_expand(&source->raw);
    if (!source->error && !source->raw.damage) {
        engine()->read_dns(snapshot_add(snapshot, name), source->raw.bytes, errors);
        return;
    }
    g_autofree char *shown = shown_name(name);
    errors->count++;
    if (errors->out)
        fprintf(errors->out, "mailwhy: %s: %s\n", shown,
                source->error ? g_strerror(source->error) : source->raw.damage);
}

void dns_files_read(const struct dns_files *files, struct snapshot *snapshot, struct file_errors *errors) {
    if (!files->raw)
        return;
    for (size_t i = 0; i < files->count; i++)
        read_source(&files->raw[i], files->names[i], snapshot, errors);
    if (files->text)
        engine()->read_dns(snapshot_add(snapshot, files->text_name),
                           (struct slice){files->text, files->length}, errors);
}

void dns_files_close(struct dns_files *files) {
    for (size_t i = 0; files->raw && i < files->count; i++)
        input_close(&files->raw[i].raw);
    g_free(files->raw);
    files->raw = NULL;
}
