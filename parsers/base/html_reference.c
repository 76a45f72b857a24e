/* Character references: see html_reference.h. */
#include "parsers/base/html_reference.h"

#include <glib.h>

#define LONGEST_NAME   32
#define LONGEST_LEGACY 6 /* of those that may stand without a semicolon */
#define LAST_CHARACTER 0x10ffff

/* Rows "name;text\n", sorted by their bytes; "," for the semicolon: it may be left out. One text, not an
 * array of pointers, which would have to be relocated at each start. */
static const char references[] =
#include "parsers/base/html_references.inc"
    ;

/* Windows-1252, which numbers from 128 to 159 mean. */
static const gunichar windows_1252[32] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                          0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                          0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                          0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

static size_t name_length(const char *row) {
    return strcspn(row, ";,");
}

/* As memcmp of the names: the shorter one is the lesser where one begins with the other. */
static int compare_name(struct slice name, const char *row) {
    size_t len = name_length(row);
    int order = memcmp(name.ptr, row, MIN(name.len, len));
    return order ? order : (name.len > len) - (name.len < len);
}

/* The row of a name; NULL: there is none. Halves the bytes, and goes back to the start of a row each time. */
static const char *find_row(struct slice name) {
    size_t low = 0;
    size_t high = sizeof references - 1;
    while (low < high) {
        size_t start = low + (high - low) / 2;
        while (start > low && references[start - 1] != '\n')
            start--;
        int order = compare_name(name, references + start);
        if (order == 0)
            return references + start;
        if (order < 0)
            high = start;
        else
            low = start + strcspn(references + start, "\n") + 1;
    }
    return NULL;
}

static void copy_text(const char *row, char out[HTML_REFERENCE_MOST], size_t *written) {
    const char *text = row + name_length(row) + 1;
    *written = strcspn(text, "\n");
    if (!*written) /* the line end itself: &NewLine; */
        *written = 1;
    memcpy(out, text, *written);
}

static size_t read_named(struct slice s, char out[HTML_REFERENCE_MOST], size_t *written) {
    size_t len = 1;
    while (len < s.len && len <= LONGEST_NAME && ascii_is_alnum(s.ptr[len]))
        len++;
    struct slice name = slice_from(slice_upto(s, len), 1);
    const char *row = len < s.len && s.ptr[len] == ';' ? find_row(name) : NULL;
    if (row) {
        copy_text(row, out, written);
        return len + 1;
    }
    for (name = slice_upto(name, LONGEST_LEGACY); name.len > 1; name.len--) {
        row = find_row(name);
        if (row && row[name.len] == ',') {
            copy_text(row, out, written);
            return name.len + 1;
        }
    }
    return 0;
}

static int digit_of(char c, bool is_hex) {
    if (is_hex)
        return g_ascii_xdigit_value(c);
    return ascii_is_digit(c) ? c - '0' : -1;
}

static gunichar character_of(gunichar number) {
    if (number >= 0x80 && number < 0xa0)
        return windows_1252[number - 0x80];
    return number && g_unichar_validate(number) ? number : 0xfffd;
}

static size_t read_numeric(struct slice s, char out[HTML_REFERENCE_MOST], size_t *written) {
    bool is_hex = s.len > 2 && ascii_lower(s.ptr[2]) == 'x';
    size_t start = is_hex ? 3 : 2;
    size_t at = start;
    gunichar number = 0;
    for (; at < s.len && digit_of(s.ptr[at], is_hex) >= 0; at++)
        if (number <= LAST_CHARACTER)
            number = number * (is_hex ? 16 : 10) + (gunichar)digit_of(s.ptr[at], is_hex);
    if (at == start)
        return 0;
    *written = (size_t)g_unichar_to_utf8(character_of(number), out);
    return at < s.len && s.ptr[at] == ';' ? at + 1 : at;
}

size_t html_reference_read(struct slice s, char out[HTML_REFERENCE_MOST], size_t *written) {
    if (s.len < 2 || s.ptr[0] != '&')
        return 0;
    return s.ptr[1] == '#' ? read_numeric(s, out, written) : read_named(s, out, written);
}
