/* Unveiling what Vade writes: see vade_cause.h. */
#include "parsers/message/vade_cause.h"

/* In the sum of the two letters: what is always added, and how much less for each letter before g. */
#define ADDED 'x'
#define STEP  16

/* The next letter, blanks of folding passed over; 0: there is none. */
static int next_letter(struct slice *rest) {
    size_t blanks = 0;
    while (blanks < rest->len && ascii_is_space(rest->ptr[blanks]))
        blanks++;
    *rest = slice_from(*rest, blanks);
    int c = rest->len && rest->ptr[0] >= 'a' && rest->ptr[0] <= 'z' ? rest->ptr[0] : 0;
    *rest = slice_from(*rest, rest->len > 0);
    return c;
}

struct slice vade_cause_read(struct slice value, struct arena *arena) {
    char *text = arena_alloc(arena, value.len / 2 + 1);
    size_t count = 0;
    while (value.len) {
        int one = next_letter(&value);
        int other = next_letter(&value);
        int c = one + other - ADDED - ('g' - (count % 2 ? one : other)) * STEP;
        if (!other && one)
            break; /* half a pair: it was cut */
        if (!one || c < ' ' || c > '~')
            return SLICE_EMPTY;
        text[count++] = (char)c;
    }
    return (struct slice){text, count};
}
