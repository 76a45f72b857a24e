/* Kinds of lines that are no event: see line_kinds.h. */
#include "parsers/log/line_kinds.h"

#include "parsers/base/text.h"

#include <glib.h>

#define SAMPLE_BYTES 300

static void add(struct line_kinds *kinds, struct line_kind kind) {
    struct line_kind *added = ARENA_NEW(&kinds->arena, struct line_kind);
    *added = kind;
    added->next = kinds->first;
    kinds->first = added;
    kinds->count++;
}

/* What a line shows of itself: of a login that failed or was cut short, nothing behind the words after which
 * a password may stand ("AUTH PLAIN AGtpbQ…", "given password: …"). */
static struct slice without_secret(struct slice text) {
    static const char *const words[] = {"AUTH PLAIN ", "AUTH LOGIN ", "AUTH CRAM-MD5 ", "AUTH XOAUTH2 ",
                                        "password",    "passwd=",     "pass=",          "PASS "};
    size_t end = text.len;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = slice_find_nocase(slice_upto(text, end), slice_of(words[i]));
        if (at + strlen(words[i]) < end)
            end = at + strlen(words[i]);
    }
    return slice_upto(text, end);
}

static struct slice keep(char *room, struct slice text) {
    if (text.len)
        memcpy(room, text.ptr, text.len);
    return (struct slice){room, text.len};
}

static bool is_before(uint64_t place, struct slice raw, const struct line_kind *kind) {
    if (place != kind->first)
        return place < kind->first;
    return slice_compare(raw, kind->raw) < 0;
}

static void set_sample(struct line_kinds *kinds, struct line_kind *kind, const struct log_line *line,
                       uint64_t place) {
    struct slice shown = slice_upto(without_secret(line->text), SAMPLE_BYTES);
    struct slice clean = text_upto(text_clean_line(&kinds->scratch, shown), SAMPLE_BYTES);
    kind->first = place;
    kind->raw = keep(kind->room, slice_upto(line->text, SAMPLE_BYTES));
    kind->sample = keep(kind->room + SAMPLE_BYTES, clean);
    arena_reset(&kinds->scratch);
}

static void count_line(struct line_kinds *kinds, struct line_kind *kind, const struct log_line *line,
                       uint64_t place) {
    kind->count++;
    if (place <= kind->first && is_before(place, slice_upto(line->text, SAMPLE_BYTES), kind))
        set_sample(kinds, kind, line, place);
}

static void add_line(struct line_kinds *kinds, struct line_kind kind, const struct log_line *line,
                     uint64_t place) {
    if (kinds->count >= LIMIT_KINDS)
        return;
    kind.name = arena_copy(&kinds->arena, kind.name);
    kind.room = arena_alloc(&kinds->arena, (size_t)2 * SAMPLE_BYTES);
    kind.count = 1;
    set_sample(kinds, &kind, line, place);
    add(kinds, kind);
}

void line_kinds_pass(struct line_kinds *kinds, const char *dialect, const char *key,
                     const struct log_line *line, uint64_t place) {
    for (struct line_kind *kind = kinds->first; kind; kind = kind->next)
        if (kind->key == key && kind->dialect == dialect) {
            count_line(kinds, kind, line, place);
            return;
        }
    add_line(kinds,
             (struct line_kind){.dialect = dialect, .key = key, .name = slice_of(key), .is_known = true},
             line, place);
}

/* What makes lines alike: the program and the first words that are no number, address or id. */
static struct slice name_of(const struct log_line *line, char *name, size_t room) {
    size_t used = 0;
    struct slice rest = slice_upto(without_secret(line->message), 200);
    struct slice word;
    size_t words = 0;
    for (size_t i = 0; i < line->program.len && used < 30; i++)
        name[used++] = line->program.ptr[i];
    while (words < 4 && slice_next_word(&rest, &word)) {
        bool is_plain = word.len < 20;
        for (size_t i = 0; i < word.len; i++)
            is_plain &= ascii_is_alpha(word.ptr[i]) || strchr("-_:,.'", word.ptr[i]) != NULL;
        if (!is_plain || used + word.len + 2 > room)
            continue;
        if (used)
            name[used++] = ' ';
        memcpy(name + used, word.ptr, word.len);
        used += word.len;
        words++;
    }
    return (struct slice){name, used};
}

/* Count a line of a kind that has no key, but a name. */
static void add_named(struct line_kinds *kinds, struct line_kind named, const struct log_line *line,
                      uint64_t place) {
    for (struct line_kind *kind = kinds->first; kind; kind = kind->next)
        if (!kind->key && kind->trouble == named.trouble && slice_equal(kind->name, named.name)) {
            count_line(kinds, kind, line, place);
            return;
        }
    add_line(kinds, named, line, place);
}

