/* Names of months as logs abbreviate them, in other languages than English too. */
#ifndef MAILWHY_LOG_MONTH_H
#define MAILWHY_LOG_MONTH_H

#include "parsers/base/slice.h"

/* 1 to 12, of a word such as "Nov", "Dez", "févr." or "11月", in UTF-8 or Latin-1; 0: it names none.
 * Only a word in English is found fast. */
int month_of_word(struct slice word);

#endif
