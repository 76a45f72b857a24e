/* JSON (RFC 8259), and NDJSON: a JSON object a line. */
#include "analyze/report/json.h"

#include "analyze/report/writer.h"
#include "parsers/base/decimal.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static void append_escape(GString *out, unsigned char c) {
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *p = short_forms; *p; p += 2)
        if ((unsigned char)*p == c) {
            g_string_append_c(out, '\\');
            g_string_append_c(out, p[1]);
            return;
        }
    g_string_append_printf(out, "\\u%04x", c);
}

static const bool is_escaped[256] = {[0 ... 0x1f] = true, ['"'] = true, ['\\'] = true, [0x7f] = true};

/* How many bytes need no escape. */
static size_t plain_run(struct slice s) {
    size_t run = 0;
#ifdef __SSE2__
    for (; run + 16 <= s.len; run += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(s.ptr + run));
        __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        __m128i others = _mm_or_si128(quotes, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
        unsigned places = (unsigned)_mm_movemask_epi8(_mm_or_si128(controls, others));
        if (places)
            return run + (size_t)__builtin_ctz(places);
    }
#endif
    while (run < s.len && !is_escaped[(unsigned char)s.ptr[run]])
        run++;
    return run;
}

/* So many bytes more, which are to be written to. No function is called where there is room. */
static char *lengthen(GString *out, size_t by) {
    size_t before = out->len;
    if (by < out->allocated_len - before) {
        out->len = before + by;
        out->str[out->len] = '\0';
    } else {
        g_string_set_size(out, before + by);
    }
    return out->str + before;
}

/* Needs no escapes. */
static void plain_text(GString *out, struct slice s) {
    char *place = lengthen(out, s.len + 2);
    place[0] = '"';
    if (s.len)
        memcpy(place + 1, s.ptr, s.len);
    place[s.len + 1] = '"';
}

static void text(GString *out, struct slice s) {
    size_t run = plain_run(s);
    if (run == s.len) {
        plain_text(out, s);
        return;
    }
    g_string_append_c(out, '"');
    for (; s.len; run = plain_run(s)) {
        g_string_append_len(out, s.ptr, (gssize)run);
        if (run < s.len)
            append_escape(out, (unsigned char)s.ptr[run++]);
        s = slice_from(s, run);
    }
    g_string_append_c(out, '"');
}

static void key(GString *out, struct slice name, bool is_ours) {
    if (is_ours)
        plain_text(out, name);
    else
        text(out, name);
    g_string_append_c(out, ':');
}

static void open(GString *out, bool is_list) {
    g_string_append_c(out, is_list ? '[' : '{');
}

static void close(GString *out, bool is_list) {
    g_string_append_c(out, is_list ? ']' : '}');
}

static void separate(GString *out) {
    g_string_append_c(out, ',');
}

static void number(GString *out, int64_t value) {
    char digits[DECIMAL_SIZE + 1];
    size_t length = (size_t)(decimal_write(digits, value) - digits);
    memcpy(lengthen(out, length), digits, length);
}

static void truth(GString *out, bool value) {
    g_string_append(out, value ? "true" : "false");
}

static const struct syntax syntax = {open, close, separate, key, text, number, truth};

const struct mailwhy_format format_json = {
    .name = "json", .syntax = &syntax, .list_begin = "[", .separator = ",\n", .list_end = "]", .end = "\n"};

const struct mailwhy_format format_ndjson = {
    .name = "ndjson", .syntax = &syntax, .is_records = true, .record_end = "\n"};