static void add_unknown(struct line_kinds *kinds, struct slice name, const struct log_line *line,
                        uint64_t place) {
    add_named(kinds, (struct line_kind){.dialect = "?", .name = name}, line, place);
}

static const char *const troubles[] = {"warning", "error", "fatal", "panic"};

const char *line_kinds_trouble(struct slice word) {
    for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
        if (slice_equal(word, slice_of(troubles[i])))
            return troubles[i];
    return NULL;
}

void line_kinds_add_trouble(struct line_kinds *kinds, const struct log_line *line, uint64_t place) {
    char text[80];
    for (size_t i = 0; line->message.len && i < G_N_ELEMENTS(troubles); i++) {
        if (line->message.ptr[0] != troubles[i][0])
            continue;
        size_t len = strlen(troubles[i]);
        if (line->message.len <= len + 1 || memcmp(line->message.ptr, troubles[i], len) != 0 ||
            line->message.ptr[len] != ':')
            continue;
        struct line_kind named = {.dialect = "?",
                                  .name = name_of(line, text, sizeof text),
                                  .trouble = troubles[i],
                                  .is_known = true};
        add_named(kinds, named, line, place);
    }
}

void line_kinds_add_unknown(struct line_kinds *kinds, const struct log_line *line, uint64_t place) {
    char text[80];
    add_unknown(kinds, name_of(line, text, sizeof text), line, place);
}

void line_kinds_add_unknown_as(struct line_kinds *kinds, const char *dialect, const char *what,
                               struct slice word, const struct log_line *line, uint64_t place) {
    char text[120];
    size_t used = (size_t)g_snprintf(text, sizeof text, "%.40s: %.30s ", dialect, what);
    for (size_t i = 0; i < word.len && used < sizeof text; i++) {
        char c = word.ptr[i];
        text[used++] = ascii_is_alnum(c) || c == '-' || c == '_' ? c : ' ';
    }
    add_unknown(kinds, slice_trim((struct slice){text, used}), line, place);
}

static bool is_same(const struct line_kind *a, const struct line_kind *b) {
    return a->is_known == b->is_known && a->trouble == b->trouble && slice_equal(a->name, b->name) &&
           strcmp(a->dialect, b->dialect) == 0;
}

void line_kinds_merge_one(struct line_kinds *to, const struct line_kind *kind) {
    struct line_kind *known = to->first;
    while (known && !is_same(known, kind))
        known = known->next;
    if (!known) {
        struct line_kind copy = *kind;
        copy.key = NULL;
        copy.name = arena_copy(&to->arena, kind->name);
        copy.room = arena_alloc(&to->arena, (size_t)2 * SAMPLE_BYTES);
        copy.count = 0;
        copy.first = UINT64_MAX;
        copy.raw = copy.sample = SLICE_EMPTY;
        add(to, copy);
        known = to->first;
    }
    if (!known->count || is_before(kind->first, kind->raw, known)) {
        known->first = kind->first;
        known->raw = keep(known->room, slice_upto(kind->raw, SAMPLE_BYTES));
        known->sample = keep(known->room + SAMPLE_BYTES, text_upto(kind->sample, SAMPLE_BYTES));
    }
    known->count += kind->count;
}

void line_kinds_merge(struct line_kinds *to, const struct line_kinds *from) {
    for (const struct line_kind *kind = from->first; kind; kind = kind->next)
        line_kinds_merge_one(to, kind);
}

static gint by_count(gconstpointer a, gconstpointer b) {
    const struct line_kind *x = *(const struct line_kind *const *)a;
    const struct line_kind *y = *(const struct line_kind *const *)b;
    if (x->is_known != y->is_known)
        return x->is_known - y->is_known;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return is_before(x->first, x->raw, y) ? -1 : 1;
}

void line_kinds_sort(struct line_kinds *kinds) {
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (struct line_kind *kind = kinds->first; kind; kind = kind->next)
        g_ptr_array_add(list, kind);
    g_ptr_array_sort(list, by_count);
    struct line_kind **end = &kinds->first;
    for (guint i = 0; i < list->len; i++) {
        *end = list->pdata[i];
        end = &(*end)->next;
    }
    *end = NULL;
}

void line_kinds_free(struct line_kinds *kinds) {
    arena_free(&kinds->arena);
    arena_free(&kinds->scratch);
    *kinds = (struct line_kinds){0};
}
