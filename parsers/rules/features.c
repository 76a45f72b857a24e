/* Features of a reply: see features.h. */
#include "parsers/rules/features.h"

#include "parsers/base/host.h"
#include "parsers/rules/concepts.h"

#include <sys/param.h>

/* What stands in place of a thing that differs from mail to mail. Words are in lower case: no word is one. */
enum mark {
    MARK_NONE,
    MARK_ADDRESS = 'A',
    MARK_HOST = 'H',
    MARK_IP = 'I',
    MARK_NUMBER = 'N',
    MARK_PAGE = 'P',
    MARK_STATUS = 'S',
    MARK_ID = 'X'
};

/* A letter, or a byte of one beyond ASCII. */
static bool is_letter(char c) {
    return ascii_is_alpha(c) || (c & 0x80) != 0;
}

static bool is_thing_end(char c) {
    static const bool ends[256] = {
        ['\0'] = true, [' '] = true, ['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true,
        ['\r'] = true, ['<'] = true, ['>'] = true,  ['('] = true,  [')'] = true,  ['['] = true,
        [']'] = true,  ['{'] = true, ['}'] = true,  ['"'] = true,  ['\''] = true, [';'] = true,
        [','] = true,  ['|'] = true, ['='] = true};
    return ends[(unsigned char)c];
}

/* What a piece without blanks and brackets consists of. */
struct make_up {
    size_t letters, digits, dots, colons, others;
    bool has_at, has_page;
};

static struct make_up make_up_of(struct slice s) {
    struct make_up m = {0};
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        m.letters += is_letter(c);
        m.digits += ascii_is_digit(c);
        m.dots += c == '.';
        m.colons += c == ':';
        m.has_at |= c == '@';
        m.has_page |= c == '/' && i > 1 && s.ptr[i - 1] == '/' && s.ptr[i - 2] == ':';
    }
    m.others = s.len - m.letters - m.digits - m.dots - m.colons;
    return m;
}

/* Do letters or digits stand on both sides of each dot, and letters behind the last? */
static bool is_host(struct slice s) {
    size_t label = 0;
    bool has_letters = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '.') {
            if (label == 0)
                return false;
            label = 0;
            has_letters = true;
            continue;
        }
        if (!is_letter(s.ptr[i]) && !ascii_is_digit(s.ptr[i]) && s.ptr[i] != '-' && s.ptr[i] != '_')
            return false;
        has_letters &= is_letter(s.ptr[i]);
        label++;
    }
    return label > 1 && has_letters;
}

/* The longest id that is read as words: "s3150", "ofr_506" are codes, and their letters tell whose. */
#define LONGEST_CODE 12

static enum mark mark_of(struct slice s) {
    struct make_up m = make_up_of(s);
    if (m.has_page)
        return MARK_PAGE;
    if (m.has_at)
        return MARK_ADDRESS;
    if (!m.letters && m.digits && m.digits + m.dots == s.len)
        return m.dots == 2 && s.len < 10 ? MARK_STATUS : m.dots >= 3 ? MARK_IP : MARK_NUMBER;
    if (m.colons >= 2 && m.digits && m.letters + m.digits + m.colons == s.len)
        return MARK_IP;
    if ((m.dots && is_host(s)) || host_is_machine(s))
        return MARK_HOST;
    return m.letters && m.digits && s.len > LONGEST_CODE && m.digits * 5 > s.len ? MARK_ID : MARK_NONE;
}

/* The reply as words with single blanks around each, in a fixed room. */
struct words {
    size_t used;
    char text[LIMIT_FEATURE_TEXT + 32];
};

static void put(struct words *w, char c) {
    if (w->used < sizeof w->text && !(c == ' ' && w->used && w->text[w->used - 1] == ' '))
        w->text[w->used++] = c;
}

static void put_mark(struct words *w, enum mark mark) {
    put(w, ' ');
    put(w, (char)mark);
    put(w, ' ');
}

/* Letters make words, digits numbers; the rest stands between them. A page keeps its words, which are those
 * of who made it: "support google com mail p nosuchuser". */
static void put_piece(struct words *w, struct slice s) {
    enum mark mark = mark_of(s);
    if (mark)
        put_mark(w, mark);
    if (mark && mark != MARK_PAGE)
        return;
    for (size_t i = 0; i < s.len; i++) {
        bool is_digit = ascii_is_digit(s.ptr[i]);
        if (is_digit && (i == 0 || !ascii_is_digit(s.ptr[i - 1])))
            put_mark(w, MARK_NUMBER);
        else if (!is_digit)
            put(w, is_letter(s.ptr[i]) ? s.ptr[i] : ' ');
    }
    put(w, ' ');
}

