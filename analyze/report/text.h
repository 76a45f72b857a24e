/* Pages for terminals and pipes. */
#ifndef MAILWHY_TEXT_FORMAT_H
#define MAILWHY_TEXT_FORMAT_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_text;

#endif
