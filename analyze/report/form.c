/* Writing a report in any format: see form.h. */
#include "analyze/report/form.h"

#include "analyze/report/formats.h"
#include "analyze/report/json.h"
#include "analyze/report/text.h"

/* What only pages show, as lines of logs. */
static void collect_page(const struct report_form *form, const void *what, struct outlet outlet) {
    outlet.is_page = outlet.collects = true;
    struct page page = {.medium = &medium_none,
                        .out = g_string_new(NULL),
                        .outlet = outlet,
                        .style = {.width = 80, .verbose = true}};
    form->page(&page, what);
    g_string_free(page.out, TRUE);
}

struct redactor *report_collect(const struct redaction *redaction, const struct report_form *form,
                                const void *what, bool with_page) {
    struct arena arena = {0};
    if (!redaction)
        return NULL;
    struct redactor *redactor = redactor_new(redaction);
    struct writer writer = {.outlet = {.arena = &arena, .redactor = redactor}};
    if (form->structure)
        form->structure(&writer, what);
    if (form->page && ((with_page && form->page_says_more) || !form->structure))
        collect_page(form, what, writer.outlet);
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
                            .outlet = {.arena = &w->scratch->arena, .redactor = redactor, .is_page = false},
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
                        .outlet = {.arena = &w->scratch->arena,
                                   .redactor = redactor,
                                   .is_page = true,
                                   .thousands = language_thousands(w->style.language),
                                   .disarms = w->style.reader == READER_CUSTOMER},
                        .style = w->style,
                        .foot = w->foot};
    if ((w->heading.len || w->label.len) && w->format->heading) {
        w->format->heading(page.out, w->label, value_show(&page.outlet, as_file(w->heading)));
        pass_on(w);
    }
    form->page(&page, what);
}

void report_write(const struct writing *w, const struct report_form *form, const void *what) {
    bool is_structured = form->structure && (w->format->syntax || !form->page);
    struct redactor *redactor = report_collect(w->redaction, form, what, !is_structured);
    if (is_structured)
        write_structure(w, form, what, redactor);
    else
        write_page(w, form, what, redactor);
    pass_on(w);
    arena_reset(&w->scratch->arena);
    redactor_free(redactor);
}

static void append(void *text, const char *bytes, size_t length) {
    g_string_append_len(text, bytes, (gssize)length);
}

void form_write_alone(const struct mailwhy_format *format, const struct report_form *form, const void *what,
                      bool is_list, GString *out) {
    struct scratch scratch = {.out = g_string_new(NULL)};
    struct writing writing = {
        .format = format, .style = {.width = 80}, .scratch = &scratch, .sink = append, .context = out};
    format_begin(format, is_list, append, out);
    report_write(&writing, form, what);
    format_end(format, is_list, append, out);
    g_string_free(scratch.out, TRUE);
    arena_free(&scratch.arena);
}
