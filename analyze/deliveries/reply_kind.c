/* What varies in replies: see reply_kind.h. The text is looked at in windows of 64 bytes, of each of which a
 * number holds a bit. */
#include "analyze/deliveries/reply_kind.h"

#include "parsers/base/scan.h"

#include <stdint.h>

#define WINDOW 64

/* Which bytes of a window are which. */
struct marks {
    uint64_t word; /* of a word: letters, digits, one of "-_+.@", or beyond ASCII */
    uint64_t digit, dot, at;
};

#ifdef __SSE2__

#define PIECE 16

static inline __m128i is_byte(__m128i bytes, char c) {
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

static inline uint64_t bits_of(__m128i bytes) {
    return (unsigned)_mm_movemask_epi8(bytes);
}

static inline void mark_piece(struct marks *m, const char *p, size_t shift) {
    __m128i bytes = _mm_loadu_si128((const void *)p);
    __m128i digit = scan_is_between(bytes, '0', '9');
    __m128i dot = is_byte(bytes, '.');
    __m128i at = is_byte(bytes, '@');
    __m128i letter = scan_is_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
    __m128i mark = _mm_or_si128(_mm_or_si128(is_byte(bytes, '-'), is_byte(bytes, '_')), is_byte(bytes, '+'));
    __m128i word = _mm_or_si128(_mm_or_si128(letter, mark), _mm_or_si128(digit, _mm_or_si128(dot, at)));
    m->word |= bits_of(_mm_or_si128(word, bytes)) << shift; /* its highest bit: beyond ASCII */
    m->digit |= bits_of(digit) << shift;
    m->dot |= bits_of(dot) << shift;
    m->at |= bits_of(at) << shift;
}

#else

#define PIECE 1

static inline void mark_piece(struct marks *m, const char *p, size_t shift) {
    uint64_t bit = (uint64_t)1 << shift;
    bool is_mark = *p == '-' || *p == '_' || *p == '+' || (unsigned char)*p >= 0x80;
    m->digit |= ascii_is_digit(*p) ? bit : 0;
    m->dot |= *p == '.' ? bit : 0;
    m->at |= *p == '@' ? bit : 0;
    m->word |= is_mark || ascii_is_alnum(*p) || *p == '.' || *p == '@' ? bit : 0;
}

#endif

static struct marks marks_of(struct slice window) {
    struct marks m = {0};
    char last[PIECE] = {0};
    size_t at = 0;
    for (; at + PIECE <= window.len; at += PIECE)
        mark_piece(&m, window.ptr + at, at);
    if (at < window.len) {
        memcpy(last, window.ptr + at, window.len - at);
        mark_piece(&m, last, at);
    }
    return m;
}

/* Bits below the one of that number, which may be WINDOW. */
static inline uint64_t below(size_t bit) {
    return bit < WINDOW ? ((uint64_t)1 << bit) - 1 : UINT64_MAX;
}

/* The bits without the three lowest that are set. */
static inline uint64_t without_three(uint64_t bits) {
    bits &= bits - 1;
    bits &= bits - 1;
    return bits & (bits - 1);
}

static inline bool are_three(uint64_t bits) {
    uint64_t but_two = bits & (bits - 1);
    but_two &= but_two - 1;
    return but_two && !without_three(bits);
}

/* What a word is made of. */
struct traits {
    bool has_at, has_dot;
    bool has_digits; /* four or more */
    bool is_ip;      /* nothing but digits and three dots */
};

static bool is_domain_of(struct slice word, struct slice recipient) {
    return recipient.len > word.len && recipient.ptr[recipient.len - word.len - 1] == '@' &&
           memcmp(recipient.ptr + recipient.len - word.len, word.ptr, word.len) == 0;
}

/* A word that names this mail, not what was wrong with it: an address, a number, a long id; or the
 * recipient's domain and the host that answered. 0: it stays. */
static char stand_in(struct slice word, struct traits t, const struct log_event *e) {
    if (t.has_at)
        return 'A';
    if (t.has_digits && t.is_ip)
        return 'I';
    if (t.has_digits && word.len >= 10)
        return 'T';
    if (!t.has_dot || word.len < 4)
        return 0;
    if (is_domain_of(word, e->recipient))
        return 'D';
    return slice_equal(word, reply_relay(e)) ? 'H' : 0;
}

/* A word without the dots and dashes that end it. */
static inline struct slice word_at(const char *start, size_t len) {
    while (len > 1 && (start[len - 1] == '.' || start[len - 1] == '-'))
        len--;
    return (struct slice){start, len};
}

/* The text from `from` on that is not written yet. */
struct writing {
    char *out;
    const char *from;
    const struct log_event *event;
};

static inline void write_upto(struct writing *w, const char *end) {
    memcpy(w->out, w->from, (size_t)(end - w->from));
    w->out += end - w->from;
    w->from = end;
}

static inline void write_word(struct writing *w, struct slice word, struct traits traits) {
    char letter = stand_in(word, traits, w->event);
    if (!letter)
        return;
    write_upto(w, word.ptr);
    *w->out++ = letter;
    w->from = word.ptr + word.len;
}

/* The words that end before bit `end` of the window at `p`. Only those with a digit, a dot or an @ can be
 * replaced. */
static void write_window(struct writing *w, const char *p, size_t end, const struct marks *m) {
    uint64_t telling = (m->digit | m->dot | m->at) & below(end);
    while (telling) {
        size_t in = (size_t)__builtin_ctzll(telling);
        uint64_t gaps = ~m->word & below(in);
        size_t start = gaps ? WINDOW - (size_t)__builtin_clzll(gaps) : 0;
        uint64_t behind = ~m->word & ~below(in);
        size_t stop = behind ? (size_t)__builtin_ctzll(behind) : WINDOW;
        stop = stop < end ? stop : end;
        telling &= ~below(stop);
        struct slice word = word_at(p + start, stop - start);
        uint64_t of = below(start + word.len) & ~below(start);
        bool has_digits = without_three(m->digit & of);
        if (!has_digits && !((m->dot | m->at) & of))
            continue;
        write_word(w, word,
                   (struct traits){.has_at = m->at & of,
                                   .has_dot = m->dot & of,
                                   .has_digits = has_digits,
                                   .is_ip = ((m->digit | m->dot) & of) == of && are_three(m->dot & of)});
    }
}

/* A word that is longer than a window; returns its end. */
static const char *write_long_word(struct writing *w, const char *p, const char *end) {
    struct traits traits = {false};
    const char *stop = p;
    for (size_t bytes = WINDOW; bytes == WINDOW; stop += bytes) {
        struct marks m = marks_of(slice_upto((struct slice){stop, (size_t)(end - stop)}, WINDOW));
        bytes = ~m.word ? (size_t)__builtin_ctzll(~m.word) : WINDOW;
    }
    struct slice word = word_at(p, (size_t)(stop - p));
    unsigned digits = 0;
    for (size_t i = 0; i < word.len; i++) {
        traits.has_at |= word.ptr[i] == '@';
        traits.has_dot |= word.ptr[i] == '.';
        digits += ascii_is_digit(word.ptr[i]);
    }
    traits.has_digits = digits >= 4;
    write_word(w, word, traits);
    return stop;
}

char *reply_kind_write(char *out, const struct log_event *event) {
    struct slice text = event->text;
    struct writing w = {out, text.ptr, event};
    if (!text.len)
        return out;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end;) {
        struct slice window = slice_upto((struct slice){p, (size_t)(end - p)}, WINDOW);
        struct marks m = marks_of(window);
        size_t whole = window.len;
        if (p + whole < end) { /* up to the last word, which may go on */
            uint64_t gaps = ~m.word;
            whole = gaps ? WINDOW - (size_t)__builtin_clzll(gaps) : 0;
        }
        write_window(&w, p, whole, &m);
        p = whole ? p + whole : write_long_word(&w, p, end);
    }
    write_upto(&w, end);
    return w.out;
}
