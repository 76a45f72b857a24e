/* The fields of MIME (RFC 2045) in a header without doubt: see plain_tree.h. */
#ifndef MAILWHY_PLAIN_FIELD_H
#define MAILWHY_PLAIN_FIELD_H

#include "parsers/message/part.h"

struct plain_header {
    struct slice all;           /* from its first field to the blank line; may be empty */
    struct slice first_other;   /* from its first field that is none of MIME; empty: there is none */
    struct slice first_of_mime; /* from its first field with a name in Content-; empty: there is none */
    struct slice type, charset, boundary; /* "text/plain" where nothing is said; empty: not given */
    enum encoding encoding;
};

/* Take a header and its blank line off `rest`. False where it is not plain. */
bool plain_header_take(struct slice *rest, struct plain_header *header);

#endif
