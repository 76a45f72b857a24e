/* The words of reports: words.def is the one table of headings, labels and set phrases. Each has an id that
 * stays, so that a translation can take its place. */
#ifndef MAILWHY_REPORT_WORDS_H
#define MAILWHY_REPORT_WORDS_H

enum words {
    NO_WORDS,
#define ROW(id, english) id,
#include "analyze/report/words.def"
#undef ROW
    WORDS_COUNT
};

const char *words_text(enum words words); /* "" for NO_WORDS */

#endif
