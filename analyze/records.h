/* Records of NDJSON as structs of the public header, whose members are texts and numbers of the same names.
 * What a record says, and what is hidden in it, is known where it is written; here it is only looked up. */
#ifndef MAILWHY_RECORDS_H
#define MAILWHY_RECORDS_H

#include "parsers/base/json_nodes.h"

#include <glib.h>

struct records { /* all zero at the beginning */
    GString *lines;
    size_t read; /* of them */
    struct json_nodes nodes;
    struct arena arena; /* texts of the last one */
};

/* A place of a record, and the member that takes it. Texts that are not there are NULL, numbers -1. */
struct record_field {
    const char *path; /* "reply.code" */
    enum {
        RECORD_TEXT,
        RECORD_INT,
        RECORD_LONG,
        RECORD_LINE
    } type;        /* const char *, int, int64_t; the whole line */
    size_t member; /* its offset */
};

void records_begin(struct records *records);
void records_free(struct records *records);

/* A sink: appends. */
void records_append(void *records, const char *bytes, size_t length);

/* Fill `found` from the next line; false: there is none that is whole. Texts stand until the next call. */
bool records_next(struct records *records, const struct record_field *fields, size_t count, void *found);

/* Forget the lines that were read. */
void records_drop_read(struct records *records);

#endif
