/* Words of rules: see words.h. */
#include "parsers/rules/words.h"

#include <stddef.h>
#include <string.h>

unsigned word_number(const char *const *words, const char *word) {
    for (unsigned i = 0; word && words[i]; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return 0;
}
