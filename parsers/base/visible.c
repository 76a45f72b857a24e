/* What of a text can be seen: see visible.h. */
#include "parsers/base/visible.h"

#include <glib.h>

/* Characters without ink whose property does not say so. */
static const struct {
    uint32_t first, last;
} fillers[] = {
    {0x034f, 0x034f},   /* combining grapheme joiner */
    {0x115f, 0x1160},   /* Hangul fillers */
    {0x17b4, 0x17b5},   /* Khmer inherent vowels */
    {0x180b, 0x180f},   /* Mongolian variation selectors, vowel separator */
    {0x2800, 0x2800},   /* blank of Braille */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xfe00, 0xfe0f},   /* variation selectors */
    {0xffa0, 0xffa0},   /* half-width Hangul filler */
    {0xfff9, 0xfffc},   /* interlinear annotations, object replacement */
    {0x13441, 0x13442}, /* blanks of Egyptian hieroglyphs */
    {0x16fe4, 0x16fe4}, /* Khitan filler */
    {0x1d159, 0x1d159}, /* musical null note head */
    {0xe0000, 0xe0fff}, /* tags, variation selectors */
};

static bool is_filler(uint32_t c) {
    for (size_t i = 0; i < G_N_ELEMENTS(fillers) && c >= fillers[i].first; i++)
        if (c <= fillers[i].last)
            return true;
    return false;
}

bool character_is_unseen(uint32_t c) {
    if (c < 0x80)
        return c < 0x20 || c == 0x7f;
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
        return true;
    default:
        return is_filler(c);
    }
}

size_t character_next(struct slice s, uint32_t *c) {
    *c = (unsigned char)s.ptr[0];
    if (*c < 0x80)
        return 1;
    *c = g_utf8_get_char_validated(s.ptr, (gssize)s.len);
    if (*c == (gunichar)-1 || *c == (gunichar)-2) {
        *c = 0xfffd;
        return 1;
    }
    return (size_t)g_unichar_to_utf8(*c, NULL);
}

static bool is_mark(uint32_t c) {
    if (c < 0x300)
        return false;
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

static bool is_line_space(uint32_t c) {
    return c == '\t' || c == '\n' || c == '\r';
}

/* Asks only for a look, of a symbol: "❤" as a picture. Dropping it hides nothing. */
static bool is_look_of_symbol(uint32_t c, uint32_t before) {
    if ((c != 0xfe0e && c != 0xfe0f) || before < 0xa0)
        return false;
    GUnicodeType type = g_unichar_type(before);
    return type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_MATH_SYMBOL ||
           type == G_UNICODE_MODIFIER_SYMBOL || type == G_UNICODE_OTHER_PUNCTUATION;
}

/* The bytes before the first one that needs a closer look: printable ASCII. */
static size_t plain_length(struct slice s) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t n = 0;
    for (uint64_t eight; n + sizeof eight <= s.len; n += sizeof eight) {
        memcpy(&eight, s.ptr + n, sizeof eight);
        uint64_t below_blank = eight - ones * 0x20;
        uint64_t is_delete = (eight ^ ones * 0x7f) - ones;
        if ((eight | below_blank | is_delete) & ones * 0x80)
            break;
    }
    while (n < s.len && s.ptr[n] >= 0x20 && s.ptr[n] < 0x7f)
        n++;
    return n;
}

struct showing {
    enum visible_form form;
    uint32_t before; /* the character before; 0: none that a mark could stand on */
    unsigned marks;  /* on it */
    unsigned run;    /* of unseen characters */
};

enum sight { SEEN, SEEN_AS_BLANK, DROPPED, UNSEEN };

static enum sight sight_of(const struct showing *show, uint32_t c) {
    if (c >= 0x20 && c < 0x7f)
        return SEEN;
    if (is_line_space(c))
        return show->form == VISIBLE_TEXT && c != '\r' ? SEEN : SEEN_AS_BLANK;
    if (is_look_of_symbol(c, show->before))
        return DROPPED;
    if (character_is_unseen(c))
        return UNSEEN;
    if (is_mark(c))
        return show->before && show->marks < VISIBLE_MARKS ? SEEN : UNSEEN;
    return show->form == VISIBLE_LINE && g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR ? SEEN_AS_BLANK
                                                                                        : SEEN;
}

static void end_run(struct showing *show, GString *out) {
    if (show->run > VISIBLE_RUN)
        g_string_append_printf(out, "<+%u>", show->run - VISIBLE_RUN);
    show->run = 0;
}

static void append_unseen(struct showing *show, uint32_t c, GString *out) {
    show->before = 0;
    if (show->run++ < VISIBLE_RUN)
        g_string_append_printf(out, "<U+%04X>", c);
}

static void append_seen(struct showing *show, uint32_t c, bool is_blank, GString *out) {
    end_run(show, out);
    show->marks = is_mark(c) ? show->marks + 1 : 0;
    show->before = c;
    if (is_blank)
        g_string_append_c(out, ' ');
    else
        g_string_append_unichar(out, c);
}

static bool is_visible(struct slice s, enum visible_form form) {
    struct showing show = {.form = form};
    uint32_t c;
    for (size_t used; s.len; s = slice_from(s, used)) {
        used = character_next(s, &c);
        bool is_bad = c == 0xfffd && used == 1;
        enum sight sight = sight_of(&show, c);
        if (is_bad || sight != SEEN)
            return false;
        show.marks = is_mark(c) ? show.marks + 1 : 0;
        show.before = c;
    }
    return true;
}

struct slice text_visible(struct arena *arena, struct slice s, enum visible_form form) {
    size_t plain = plain_length(s);
    if (plain == s.len || is_visible(slice_from(s, plain ? plain - 1 : 0), form))
        return s;
    g_autoptr(GString) out = g_string_sized_new(s.len + 16);
    struct showing show = {.form = form};
    uint32_t c;
    for (size_t used; s.len; s = slice_from(s, used)) {
        used = character_next(s, &c);
        enum sight sight = sight_of(&show, c);
        if (sight == UNSEEN)
            append_unseen(&show, c, out);
        else if (sight != DROPPED)
            append_seen(&show, c, sight == SEEN_AS_BLANK, out);
    }
    end_run(&show, out);
    return arena_copy(arena, (struct slice){out->str, out->len});
}

struct slice text_seen(struct arena *arena, struct slice s) {
    size_t plain = plain_length(s);
    size_t used;
    uint32_t c;
    for (size_t at = plain; at < s.len; at += used) {
        used = character_next(slice_from(s, at), &c);
        if (!is_line_space(c) && character_is_unseen(c))
            break;
        plain = at + used;
    }
    if (plain == s.len)
        return s;
    char *out = arena_open(arena, s.len);
    size_t length = 0;
    for (size_t at = 0; at < s.len; at += used) {
        used = character_next(slice_from(s, at), &c);
        if (!is_line_space(c) && character_is_unseen(c))
            continue;
        memcpy(out + length, s.ptr + at, used);
        length += used;
    }
    return arena_close(arena, out, length);
}
