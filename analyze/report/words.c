/* The table of words: see words.h. */
#include "analyze/report/words.h"

static const char *const rows[] = {
    "",
#define ROW(id, english) english,
#include "analyze/report/words.def"
#undef ROW
};
_Static_assert(sizeof rows / sizeof *rows == WORDS_COUNT, "a row for each");

const char *words_text(enum words words) {
    return rows[words];
}
