/* What an editor made of plain characters: see typed.h. */
#include "parsers/dns/typed.h"

#include <stdint.h>

/* The first and last of neighbours in Unicode, and what they were typed as; '\0': nothing. */
static const struct {
    uint32_t first, last;
    char typed;
} characters[] = {
    {0x00a0, 0x00a0, ' '},  /* no-break space */
    {0x00ab, 0x00ab, '"'},  /* « */
    {0x00ad, 0x00ad, '\0'}, /* soft hyphen */
    {0x00bb, 0x00bb, '"'},  /* » */
    {0x037e, 0x037e, ';'},  /* Greek question mark */
    {0x2000, 0x200a, ' '},  /* en quad to hair space */
    {0x200b, 0x200f, '\0'}, /* zero width space to right-to-left mark */
    {0x2010, 0x2015, '-'},  /* hyphen to horizontal bar */
    {0x2018, 0x201f, '"'},  /* ‘ to ‟ */
    {0x202a, 0x202e, '\0'}, /* marks of direction */
    {0x202f, 0x202f, ' '},  /* narrow no-break space */
    {0x2060, 0x2060, '\0'}, /* word joiner */
    {0x2212, 0x2212, '-'},  /* minus */
    {0x3000, 0x3000, ' '},  /* ideographic space */
    {0xfeff, 0xfeff, '\0'}, /* byte order mark */
    /* letters of Greek and Cyrillic that look like Latin ones */
    {0x03b1, 0x03b1, 'a'},
    {0x03bd, 0x03bd, 'v'},
    {0x03bf, 0x03bf, 'o'},
    {0x0410, 0x0410, 'A'},
    {0x0412, 0x0412, 'B'},
    {0x0415, 0x0415, 'E'},
    {0x041a, 0x041a, 'K'},
    {0x041c, 0x041c, 'M'},
    {0x041e, 0x041e, 'O'},
    {0x0420, 0x0420, 'P'},
    {0x0421, 0x0421, 'C'},
    {0x0422, 0x0422, 'T'},
    {0x0425, 0x0425, 'X'},
    {0x0430, 0x0430, 'a'},
    {0x0435, 0x0435, 'e'},
    {0x043e, 0x043e, 'o'},
    {0x0440, 0x0440, 'p'},
    {0x0441, 0x0441, 'c'},
    {0x0443, 0x0443, 'y'},
    {0x0445, 0x0445, 'x'},
    {0x0455, 0x0455, 's'},
    {0x0456, 0x0456, 'i'},
    {0x0458, 0x0458, 'j'},
};

/* The character of two or three bytes of UTF-8 at the start, and how many they are; 0: none. */
static size_t take_character(struct slice rest, uint32_t *character) {
    const unsigned char *p = (const unsigned char *)rest.ptr;
    if (rest.len >= 2 && p[0] >= 0xc2 && p[0] < 0xe0 && (p[1] & 0xc0) == 0x80) {
        *character = (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3fU);
        return 2;
    }
    if (rest.len >= 3 && p[0] >= 0xe0 && p[0] < 0xf0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
        *character = (uint32_t)(p[0] & 0x0f) << 12 | (p[1] & 0x3fU) << 6 | (p[2] & 0x3fU);
        return 3;
    }
    return 0;
}

/* How many bytes the character takes, and what was typed; 0: it is none of these. */
static size_t find(struct slice rest, char *typed) {
    uint32_t c;
    size_t len = take_character(rest, &c);
    if (len && c >= 0xff01 && c <= 0xff5e) { /* the wide forms of ASCII */
        *typed = (char)(c - 0xff01 + '!');
        return len;
    }
    for (size_t i = 0; len && i < sizeof characters / sizeof *characters; i++) {
        *typed = characters[i].typed;
        if (c >= characters[i].first && c <= characters[i].last)
            return len;
    }
    return 0;
}

struct slice text_as_typed(struct slice text, struct arena *arena) {
    char *out = NULL;
    char typed;
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        size_t len = (unsigned char)text.ptr[i] >= 0xc2 ? find(slice_from(text, i), &typed) : 0;
        if (len && !out) {
            out = arena_open(arena, text.len + 1);
            memcpy(out, text.ptr, i);
            used = i;
        }
        if (len && typed)
            out[used++] = typed;
        else if (!len && out)
            out[used++] = text.ptr[i];
        i += len ? len - 1 : 0;
    }
    return out ? arena_close(arena, out, used) : text;
}
