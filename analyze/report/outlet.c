/* Cleaning of values, and what their types ask for: see outlet.h. */
#include "analyze/report/outlet.h"

#include "analyze/report/disarm.h"
#include "analyze/report/redact.h"
#include "analyze/report/redact_plain.h"
#include "parsers/base/date.h"
#include "parsers/base/filled.h"
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
    v.text = redact_plain(text_visible(o->arena, text_seen(o->arena, v.text), form), o->arena);
    struct slice hidden = redactor_hide(o->redactor, v, o->arena);
    return disarm_strangers(o, v.type, slice_equal(hidden, v.text) ? shown : hidden);
}

static bool is_advice(enum value_type type) {
    return type == VALUE_ADVICE || type == VALUE_LINK;
}

/* Of a piece of a value. */
static enum value_type type_of(enum filled kind, enum value_type whole) {
    switch (kind) {
    case FILLED_USER:
        return VALUE_USER;
    case FILLED_SCRIPT:
        return VALUE_SCRIPT;
    case FILLED_STRANGER:
        return VALUE_STRANGER;
    default:
        return whole;
    }
}

/* What is filled in is shown as what it is; our own words of an advice stay as they are. */
static struct slice filled_to_show(const struct outlet *o, struct value v) {
    GString *out = g_string_sized_new(v.text.len);
    struct slice piece;
    enum filled kind;
    while (filled_next(&v.text, &piece, &kind)) {
        enum value_type type = type_of(kind, v.type);
        if (is_advice(type))
            piece = text_visible(o->arena, piece, o->is_page ? VISIBLE_LINE : VISIBLE_TEXT);
        else if (piece.len)
            piece = text_to_show(o, as_type(type, piece));
        g_string_append_len(out, piece.ptr ? piece.ptr : "", (gssize)piece.len);
    }
    struct slice shown = arena_copy(o->arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return shown;
}

static bool has_filled(struct value v) {
    bool is_ours = v.type == VALUE_NOTE || v.type == VALUE_SENTENCE;
    return is_advice(v.type) || (is_ours && slice_find_char(v.text, FILLED_OPEN) < v.text.len);
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
    default:
        if (has_filled(v))
            v.text = filled_to_show(o, v);
        else if (v.type != VALUE_SHOWN && v.text.len)
            v.text = text_to_show(o, v);
        return v.most ? text_short(o->arena, v.text, v.most) : v.text;
    }
}

void value_collect(const struct outlet *o, struct value v) {
    struct slice piece;
    enum filled kind;
    if (v.type > VALUE_SHOWN)
        return;
    if (is_advice(v.type) || !has_filled(v)) {
        redactor_collect(o->redactor, v);
        return;
    }
    while (filled_next(&v.text, &piece, &kind))
        redactor_collect(o->redactor, as_type(type_of(kind, v.type), piece));
}
