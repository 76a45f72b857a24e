/* Words of rules: see words.h. */
#include "parsers/rules/words.h"

#include "parsers/base/slice.h"

unsigned word_number(const char *const *words, const char *word) {
    for (unsigned i = 0; word && words[i]; i++)
        if (string_equal(words[i], word))
            return i;
    return 0;
}
