/* The table of formats: see formats.h. */
#include "analyze/report/formats.h"

#include "analyze/report/html.h"
#include "analyze/report/json.h"
#include "analyze/report/markdown.h"
#include "analyze/report/text.h"

/* The first is used where none is named. */
static const struct mailwhy_format *const formats[] = {&format_text, &format_markdown, &format_html,
                                                       &format_json, &format_ndjson};

const struct mailwhy_format *format_at(size_t number) {
    return number < G_N_ELEMENTS(formats) ? formats[number] : NULL;
}

const struct mailwhy_format *format_find(const char *name) {
    if (strcmp(name, "md") == 0) /* as its files end */
        return &format_markdown;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

static void pass_on(const char *text, report_sink *sink, void *context) {
    if (text)
        sink(context, text, strlen(text));
}

static void pass_made(void (*make)(GString *out, bool is_list), bool is_list, report_sink *sink,
                      void *context) {
    g_autoptr(GString) out = g_string_new(NULL);
    if (make)
        make(out, is_list);
    pass_on(out->str, sink, context);
}

void format_begin(const struct mailwhy_format *format, bool is_list, report_sink *sink, void *context) {
    pass_on(format->begin, sink, context);
    pass_made(format->begin_document, is_list, sink, context);
    pass_on(is_list ? format->list_begin : NULL, sink, context);
}

void format_separate(const struct mailwhy_format *format, report_sink *sink, void *context) {
    pass_on(format->separator, sink, context);
}

void format_end(const struct mailwhy_format *format, bool is_list, report_sink *sink, void *context) {
    pass_on(is_list ? format->list_end : NULL, sink, context);
    pass_on(format->end, sink, context);
    pass_made(format->end_document, is_list, sink, context);
}
