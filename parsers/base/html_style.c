/* Hidden elements: see html_style.h. */
#include "parsers/base/html_style.h"

#include "parsers/base/html_tag.h"

/* What a style attribute says that decides together with others of its properties. */
struct box {
    bool is_cut, is_flat; /* overflow:hidden; no height or no width */
};

/* A number with one digit of its fraction and its unit behind it, times 10; -1: it is none. */
static int tenths_of(struct slice value, struct slice *unit) {
    size_t digits = 0;
    bool has_fraction = value.len && value.ptr[0] == '.';
    int whole = has_fraction ? 0 : slice_number(value, &digits);
    if (whole < 0 || whole > 100000)
        return -1;
    struct slice rest = slice_from(value, digits);
    int tenths = 0;
    if (rest.len && rest.ptr[0] == '.') {
        rest = slice_from(rest, 1);
        tenths = rest.len && ascii_is_digit(rest.ptr[0]) ? rest.ptr[0] - '0' : 0;
        while (rest.len && ascii_is_digit(rest.ptr[0]))
            rest = slice_from(rest, 1);
    }
    *unit = slice_trim(rest);
    return whole * 10 + tenths;
}

static bool is_zero(struct slice value) {
    struct slice unit = SLICE_EMPTY; /* stays so where there is no number */
    return tenths_of(value, &unit) == 0;
}

static void read_display(struct html_style *style, struct box *box, struct slice value) {
    (void)box;
    style->is_hidden |= slice_equal_nocase(value, SLICE("none"));
}

static void read_visibility(struct html_style *style, struct box *box, struct slice value) {
    (void)box;
    style->has_visibility = true;
    style->is_unseen =
        slice_equal_nocase(value, SLICE("hidden")) || slice_equal_nocase(value, SLICE("collapse"));
}

static void read_opacity(struct html_style *style, struct box *box, struct slice value) {
    (void)box;
    style->is_hidden |= is_zero(value);
}

/* A size relative to the font around it (em, %) is looked at only where it is 0: no part of a tiny font is
 * larger. */
static void read_font_size(struct html_style *style, struct box *box, struct slice value) {
    (void)box;
    struct slice unit = SLICE_EMPTY; /* stays so where there is no number */
    int tenths = tenths_of(value, &unit);
    bool is_absolute = slice_equal_nocase(unit, SLICE("px")) || slice_equal_nocase(unit, SLICE("pt"));
    if (tenths < 0 || (tenths > 0 && !is_absolute))
        return;
    style->has_size = true;
    style->is_tiny = tenths <= 10;
}

static void read_extent(struct html_style *style, struct box *box, struct slice value) {
    (void)style;
    box->is_flat |= is_zero(value);
}

static void read_overflow(struct html_style *style, struct box *box, struct slice value) {
    (void)style;
    box->is_cut = slice_equal_nocase(value, SLICE("hidden"));
}

#define NAME(text)                                                                                           \
    { text, sizeof(text) - 1 }

static const struct {
    struct slice property;
    void (*read)(struct html_style *style, struct box *box, struct slice value);
} properties[] = {
    {NAME("display"), read_display},   {NAME("visibility"), read_visibility},
    {NAME("opacity"), read_opacity},   {NAME("font-size"), read_font_size},
    {NAME("height"), read_extent},     {NAME("max-height"), read_extent},
    {NAME("width"), read_extent},      {NAME("max-width"), read_extent},
    {NAME("overflow"), read_overflow},
};

static void read_property(struct html_style *style, struct box *box, struct slice declaration) {
    size_t colon = slice_find_char(declaration, ':');
    struct slice name = slice_trim(slice_upto(declaration, colon));
    struct slice value = slice_from(declaration, colon + 1);
    value = slice_trim(slice_upto(value, slice_find_char(value, '!'))); /* "!important" */
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (slice_equal_nocase(name, properties[i].property))
            properties[i].read(style, box, value);
}

static void read_style(struct html_style *style, struct slice text) {
    struct box box = {0};
    while (text.len) {
        struct slice declaration = slice_upto(text, slice_find_char(text, ';'));
        text = slice_from(text, declaration.len + 1);
        read_property(style, &box, declaration);
    }
    style->is_hidden |= box.is_cut && box.is_flat;
}

/* What is shown in lists of mail beside the subject, and hidden in the mail itself. */
static bool is_preheader(struct slice classes) {
    for (struct slice word; slice_next_word(&classes, &word);)
        if (slice_equal_nocase(word, SLICE("preheader")))
            return true;
    return false;
}

struct html_style html_style_read(struct slice attributes) {
    struct html_style style = {0};
    struct slice name;
    struct slice value;
    while (html_attribute_next(&attributes, &name, &value)) {
        if (slice_equal_nocase(name, SLICE("hidden")))
            style.is_hidden = true;
        else if (slice_equal_nocase(name, SLICE("class")))
            style.is_hidden |= is_preheader(value);
        else if (slice_equal_nocase(name, SLICE("style")))
            read_style(&style, value);
    }
    return style;
}
