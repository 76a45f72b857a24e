/* What a file is that is no mail, by the bytes at its start. */
#ifndef MAILWHY_FILE_MAGIC_H
#define MAILWHY_FILE_MAGIC_H

#include "parsers/base/slice.h"

/* A sentence that says what the file is and what to do instead; NULL: its first bytes tell nothing. */
const char *file_magic_advice(struct slice bytes);

#endif
