/* What an editor made of plain characters: see typed.h. */
#include "parsers/dns/typed.h"

/* The first and last of neighbours in UTF-8, and what they were typed as; '\0': nothing. */
static const struct {
    const char *first, *last;
    char typed;
} characters[] = {
    {"\xc2\xa0", "\xc2\xa0", ' '},          /* no-break space */
    {"\xc2\xab", "\xc2\xab", '"'},          /* « */
    {"\xc2\xbb", "\xc2\xbb", '"'},          /* » */
    {"\xe2\x80\x8b", "\xe2\x80\x8f", '\0'}, /* zero width space to right-to-left mark */
    {"\xe2\x80\x90", "\xe2\x80\x95", '-'},  /* hyphen to horizontal bar */
    {"\xe2\x80\x98", "\xe2\x80\x9f", '"'},  /* ‘ to ‟ */
    {"\xe2\x88\x92", "\xe2\x88\x92", '-'},  /* minus */
    {"\xef\xbb\xbf", "\xef\xbb\xbf", '\0'}, /* byte order mark */
};

/* How many bytes the character takes, and what was typed; 0: it is none of these. */
static size_t find(struct slice rest, char *typed) {
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        size_t len = strlen(characters[i].first);
        *typed = characters[i].typed;
        if (rest.len >= len && memcmp(rest.ptr, characters[i].first, len) >= 0 &&
            memcmp(rest.ptr, characters[i].last, len) <= 0)
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
