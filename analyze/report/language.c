/* Looking up translations: see language.h. */
#include "analyze/report/language.h"

#include "analyze/report/words.h"

#include <stdlib.h>
#include <string.h>

static const char english[] = "en";

const char *language_code(size_t number) {
    return !number ? english : languages[number - 1] ? languages[number - 1]->code : NULL;
}

static const struct language *language_of(struct slice code) {
    for (size_t i = 0; languages[i]; i++)
        if (slice_equal_nocase(code, slice_of(languages[i]->code)))
            return languages[i];
    return NULL;
}

bool language_find(const char *code, const struct language **language) {
    *language = code ? language_of(slice_of(code)) : NULL;
    return !code || *language || strcmp(code, english) == 0;
}

const char *language_of_locales(const char *names) {
    for (struct slice rest = slice_of(names); rest.len;) {
        struct slice name = slice_upto(rest, slice_find_char(rest, ':'));
        rest = slice_from(rest, name.len + 1);
        for (const char *end = "_.@"; *end; end++)
            name = slice_upto(name, slice_find_char(name, *end));
        const struct language *language = language_of(name);
        if (language || slice_equal_nocase(name, slice_of(english)))
            return language ? language->code : english;
    }
    return english;
}

static int by_english(const void *key, const void *row) {
    return strcmp(key, ((const struct translation *)row)->english);
}

const char *language_say(const struct language *language, const char *words) {
    const struct translation *found =
        language ? bsearch(words, language->rows, language->count, sizeof *language->rows, by_english) : NULL;
    return found ? found->text : words;
}

struct slice language_thousands(const struct language *language) {
    struct slice form = slice_of(language_say(language, words_text(FORM_OF_NUMBERS)));
    size_t first = strlen("12");
    size_t last = strlen("345");
    return form.len > first + last ? slice_upto(slice_from(form, first), form.len - first - last)
                                   : SLICE_EMPTY;
}
