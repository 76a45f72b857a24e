/* The files of a DNS snapshot, which are taken into memory before a sandbox is entered and read in it. */
#ifndef MAILWHY_DNS_FILES_H
#define MAILWHY_DNS_FILES_H

#include "parsers/base/file_errors.h"
#include "parsers/dns/snapshot.h"

#include <stdbool.h>
#include <stddef.h>

struct dns_files {
    const char *const *names; /* of the files; "-": standard input; the caller's */
    size_t count;
    const char *text; /* the same as a text, read after them; NULL: none; the caller's */
    size_t length;
    const char *text_name;
    struct dns_source *raw; /* the files' bytes; NULL: there is nothing to be read */
};

/* Files or a text are given. */
bool dns_files_are_given(const struct dns_files *files);

/* Take the files into memory, to be closed. What cannot be opened or read is told by dns_files_read. */
void dns_files_open(struct dns_files *files);

/* Read what was taken, and the text, into a snapshot; nothing where nothing was taken. */
void dns_files_read(const struct dns_files *files, struct snapshot *snapshot, struct file_errors *errors);

void dns_files_close(struct dns_files *files);

#endif
