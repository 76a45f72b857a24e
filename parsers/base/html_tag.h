/* The markup between the texts of HTML: tags with their attributes, comments (the HTML standard, sections
 * 13.2.5.6 to 13.2.5.51, as far as it matters to whoever only wants the text). */
#ifndef MAILWHY_HTML_TAG_H
#define MAILWHY_HTML_TAG_H

#include "parsers/base/slice.h"

enum html_markup {
    HTML_TEXT, /* the < is an ordinary character */
    HTML_START_TAG,
    HTML_END_TAG,
    HTML_NOTHING /* comments, declarations, processing instructions; what is not closed */
};

struct html_tag {
    struct slice name;       /* as it stands there */
    struct slice attributes; /* between the name and the > */
};

/* What begins with the "<" at the start of `s`, and its length. `tag` is filled in for tags only. */
enum html_markup html_markup_read(struct slice s, size_t *len, struct html_tag *tag);

/* Take the next attribute off `rest`; its value is empty where it has none, and without its quotation marks.
 */
bool html_attribute_next(struct slice *rest, struct slice *name, struct slice *value);

#endif
