/* Cleaning of outside text: see text.h. */
#include "parsers/base/text.h"

#include "parsers/base/hash.h"
#include "parsers/base/mime_text.h"
#include "parsers/base/visible.h"

#include <glib.h>
#include <inttypes.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define HIGH_BITS 0x8080808080808080U /* of each byte of a word */

#ifdef __SSE2__

#define PIECE 16

/* How many of sixteen bytes, which stand behind one that is no blank, are printable ASCII, and blanks only
 * where one stands alone before another of the sixteen. */
static size_t folded_at(const char *sixteen) {
    __m128i bytes = _mm_loadu_si128((const void *)sixteen);
    __m128i others = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')), /* of a sign: beyond ASCII */
                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
    unsigned blanks = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    unsigned wrong = (unsigned)_mm_movemask_epi8(others);
    wrong |= blanks & (blanks >> 1 | wrong >> 1 | 1U << (PIECE - 1));
    return wrong ? (size_t)__builtin_ctz(wrong) : PIECE;
}

#else

#define PIECE 1

static size_t folded_at(const char *one) {
    return *one > ' ' && *one < 0x7f;
}

#endif

static bool is_clean_line(struct slice s) {
    bool blank = true; /* a leading blank is to be dropped */
    for (size_t i = 0; i < s.len; i++) {
        for (size_t run = PIECE; run == PIECE && !blank && s.len - i > PIECE; i += run)
            run = folded_at(s.ptr + i);
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 || c >= 0x7f || (c == ' ' && blank))
            return false;
        blank = c == ' ';
    }
    return !blank || s.len == 0;
}

/* Is none of eight ASCII characters one that a block is cleaned of, or a line's end? Those are below 0x0e,
 * and adding 0x72 carries all others into the highest bit of their byte. */
static bool are_kept(const char *eight) {
    uint64_t word;
    memcpy(&word, eight, sizeof word);
    return ((word + 0x7272727272727272U) & HIGH_BITS) == HIGH_BITS;
}

static char *clean_into(char *out, struct slice s, bool keep_lines) {
    bool pending = false;
    char *start = out;
    while (s.len) {
        uint32_t c;
        if (keep_lines && s.len >= 8 && slice_is_ascii(slice_upto(s, 8)) && are_kept(s.ptr)) {
            memcpy(out, s.ptr, 8);
            out += 8;
            s = slice_from(s, 8);
            continue;
        }
        size_t used = character_next(s, &c);
        bool line_end = c == '\n' || c == '\r';
        if (keep_lines && line_end) {
            if (c == '\r' && s.len > 1 && s.ptr[1] == '\n')
                used = 2;
            *out++ = '\n';
            pending = false;
        } else if (keep_lines && (c == ' ' || (c >= '\t' && c <= '\r'))) {
            *out++ = ' ';
        } else if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0) {
            pending = out > start;
        } else if (c) {
            if (pending)
                *out++ = ' ';
            pending = false;
            out += g_unichar_to_utf8(c, out);
        }
        s = slice_from(s, used);
    }
    return out;
}

/* A block of plain ASCII, which is what most reports are. */
static char *clean_ascii_block(char *out, struct slice s) {
    for (const char *p = s.ptr, *end = s.ptr + s.len; p < end; p++) {
        for (; end - p > 8 && are_kept(p); p += 8, out += 8)
            memcpy(out, p, 8);
        unsigned char c = (unsigned char)*p;
        if (c == '\n' || (c == '\r' && (p + 1 == end || p[1] != '\n')))
            *out++ = '\n';
        else if (c == '\t' || c == '\v' || c == '\f')
            *out++ = ' ';
        else if (c && c != '\r')
            *out++ = (char)c;
    }
    return out;
}

