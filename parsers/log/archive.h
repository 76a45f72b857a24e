/* Archives of logs: tar (ustar and pax, POSIX.1-2017 "pax"; GNU's long names), also compressed, and zip
 * (APPNOTE 6.3.9). They are only read: no name in them becomes one on this machine. A small reader of its
 * own, for libarchive would bring its dozen of libraries and formats, and calls to the sandbox, for two of
 * which this needs the simplest parts. */
#ifndef MAILWHY_LOG_ARCHIVE_H
#define MAILWHY_LOG_ARCHIVE_H

#include "parsers/log/stream.h"

#include <glib.h>

#define LIMIT_MEMBERS 1000 /* files of an archive */
#define LIMIT_PACKED  40   /* files of a tar archive that is compressed: each is looked for from its start */
#define LIMIT_ARCHIVE_BYTES                                                                                  \
    ((uint64_t)2000 << 20)     /* of such an archive, expanded, in which they are looked for */
#define LIMIT_MEMBER_NAME 1024 /* bytes */

struct archive_member {
    char *name; /* owned */
    struct stream_part part;
};

/* The files in the archive that the descriptor, of a file, is of: struct archive_member, to be freed with
 * g_array_unref; NULL: it is none. *trouble (static text) says what of it is not read; else it stays. */
GArray *archive_list(int fd, const char **trouble);

#endif
