/* A glance at a text: see literal_glance.h. */
#include "parsers/rules/literal_glance.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CASE 0x20

/* How rare a letter is in English text; what is none is more common than any. */
static unsigned rarity(char c) {
    static const char letters[] = "etaoinshrdlucmfwypvbgkjqxz";
    const char *at = strchr(letters, c);
    return c && at ? 1 + (unsigned)(at - letters) : 0;
}

static inline bool is_pair_at(const struct literal_glance *g, unsigned n, const char *p) {
    return (p[0] | CASE) == g->pairs[n][0][0] && (p[1] | CASE) == g->pairs[n][1][0];
}

static bool has_pair(const struct literal_glance *g, struct slice literal) {
    for (unsigned n = 0; n < g->count; n++)
        for (size_t i = 0; i + 1 < literal.len; i++)
            if (is_pair_at(g, n, literal.ptr + i))
                return true;
    return false;
}

/* The rarest two bytes of the literal that do not stand in what is usual. */
static void add_pair(struct literal_glance *g, struct slice literal, struct slice usual) {
    size_t best = 0;
    unsigned most = 0;
    if (g->count == GLANCE_PAIRS) {
        g->is_blind = true;
        return;
    }
    for (size_t i = 0; i + 1 < literal.len; i++) {
        struct slice pair = slice_upto(slice_from(literal, i), 2);
        bool is_usual = slice_find(usual, pair) < usual.len;
        unsigned rare = is_usual ? 0 : 1 + rarity(pair.ptr[0]) + rarity(pair.ptr[1]);
        best = rare > most ? i : best;
        most = rare > most ? rare : most;
    }
    for (size_t i = 0; i < 2; i++)
        memset(g->pairs[g->count][i], literal.ptr[best + i] | CASE, GLANCE_WIDTH);
    g->count++;
}

struct literal_glance literal_glance_of(const struct literal_index *index, struct slice usual) {
    struct literal_glance g = {.is_blind = index->always_count > 0};
    for (uint32_t i = 1; i < index->entry_count; i++) {
        const struct literal_entry *e = &index->entries[i];
        struct slice literal = {index->pool + e->literal, e->length};
        g.is_blind |= !slice_is_ascii(literal);
        if (e[0].lead < e[1].lead && !has_pair(&g, literal))
            add_pair(&g, literal, usual);
    }
    return g;
}

#ifdef __SSE2__
static inline __m128i bytes_at(const char *p) {
    return _mm_loadu_si128((const void *)p);
}
#endif

/* Sixteen places and the byte behind them. Bytes beyond ASCII may stand for letters when they are folded. */
static inline bool may_be_at(const struct literal_glance *g, const char *p) {
#ifdef __SSE2__
    __m128i bytes = bytes_at(p);
    __m128i bit = _mm_set1_epi8(CASE);
    __m128i first = _mm_or_si128(bytes, bit);
    __m128i second = _mm_or_si128(bytes_at(p + 1), bit);
    __m128i hits = bytes;
    for (unsigned n = 0; n < g->count; n++)
        hits = _mm_or_si128(hits, _mm_and_si128(_mm_cmpeq_epi8(first, bytes_at(g->pairs[n][0])),
                                                _mm_cmpeq_epi8(second, bytes_at(g->pairs[n][1]))));
    return _mm_movemask_epi8(hits) != 0;
#else
    for (size_t i = 0; i < GLANCE_WIDTH; i++) {
        if (p[i] & 0x80)
            return true;
        for (unsigned n = 0; n < g->count; n++)
            if (is_pair_at(g, n, p + i))
                return true;
    }
    return false;
#endif
}

bool literal_glance(const struct literal_glance *g, struct slice text) {
    char few[GLANCE_WIDTH + 1] = {0};
    if (g->is_blind)
        return true;
    if (text.len < sizeof few) {
        if (text.len)
            memcpy(few, text.ptr, text.len);
        return may_be_at(g, few);
    }
    size_t last = text.len - sizeof few;
    for (size_t at = 0; at < last; at += GLANCE_WIDTH)
        if (may_be_at(g, text.ptr + at))
            return true;
    return may_be_at(g, text.ptr + last) || text.ptr[text.len - 1] & 0x80;
}
