/* What a signature covers: see dkim_coverage.h. */
#include "analyze/auth/dkim_coverage.h"

#define NAME(text)                                                                                           \
    { text, sizeof(text) - 1 }

/* Those that RFC 6376 section 5.4.1 names, and RFC 8058 section 4; `is_shown`: readers see it, so that a
 * second one could deceive them. */
static const struct {
    struct slice name;
    bool is_shown;
} important[] = {{NAME("From"), true},
                 {NAME("Subject"), true},
                 {NAME("Date"), true},
                 {NAME("To"), true},
                 {NAME("Cc"), false},
                 {NAME("Reply-To"), true},
                 {NAME("Message-ID"), false},
                 {NAME("MIME-Version"), false},
                 {NAME("Content-Type"), false},
                 {NAME("Content-Transfer-Encoding"), false},
                 {NAME("List-Unsubscribe"), false},
                 {NAME("List-Unsubscribe-Post"), false}};

#define IMPORTANT (sizeof important / sizeof *important)

/* How often each of them stands there, and how often it is signed. */
struct counts {
    size_t there[IMPORTANT], is_signed[IMPORTANT];
};

static void count_one(size_t *counts, struct slice name) {
    for (size_t i = 0; i < IMPORTANT; i++)
        if (slice_equal_nocase(name, important[i].name)) {
            counts[i]++;
            return;
        }
}

static void count_all(struct counts *c, const struct header_fields *all, struct slice list) {
    for (size_t i = 0; i < all->count; i++)
        if (all->fields[i].name.len)
            count_one(c->there, all->fields[i].name);
    while (list.len) {
        struct slice one = slice_upto(list, slice_find_char(list, ':'));
        list = slice_from(list, one.len + 1);
        one = slice_trim(one);
        if (one.len)
            count_one(c->is_signed, one);
    }
}

static struct slice list(struct slice names, struct slice name, struct arena *arena) {
    return arena_printf(arena, "%.*s%s%.*s", S(names), names.len ? ", " : "", S(name));
}

struct dkim_coverage dkim_cover(const struct header_fields *all, const struct signature *s,
                                struct arena *arena) {
    struct dkim_coverage c = {0};
    struct slice bare = SLICE_EMPTY;
    struct slice over = SLICE_EMPTY;
    struct slice doubled = SLICE_EMPTY;
    struct counts counts = {0};
    count_all(&counts, all, s->fields);
    for (size_t i = 0; i < IMPORTANT; i++) {
        size_t there = counts.there[i];
        size_t is_signed = counts.is_signed[i];
        struct slice name = important[i].name;
        if (there && !is_signed)
            bare = list(bare, name, arena);
        if (is_signed > there)
            over = list(over, name, arena);
        if (is_signed && there > is_signed && important[i].is_shown)
            doubled = list(doubled, name, arena);
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
