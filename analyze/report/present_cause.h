/* What a cause means, and who can fix it, for people. */
#ifndef MAILWHY_PRESENT_CAUSE_H
#define MAILWHY_PRESENT_CAUSE_H

#include "analyze/report/page.h"

/* Who that is, by the id that the rules use. */
struct value fixer_words(const char *id);

#endif
