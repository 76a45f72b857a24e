/* Writing a report in any format: see form.h. */
#include "analyze/report/form.h"

void report_write(const struct writing *w, const struct report_form *form, const void *what) {
    const struct mailwhy_options *o = w->options;
    if (form->structure && (!w->format->medium || !form->page)) {
        form->structure(w, what);
    } else {
        struct page page = {.medium = w->format->medium ? w->format->medium : format_text.medium,
                            .out = w->scratch->out,
                            .width = o->width ? o->width : 80,
                            .color = o->color,
                            .verbose = o->verbose};
        form->page(&page, what, &w->scratch->arena);
    }
    w->sink(w->context, w->scratch->out->str, w->scratch->out->len);
    g_string_truncate(w->scratch->out, 0);
    arena_reset(&w->scratch->arena);
}
