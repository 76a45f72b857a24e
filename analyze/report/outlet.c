/* Cleaning of values, and what their types ask for: see outlet.h. */
#include "analyze/report/outlet.h"

#include "analyze/report/disarm.h"
#include "analyze/report/redact.h"
#include "analyze/verdict/advice.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"
#include "parsers/base/visible.h"

#include <inttypes.h>

static struct slice time_text(const struct outlet *o, int64_t seconds) {
    char text[32] = "";
    if (seconds != -1 && o->zone)
        zone_format(o->zone, seconds, text);
    else if (seconds != -1)
        date_format(seconds, text);
    return arena_copy(o->arena, slice_of(text));
}

static struct slice disarm_strangers(const struct outlet *o, enum value_type type, struct slice shown) {
    return o->disarms && type != VALUE_OURS ? disarm(shown, o->arena) : shown;
}

/* What is unseen could part a name, so nothing is looked for before it is gone; it is shown where nothing was
 * to be hidden. */
static struct slice text_to_show(const struct outlet *o, struct value v) {
    enum visible_form form = o->is_page ? VISIBLE_LINE : VISIBLE_TEXT;
    struct slice shown = text_visible(o->arena, v.text, form);
    if (o->collects)
        redactor_collect(o->redactor, v);
    if (!o->redactor || o->collects)
        return disarm_strangers(o, v.type, shown);
    v.text = redactor_plain(text_visible(o->arena, text_seen(o->arena, v.text), form), o->arena);
    struct slice hidden = redactor_hide(o->redactor, v, o->arena);
    return disarm_strangers(o, v.type, slice_equal(hidden, v.text) ? shown : hidden);
}

/* What is filled in is shown as a stranger's; our own words stay as they are. */
static struct slice advice_to_show(const struct outlet *o, struct slice text) {
    GString *out = g_string_sized_new(text.len);
    while (text.len) {
        size_t open = slice_find_char(text, ADVICE_OPEN);
        struct slice ours =
            text_visible(o->arena, slice_upto(text, open), o->is_page ? VISIBLE_LINE : VISIBLE_TEXT);
        text = slice_from(text, open + 1);
        size_t close = slice_find_char(text, ADVICE_CLOSE);
        struct slice filled = slice_upto(text, close);
        text = slice_from(text, close + 1);
        if (filled.len)
            filled = text_to_show(o, as_type(VALUE_STRANGER, filled));
        g_string_append_len(out, ours.ptr, (gssize)ours.len);
        g_string_append_len(out, filled.ptr, (gssize)filled.len);
    }
    struct slice shown = arena_copy(o->arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return shown;
}

struct slice value_show(const struct outlet *o, struct value v) {
    switch (v.type) {
    case VALUE_NUMBER:
        return arena_printf(o->arena, "%" PRId64, v.number);
    case VALUE_COUNT:
        return text_count(o->arena, (uint64_t)v.number, o->thousands.len ? o->thousands : SLICE(","));
    case VALUE_TIME:
        return v.most ? slice_upto(time_text(o, v.number), v.most) : time_text(o, v.number);
    case VALUE_TRUTH:
        return v.number ? SLICE("yes") : SLICE("no");
    case VALUE_ADVICE:
    case VALUE_LINK:
        v.text = advice_to_show(o, v.text);
        return v.most ? text_short(o->arena, v.text, v.most) : v.text;
    default:
        if (v.type != VALUE_SHOWN && v.text.len)
            v.text = text_to_show(o, v);
        return v.most ? text_short(o->arena, v.text, v.most) : v.text;
    }
}
