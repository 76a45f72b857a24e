/* Inputs whose kind is not said: logs are known by how they begin, also compressed and in archives. */
#ifndef MAILWHY_LOG_LIKELY_H
#define MAILWHY_LOG_LIKELY_H

#include "parsers/base/slice.h"

/* Does the file begin as a mail log does? */
bool log_file_is_likely(const char *path, size_t folder);
bool log_descriptor_is_likely(int fd); /* it is at its beginning again then */
bool log_bytes_are_likely(struct slice bytes);

/* A few lines of a log, so short that somebody may have pasted them: is it no more than that, and do they
 * tell of nothing that happened to a mail or a login, as far as dialects know? */
#define LOG_SHORT ((size_t)6 << 10) /* bytes */
bool log_descriptor_is_short(int fd);
bool log_bytes_are_silent(struct slice bytes);

#endif
