/* What a signature covers: see dkim_coverage.h. */
#include "analyze/auth/dkim_coverage.h"

/* Those that RFC 6376 section 5.4.1 names, and RFC 8058 section 4; `is_shown`: readers see it, so that a
 * second one could deceive them. */
static const struct {
    const char *name;
    bool is_shown;
} important[] = {{"From", true},
                 {"Subject", true},
                 {"Date", true},
                 {"To", true},
                 {"Cc", false},
                 {"Reply-To", true},
                 {"Message-ID", false},
                 {"MIME-Version", false},
                 {"Content-Type", false},
                 {"Content-Transfer-Encoding", false},
                 {"List-Unsubscribe", false},
                 {"List-Unsubscribe-Post", false}};

static size_t count_fields(const struct header_fields *all, struct slice name) {
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += slice_equal_nocase(all->fields[i].name, name);
    return count;
}

static size_t count_signed(const struct signature *s, struct slice name) {
    size_t count = 0;
    for (struct slice rest = s->fields; rest.len;) {
        struct slice one = slice_upto(rest, slice_find_char(rest, ':'));
        rest = slice_from(rest, one.len + 1);
        count += slice_equal_nocase(slice_trim(one), name);
    }
    return count;
}

static struct slice list(struct slice names, const char *name, struct arena *arena) {
    return arena_printf(arena, "%.*s%s%s", S(names), names.len ? ", " : "", name);
}

struct dkim_coverage dkim_cover(const struct header_fields *all, const struct signature *s,
                                struct arena *arena) {
    struct dkim_coverage c = {0};
    struct slice bare = SLICE_EMPTY;
    struct slice over = SLICE_EMPTY;
    struct slice doubled = SLICE_EMPTY;
    for (size_t i = 0; i < sizeof important / sizeof *important; i++) {
        struct slice name = slice_of(important[i].name);
        size_t there = count_fields(all, name);
        size_t is_signed = count_signed(s, name);
        if (there && !is_signed)
            bare = list(bare, important[i].name, arena);
        if (is_signed > there)
            over = list(over, important[i].name, arena);
        if (is_signed && there > is_signed && important[i].is_shown)
            doubled = list(doubled, important[i].name, arena);
    }
    if (bare.len)
        c.words = arena_printf(arena, "not signed: %.*s", S(bare));
    if (over.len)
        c.words = arena_printf(arena, "%.*s%soversigned, so that nobody can add another: %.*s", S(c.words),
                               bare.len ? "; " : "", S(over));
    if (doubled.len)
        c.warning = arena_printf(
            arena,
            "there is more than one field of %.*s, and not all are signed: somebody may have added "
            "one, and mail programs may show that one",
            S(doubled));
    return c;
}
