/* Inputs whose kind is not said: logs are known by how they begin, also compressed and in archives. */
#ifndef MAILWHY_LOG_LIKELY_H
#define MAILWHY_LOG_LIKELY_H

#include "parsers/base/slice.h"

/* Does the file begin as a mail log does? */
bool log_file_is_likely(const char *path, size_t folder);
bool log_descriptor_is_likely(int fd); /* it is at its beginning again then */
bool log_bytes_are_likely(struct slice bytes);

#endif
