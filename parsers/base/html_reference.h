/* Character references of HTML (the HTML standard, section 13.2.5.72 and the following). */
#ifndef MAILWHY_HTML_REFERENCE_H
#define MAILWHY_HTML_REFERENCE_H

#include "parsers/base/slice.h"

/* The reference that `s` begins with, "&auml;", "&#228;" or "&#xe4;"; some names, and numbers, also without
 * the semicolon. Returns its length, 0 where there is none; in `out` what it stands for, as UTF-8 of at most
 * HTML_REFERENCE_MOST bytes, in *written how many. */
#define HTML_REFERENCE_MOST 8
size_t html_reference_read(struct slice s, char out[HTML_REFERENCE_MOST], size_t *written);

#endif
