/* Names of other scripts in ASCII: see ascii_name.h. */
#include "parsers/base/ascii_name.h"

#include <idn2.h>

struct slice ascii_name(const char *name, struct arena *arena) {
    char *ascii = NULL;
    if (idn2_to_ascii_8z(name, &ascii, IDN2_NONTRANSITIONAL) != IDN2_OK)
        return SLICE_EMPTY;
    struct slice kept = arena_copy(arena, slice_of(ascii));
    idn2_free(ascii);
    return kept;
}
