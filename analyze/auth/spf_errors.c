/* All that is wrong in the syntax of an SPF record: see spf_errors.h. */
#include "analyze/auth/spf_errors.h"

#include "analyze/auth/spf_meant.h"
#include "analyze/auth/spf_mend.h"
#include "parsers/base/text.h"

#define MOST_ERRORS 20
#define MOST_TERMS  200
#define MOST_SHOWN  120 /* bytes of a term */

static struct slice add(struct slice out, struct slice word, struct slice error, struct arena *arena) {
    struct slice meant = spf_term_mended(word, arena);
    struct slice shown = text_shown(arena, word, MOST_SHOWN);
    return arena_printf(arena, "%.*s; also at \"%.*s\" (%.*s%s%.*s)", S(out), S(shown), S(error),
                        meant.len ? "; meant is probably " : "", S(meant));
}

struct slice spf_errors_behind(struct slice text, struct slice first, struct arena *arena) {
    struct slice rest = slice_from(text, 6);
    struct slice word, out = SLICE_EMPTY;
    bool is_behind = false;
    unsigned errors = 0;
    for (unsigned i = 0; i < MOST_TERMS && errors < MOST_ERRORS && spf_word_next(&rest, arena, &word); i++) {
        struct spf_record record;
        if (is_behind && !spf_terms_parse(word, arena, &record)) {
            out = add(out, word, record.error, arena);
            errors++;
        }
        is_behind |= word.ptr && first.ptr && slice_starts_nocase(word, first);
    }
    return out;
}
