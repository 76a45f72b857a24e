/* What one field may cost: see field_limits.h. Colons and semicolons are counted wherever they stand: what is
 * quoted or a comment to GMime is not decided twice. */
#include "parsers/message/field_limits.h"

#include "parsers/base/encoded_words.h"

#include <glib.h>

_Static_assert(SHORT_FIELD <= LIMIT_GROUPS, "what is not looked into is within the limits");
_Static_assert(SHORT_FIELD <= LIMIT_PARAMETERS, "what is not looked into is within the limits");

/* How the names of the fields begin that GMime reads while it parses. */
static const char *const read_by_gmime[] = {"Content-",   "Subject",     "From", "Sender",   "Reply-To",
                                            "To",         "Cc",          "Bcc",  "Resent-",  "Message-",
                                            "References", "In-Reply-To", "Date", "Autocrypt"};

static bool is_read_by_gmime(struct slice field) {
    for (size_t i = 0; i < G_N_ELEMENTS(read_by_gmime); i++)
        if (slice_starts_nocase(field, slice_of(read_by_gmime[i])))
            return true;
    return false;
}

/* The offset of the first such character beyond `most`, or the length. */
static size_t behind_most(struct slice s, char c, size_t most) {
    size_t at = slice_find_char(s, c);
    while (at < s.len && most--)
        at += 1 + slice_find_char(slice_from(s, at + 1), c);
    return at;
}

const char *field_limit(struct slice field, size_t *end) {
    if (field.len <= SHORT_FIELD || !is_read_by_gmime(field))
        return NULL;
    const struct {
        size_t end;
        const char *problem;
    } limits[] = {
        {MIN(LIMIT_FIELD, field.len), "a field is longer than 1 MiB"},
        {behind_most(field, ':', LIMIT_GROUPS),
         "more than " G_STRINGIFY(LIMIT_GROUPS) " address groups inside each other in one field"},
        {behind_most(field, ';', LIMIT_PARAMETERS),
         "more than " G_STRINGIFY(LIMIT_PARAMETERS) " parameters in one field"},
        {encoded_words_within(field),
         "more than " G_STRINGIFY(LIMIT_ENCODED_WORDS) " encoded words in one field, or more "
                                                       "than " G_STRINGIFY(
                                                           LIMIT_BROKEN_WORDS) " without an end"},
    };
    size_t first = 0;
    for (size_t i = 1; i < G_N_ELEMENTS(limits); i++)
        if (limits[i].end < limits[first].end)
            first = i;
    *end = limits[first].end;
    return *end < field.len ? limits[first].problem : NULL;
}