static void words_of(struct words *w, struct slice text) {
    text = slice_upto(text, LIMIT_FEATURE_TEXT);
    w->used = 0;
    put(w, ' ');
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && !is_thing_end(text.ptr[end]))
            end++;
        struct slice piece = {text.ptr + at, end - at};
        while (piece.len && strchr(".:!?-", piece.ptr[piece.len - 1]))
            piece.len--;
        if (piece.len)
            put_piece(w, piece);
        at = end + 1;
    }
}

static uint16_t bucket_of(uint32_t hash) {
    return (uint16_t)((hash ^ hash >> 15) & (FEATURE_BUCKETS - 1));
}

static uint64_t identity_of(const struct words *w) {
    uint64_t hash = 14695981039346656037u;
    size_t count = 0;
    for (size_t i = 0; i < w->used; i++) {
        hash = (hash ^ (unsigned char)w->text[i]) * 1099511628211u;
        count +=
            i && w->text[i - 1] == ' ' && is_letter(w->text[i]) && (w->text[i] < 'A' || w->text[i] > 'Z');
    }
    return count < WORDS_LEAST ? 0 : hash;
}

uint64_t features_identity(struct slice folded) {
    struct words w;
    words_of(&w, folded);
    return identity_of(&w);
}

/* Runs of RUN characters, over the blanks between words too. */
static size_t hash_runs(const struct words *w, uint16_t *buckets) {
    size_t count = 0;
    for (size_t i = 0; i + RUN <= w->used; i++) {
        uint32_t hash = word_hash(WORD_HASH_BEGIN, '#');
        for (size_t n = 0; n < RUN; n++)
            hash = word_hash(hash, (unsigned char)w->text[i + n]);
        buckets[count++] = bucket_of(hash);
    }
    return count;
}

/* Words, and each with the one and the two before it. */
static size_t hash_words(const struct words *w, uint16_t *buckets) {
    size_t count = 0;
    uint32_t word = WORD_HASH_BEGIN;
    uint32_t pair = 0;   /* of the word before */
    uint32_t triple = 0; /* of the two before */
    for (size_t i = 1; i < w->used; i++) {
        if (w->text[i] != ' ') {
            word = word_hash(word, (unsigned char)w->text[i]);
            continue;
        }
        buckets[count++] = bucket_of(word);
        if (pair)
            buckets[count++] = bucket_of((pair ^ word) * 2654435761u);
        if (triple)
            buckets[count++] = bucket_of((triple ^ word) * 2246822519u);
        triple = pair ? (pair * 31u) ^ (word * 16777619u) : 0;
        pair = word * 16777619u;
        word = WORD_HASH_BEGIN;
    }
    return count;
}

/* Concepts of the words, and each with those near behind it, whichever of the two comes first. */
static size_t hash_concepts(const struct words *w, uint16_t *buckets, struct wording *wording) {
    uint8_t concepts[CONCEPTS_READ];
    size_t count = 0;
    size_t known = concepts_of(&builtin_concepts, (struct slice){w->text, w->used}, concepts, CONCEPTS_READ);
    wording->concepts = known;
    for (size_t i = 0; i < known; i++) {
        wording->has_subject |= concept_is_subject(&builtin_concepts, concepts[i]);
        buckets[count++] = bucket_of((concepts[i] + 7u) * 2246822519u);
        for (size_t k = i + 1; k < known && k <= i + CONCEPTS_NEAR; k++) {
            uint32_t pair = (uint32_t)MIN(concepts[i], concepts[k]) << 8 | MAX(concepts[i], concepts[k]);
            if (concepts[i] != concepts[k])
                buckets[count++] = bucket_of((pair + 1u) * 3266489917u);
        }
    }
    return count;
}

/* The first digit of the code, the code, the enhanced code and its last two numbers. */
static size_t hash_codes(int code, const int enhanced[3], uint16_t *buckets) {
    size_t count = 0;
    const unsigned long numbers[] = {(unsigned long)(code / 100), (unsigned long)code};
    for (size_t i = 0; i < 2 && code > 0; i++)
        buckets[count++] = bucket_of((uint32_t)numbers[i] * 2654435761u + 17u);
    if (enhanced[0]) {
        uint32_t detail = (uint32_t)enhanced[1] * 1000u + (uint32_t)enhanced[2];
        buckets[count++] = bucket_of((detail + 1u) * 3266489917u);
        buckets[count++] = bucket_of((detail + 1u + (uint32_t)enhanced[0] * 1000000u) * 668265263u);
    }
    return count;
}

size_t features_of(int code, const int enhanced[3], struct slice folded, uint16_t buckets[FEATURES_MOST],
                   struct wording *wording) {
    struct words words;
    words_of(&words, folded);
    struct wording said = {.identity = identity_of(&words)};
    size_t count = hash_codes(code, enhanced, buckets);
    count += hash_words(&words, buckets + count);
    count += hash_concepts(&words, buckets + count, &said);
    said.of_words = count;
    if (wording)
        *wording = said;
    return count + hash_runs(&words, buckets + count);
}
