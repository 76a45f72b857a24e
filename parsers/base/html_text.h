/* HTML as text. */
#ifndef MAILWHY_HTML_TEXT_H
#define MAILWHY_HTML_TEXT_H

#include "parsers/base/arena.h"

/* The readable text of an HTML part. */
struct slice html_to_text(struct arena *arena, struct slice html);

#endif
