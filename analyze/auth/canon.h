/* Canonical forms of header fields (RFC 6376 section 3.4): what a signature of DKIM or ARC signs of a header.
 * Line ends are read as CRLF, LF or lone CR, and are CRLF in what is signed. */
#ifndef MAILWHY_CANON_H
#define MAILWHY_CANON_H

#include "analyze/auth/header_fields.h"
#include "parsers/message/field.h"

#include <glib.h>

/* Append one field in canonical form, with its CRLF. `name` and `raw` point into the same bytes. */
void canon_field(GString *out, struct slice name, struct slice raw, bool is_relaxed);

/* The same of a signature's own field: without the value of b= and without its CRLF. */
void canon_own_field(GString *out, struct field field, bool is_relaxed);

/* What a signature signs of a header: the fields that h= names, from below, once each (section 5.4.2), and
 * its own field. In the place of what `out` held. */
void canon_header(GString *out, const struct header_fields *all, struct field own,
                  const struct signature *signature);

#endif
