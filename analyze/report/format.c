/* The table of formats, and what stands around reports: see format.h and mailwhy.h. */
#include "analyze/report/format.h"

/* The first is used where none is named. */
static const struct mailwhy_format *const formats[] = {&format_text, &format_markdown, &format_html,
                                                       &format_json, &format_ndjson};

const struct mailwhy_format *mailwhy_format_at(size_t number) {
    return number < G_N_ELEMENTS(formats) ? formats[number] : NULL;
}

const struct mailwhy_format *mailwhy_format_find(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

const char *mailwhy_format_name(const struct mailwhy_format *format) {
    return format->name;
}

static void pass_on(const char *text, mailwhy_sink *sink, void *context) {
    if (text)
        sink(context, text, strlen(text));
}

void mailwhy_begin(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context) {
    pass_on(format->begin, sink, context);
    pass_on(is_list ? format->list_begin : NULL, sink, context);
}

void mailwhy_separate(const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    pass_on(format->separator, sink, context);
}

void mailwhy_end(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context) {
    pass_on(is_list ? format->list_end : NULL, sink, context);
    pass_on(format->end, sink, context);
}
