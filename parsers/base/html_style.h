/* What the attributes of an HTML element hide from a reader's eyes. */
#ifndef MAILWHY_HTML_STYLE_H
#define MAILWHY_HTML_STYLE_H

#include "parsers/base/slice.h"

/* is_unseen and is_tiny are inherited by what stands inside, which can show itself again. */
struct html_style {
    bool is_hidden;                 /* with all that it contains: hidden, display:none, opacity:0, … */
    bool has_visibility, is_unseen; /* visibility:hidden, or visible again */
    bool has_size, is_tiny;         /* a font of at most one pixel, or of more again */
};

/* The `hidden` attribute, the class "preheader", and the style attribute. Style sheets are not read. */
struct html_style html_style_read(struct slice attributes);

#endif
