/* Headers in which each line is a field by RFC 5322, or continues one: of those nobody doubts where they end,
 * so that the MIME parser need not be asked about fields that say nothing of MIME. */
#ifndef MAILWHY_PLAIN_HEADER_H
#define MAILWHY_PLAIN_HEADER_H

#include "parsers/base/slice.h"

/* Does the line begin a field: a name of letters, digits and "-", "_" or ".", and a colon behind it? */
bool plain_field_starts(struct slice line);
bool plain_field_goes_on(struct slice line); /* a folded line: it begins with a blank */

/* Does the header say what the body is: is there a field whose name begins with "Content-"
 * (RFC 2045 section 3)? */
bool plain_header_has_content(struct slice header);

/* Makes the fields between two of those one field of many lines, whose name the MIME parser does not know, by
 * changing the first byte of each. GMime makes objects of every field, and reads addresses and dates: that
 * took two thirds of its time for a bounce. Nothing else is changed: `header` may be given to GMime in place
 * of what it was, for where its parts and fields with "Content-" are. */
void plain_header_for_mime(char *header, size_t length);

#endif