/* A line of plain ASCII: white space folded. */
static char *clean_ascii_line(char *out, struct slice s) {
    char *start = out;
    bool pending = false;
    for (size_t i = 0; i < s.len; i++) {
        for (size_t run = PIECE; run == PIECE && out > start && !pending && s.len - i > PIECE;
             i += run, out += run) {
            run = folded_at(s.ptr + i);
            memcpy(out, s.ptr + i, PIECE);
        }
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            pending = out > start;
        } else if (c) {
            if (pending)
                *out++ = ' ';
            pending = false;
            *out++ = (char)c;
        }
    }
    return out;
}

/* Bytes that are not UTF-8 become three each (U+FFFD); nothing else grows. */
static struct slice clean(struct arena *arena, struct slice s, bool keep_lines) {
    if (s.len >= 3 && memcmp(s.ptr, "\xef\xbb\xbf", 3) == 0)
        s = slice_from(s, 3); /* a byte order mark; elsewhere it is a character */
    bool ascii = slice_is_ascii(s);
    bool grows = !ascii && !g_utf8_validate(s.ptr, (gssize)s.len, NULL);
    char *out = arena_open(arena, grows ? s.len * 3 : s.len);
    char *end = !ascii       ? clean_into(out, s, keep_lines)
                : keep_lines ? clean_ascii_block(out, s)
                             : clean_ascii_line(out, s);
    return arena_close(arena, out, (size_t)(end - out));
}

struct slice text_clean_line(struct arena *arena, struct slice s) {
    return is_clean_line(s) ? s : clean(arena, s, false);
}

struct slice text_clean_block(struct arena *arena, struct slice s) {
    return clean(arena, s, true);
}

/* What stands for the character at the start of `s`; '\0': itself does. */
static char plain_quote(struct slice s) {
    if (s.len < 3 || memcmp(s.ptr, "\xe2\x80", 2) != 0)
        return '\0';
    unsigned char last = (unsigned char)s.ptr[2];
    return last == 0x98 || last == 0x99 ? '\'' : last == 0x9c || last == 0x9d ? '"' : '\0';
}

struct slice text_plain_quotes(struct arena *arena, struct slice s) {
    if (slice_is_ascii(s) || slice_find(s, SLICE("\xe2\x80")) == s.len)
        return s;
    char *out = arena_open(arena, s.len);
    size_t used = 0;
    for (size_t i = 0; i < s.len;) {
        char plain = plain_quote(slice_from(s, i));
        out[used++] = plain ? plain : s.ptr[i];
        i += plain ? 3 : 1;
    }
    return arena_close(arena, out, used);
}

struct slice text_upto(struct slice s, size_t most) {
    size_t cut = most;
    while (cut && cut < s.len && most - cut < 4 && ((unsigned char)s.ptr[cut] & 0xc0) == 0x80)
        cut--;
    return slice_upto(s, most - cut < 4 ? cut : most); /* four in a row: it is not UTF-8 */
}

struct slice text_short(struct arena *arena, struct slice s, size_t most) {
    return s.len <= most ? s : arena_printf(arena, "%.*s…", S(text_upto(s, most)));
}

struct slice text_shown(struct arena *arena, struct slice s, size_t most) {
    return text_short(arena, text_clean_line(arena, s), most);
}

struct slice text_count(struct arena *arena, uint64_t count, struct slice between) {
    struct slice last = arena_printf(arena, "%" PRIu64, count % 1000);
    if (count < 1000)
        return last;
    struct slice first = text_count(arena, count / 1000, between);
    return arena_printf(arena, "%.*s%.*s%.*s%.*s", S(first), S(between), (int)(3 - last.len), "00", S(last));
}

/* Lower case of a character that is not ASCII, in as many bytes; itself where that needs more or fewer. */
static size_t fold_character(struct slice s, char *out) {
    uint32_t c;
    size_t used = character_next(s, &c);
    gunichar lower = g_unichar_tolower(c);
    if (c != 0xfffd && (size_t)g_unichar_to_utf8(lower, NULL) == used)
        g_unichar_to_utf8(lower, out);
    else
        memcpy(out, s.ptr, used);
    return used;
}

/* Eight characters to lower case, if all are ASCII: adding carries A, and what follows it, into the highest
 * bit of their byte, and what follows Z. */
