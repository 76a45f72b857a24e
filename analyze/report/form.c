/* Writing a report in any format: see form.h. */
#include "analyze/report/form.h"

#include "analyze/report/json.h"
#include "analyze/report/text.h"

struct redactor *report_collect(const struct redaction *redaction, const struct report_form *form,
                                const void *what) {
    struct arena arena = {0};
    if (!redaction)
        return NULL;
    struct redactor *redactor = redactor_new(redaction);
    struct writer writer = {.outlet = {&arena, redactor, false}};
    if (form->structure)
        form->structure(&writer, what);
    arena_free(&arena);
    return redactor;
}

static void pass_on(const struct writing *w) {
    w->sink(w->context, w->scratch->out->str, w->scratch->out->len);
    g_string_truncate(w->scratch->out, 0);
}

static void write_structure(const struct writing *w, const struct report_form *form, const void *what,
                            struct redactor *redactor) {
    struct writer writer = {.syntax = w->format->syntax ? w->format->syntax : format_json.syntax,
                            .out = w->scratch->out,
                            .outlet = {&w->scratch->arena, redactor, false},
                            .is_records = w->format->is_records,
                            .record_end = w->format->record_end,
                            .separator = w->format->separator,
                            .sink = w->sink,
                            .context = w->context};
    form->structure(&writer, what);
}

static void write_page(const struct writing *w, const struct report_form *form, const void *what,
                       struct redactor *redactor) {
    struct page page = {.medium = w->format->medium ? w->format->medium : format_text.medium,
                        .out = w->scratch->out,
                        .outlet = {&w->scratch->arena, redactor, true},
                        .style = w->style};
    if (w->heading.len && w->format->heading) {
        w->format->heading(page.out, value_show(&page.outlet, as_stranger(w->heading)));
        pass_on(w);
    }
    form->page(&page, what);
}

void report_write(const struct writing *w, const struct report_form *form, const void *what) {
    struct redactor *redactor = report_collect(w->redaction, form, what);
    if (form->structure && (w->format->syntax || !form->page))
        write_structure(w, form, what, redactor);
    else
        write_page(w, form, what, redactor);
    pass_on(w);
    arena_reset(&w->scratch->arena);
    redactor_free(redactor);
}
