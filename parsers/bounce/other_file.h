/* What a file is that was given in the place of mail, where its bytes tell: by its first bytes (see
 * parsers/base/file_magic.h), and texts that belong to an option of the program. */
#ifndef MAILWHY_OTHER_FILE_H
#define MAILWHY_OTHER_FILE_H

#include "parsers/base/slice.h"

/* A sentence that says what the file is and what to do instead; NULL: it tells nothing. A DNS snapshot or a
 * zone file (RFC 1035 section 5) has records and comments and nothing else in its first 40 lines; a file of
 * rules begins with the key of one of their lists, and its first entry below. */
const char *other_file_advice(struct slice bytes);

#endif