static bool fold_eight(const char *eight, char *out) {
    uint64_t word;
    memcpy(&word, eight, sizeof word);
    if (word & HIGH_BITS)
        return false;
    uint64_t capitals = (word + 0x3f3f3f3f3f3f3f3fU) & ~(word + 0x2525252525252525U) & HIGH_BITS;
    word |= capitals >> 2;
    memcpy(out, &word, sizeof word);
    return true;
}

struct slice text_fold_case(struct arena *arena, struct slice s) {
    char *out = arena_alloc(arena, s.len + 1);
    for (size_t i = 0; i < s.len;) {
        if (s.len - i >= 8 && fold_eight(s.ptr + i, out + i)) {
            i += 8;
        } else if ((unsigned char)s.ptr[i] < 0x80) {
            out[i] = ascii_lower(s.ptr[i]);
            i++;
        } else {
            i += fold_character(slice_from(s, i), out + i);
        }
    }
    return (struct slice){out, s.len};
}

#define MOST_KEPT 8

struct converters {
    struct {
        GIConv handle;    /* NULL: there is none */
        uint64_t charset; /* the hash of its name, for that is a stranger's */
    } kept[MOST_KEPT];
    unsigned next; /* the place of the next one, whose own goes */
};

static void converter_close(GIConv handle) {
    if (handle && handle != (GIConv)-1)
        g_iconv_close(handle);
}

static void converters_free(void *data) {
    struct converters *c = data;
    for (unsigned i = 0; i < MOST_KEPT; i++)
        converter_close(c->kept[i].handle);
    g_free(c);
}

/* Opening a converter loads a module, and closing the last one unloads it: each thread keeps some. */
static void keep_loaded(const char *charset) {
    static GPrivate kept = G_PRIVATE_INIT(converters_free);
    struct converters *c = g_private_get(&kept);
    uint64_t hash = hash_bytes(charset, strlen(charset), 0);
    if (!c) {
        c = g_new0(struct converters, 1);
        g_private_set(&kept, c);
    }
    for (unsigned i = 0; i < MOST_KEPT; i++)
        if (c->kept[i].handle && c->kept[i].charset == hash)
            return;
    unsigned place = c->next++ % MOST_KEPT;
    converter_close(c->kept[place].handle);
    c->kept[place].charset = hash;
    c->kept[place].handle = g_iconv_open("UTF-8", charset);
}

struct slice text_to_utf8(struct arena *arena, struct slice s, const char *charset) {
    if (s.len == 0)
        return s;
    bool is_jis = memchr(s.ptr, 0x1b, s.len) != NULL;
    if (!is_jis && (slice_is_ascii(s) || g_utf8_validate(s.ptr, (gssize)s.len, NULL)))
        return s;
    if (is_jis) /* escapes say what it is, whatever the label says */
        charset = "iso-2022-jp";
    else if (charset == NULL || g_ascii_strcasecmp(charset, "us-ascii") == 0)
        charset = "iso-8859-1";
    charset = FROM_MODULE(MODULE_MESSAGE, mime_charset)(charset);
    keep_loaded(charset);
    g_autofree char *utf8 =
        g_convert_with_fallback(s.ptr, (gssize)s.len, "UTF-8", charset, "\xef\xbf\xbd", NULL, NULL, NULL);
    return utf8 ? arena_copy(arena, slice_of(utf8)) : s;
}

struct slice text_decode_header(struct arena *arena, struct slice s) {
    size_t word = slice_find(s, SLICE("=?"));
    if (word < s.len) {
        struct slice charset = slice_from(s, word + 2);
        keep_loaded(arena_string(arena, slice_upto(charset, MIN(slice_find_char(charset, '?'), 40))));
        return text_clean_line(arena, FROM_MODULE(MODULE_MESSAGE, mime_decode_header)(arena, s));
    }
    return text_clean_line(arena, text_to_utf8(arena, s, NULL));
}
