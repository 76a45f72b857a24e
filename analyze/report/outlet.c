/* Cleaning of values, and what their types ask for: see outlet.h. */
#include "analyze/report/outlet.h"

#include "analyze/report/redact.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"
#include "parsers/base/visible.h"

#include <inttypes.h>

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
            v.text = text_visible(o->arena, v.text, o->is_page ? VISIBLE_LINE : VISIBLE_TEXT);
        if (o->redactor)
            v.text = redactor_hide(o->redactor, v, o->arena);
        return v.most ? text_upto(v.text, v.most) : v.text;
    }
}
