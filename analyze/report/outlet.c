/* Cleaning of values, and what their types ask for: see outlet.h. */
#include "analyze/report/outlet.h"

#include "analyze/report/redact.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#include <glib.h>
#include <inttypes.h>

static bool is_control(unsigned char c) {
    return c < 0x20 || c == 0x7f;
}

/* The bytes before the first one that needs a closer look. */
static size_t plain_length(struct slice s, bool is_page) {
    size_t n = 0;
    uint64_t eight;
    for (; !is_page && n + sizeof eight <= s.len; n += sizeof eight) {
        memcpy(&eight, s.ptr + n, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (n < s.len && (unsigned char)s.ptr[n] < 0x80 && !(is_page && is_control((unsigned char)s.ptr[n])))
        n++;
    return n;
}

/* Bytes that begin `s` and are one character; 0: they are none. */
static size_t character_length(struct slice s) {
    if ((unsigned char)s.ptr[0] < 0x80)
        return 1;
    gunichar c = g_utf8_get_char_validated(s.ptr, (gssize)s.len);
    return c == (gunichar)-1 || c == (gunichar)-2 ? 0 : (size_t)g_unichar_to_utf8(c, NULL);
}

static bool is_clean(struct slice s, bool is_page) {
    for (size_t used; s.len; s = slice_from(s, used)) {
        used = character_length(s);
        if (!used || (is_page && is_control((unsigned char)s.ptr[0])))
            return false;
    }
    return true;
}

/* Valid UTF-8: each byte that is none becomes U+FFFD. The one place where text is cleaned as it leaves. */
static struct slice clean(const struct outlet *o, struct slice s) {
    size_t plain = plain_length(s, o->is_page);
    if (plain == s.len || is_clean(slice_from(s, plain), o->is_page))
        return s;
    GString *out = g_string_sized_new(s.len + 16);
    for (size_t used; s.len; s = slice_from(s, MAX(used, 1))) {
        used = character_length(s);
        if (!used)
            g_string_append(out, "\xef\xbf\xbd");
        else if (o->is_page && is_control((unsigned char)s.ptr[0]))
            g_string_append_c(out, ' ');
        else
            g_string_append_len(out, s.ptr, (gssize)used);
    }
    struct slice copy = arena_copy(o->arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return copy;
}

static struct slice time_text(const struct outlet *o, int64_t seconds) {
    char text[24] = "";
    if (seconds != -1)
        date_format(seconds, text);
    return arena_copy(o->arena, slice_of(text));
}

struct slice value_show(const struct outlet *o, struct value v) {
    switch (v.type) {
    case VALUE_NUMBER:
        return arena_printf(o->arena, "%" PRId64, v.number);
    case VALUE_TIME:
        return time_text(o, v.number);
    case VALUE_TRUTH:
        return v.number ? SLICE("yes") : SLICE("no");
    default:
        if (v.type != VALUE_SHOWN && v.text.len)
            v.text = clean(o, v.text);
        if (o->redactor)
            v.text = redactor_hide(o->redactor, v, o->arena);
        return v.most ? text_upto(v.text, v.most) : v.text;
    }
}
