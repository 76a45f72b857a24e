/* What a browser sends of a form with files: multipart/form-data (RFC 7578; RFC 2046 section 5.1.1; the HTML
 * Living Standard, "Multipart form data", says what browsers make of it). Nothing is decoded or copied. */
#ifndef MAILWHY_FORM_DATA_H
#define MAILWHY_FORM_DATA_H

#include "parsers/base/slice.h"

#define FORM_BOUNDARY_MOST 70             /* characters (RFC 2046 section 5.1.1) */
#define LIMIT_FORM_HEADER  ((size_t)8192) /* bytes of a part's header: a name, the name of a file, a type */

struct form_boundary {
    char text[FORM_BOUNDARY_MOST + 5]; /* "\r\n--" and the boundary */
    size_t length;
};

/* Read the value of a Content-Type. Returns false where that is not multipart/form-data with a boundary. */
bool form_boundary_read(struct slice content_type, struct form_boundary *boundary);

struct form_part {
    struct slice name;      /* of the field */
    struct slice file_name; /* as the browser wrote it: in UTF-8, but %22 %0D %0A, or \", for the three */
    bool is_file;           /* it has a file name, be it an empty one: nothing was chosen */
    struct slice content;
};

enum form_step { FORM_PART, FORM_END, FORM_BROKEN };
enum form_state { FORM_FRESH, FORM_OPEN, FORM_DONE, FORM_WRONG };

/* A body, whose parts are taken off one by one; what is broken stays so. */
struct form_data {
    const struct form_boundary *boundary;
    struct slice rest;
    enum form_state state;
};

/* Take the next part off. FORM_BROKEN: it does not begin with a boundary, ends before the last one, or has a
 * part without a name. */
enum form_step form_data_next(struct form_data *form, struct form_part *part);

#endif
