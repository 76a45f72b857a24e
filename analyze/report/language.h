/* The customer's page in other languages than English: translations from po/, by the English words. They are
 * compiled in (docs/decisions/0008-languages.md). */
#ifndef MAILWHY_LANGUAGE_H
#define MAILWHY_LANGUAGE_H

#include "parsers/base/slice.h"

struct translation {
    const char *english, *text;
};

struct language {
    const char *code;               /* of ISO 639: de */
    const struct translation *rows; /* sorted by the English words */
    size_t count;
};

extern const struct language *const languages[]; /* all but English, by their codes; ends with NULL */

const char *language_code(size_t number); /* "en" is 0; NULL: there are no more */

/* Sets the language of a code; NULL: English. False: there is none of that code. */
bool language_find(const char *code, const struct language **language);

/* The code of the language of a locale's name (POSIX: language[_territory][.codeset][@modifier]), or of the
 * first that is there in a list with colons between (LANGUAGE of gettext); "en": none is there. */
const char *language_of_locales(const char *names);

/* In that language; `english` itself where the language is NULL, or has no such words. */
const char *language_say(const struct language *language, const char *english);

/* What stands between the thousands of a number. */
struct slice language_thousands(const struct language *language);

#endif
