/* Formats, and documents of reports: see mailwhy.h. */
#include "analyze/report/formats.h"

#include "analyze/mailwhy.h"
#include "analyze/report/language.h"
#include "analyze/report/reader.h"

const struct mailwhy_format *mailwhy_format_at(size_t number) {
    return format_at(number);
}

const struct mailwhy_format *mailwhy_format_find(const char *name) {
    return format_find(name);
}

const char *mailwhy_format_name(const struct mailwhy_format *format) {
    return format->name;
}

bool mailwhy_format_is_structured(const struct mailwhy_format *format) {
    return format->syntax != NULL;
}

const char *mailwhy_reader_at(size_t number) {
    return reader_name(number);
}

const char *mailwhy_language_at(size_t number) {
    return language_code(number);
}

const char *mailwhy_language_of(const char *locales) {
    return language_of_locales(locales);
}

void mailwhy_begin(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context) {
    format_begin(format, is_list, sink, context);
}

void mailwhy_separate(const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    format_separate(format, sink, context);
}

void mailwhy_end(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context) {
    format_end(format, is_list, sink, context);
}
