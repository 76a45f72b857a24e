/* The writer of structure: see writer.h. */
#include "analyze/report/writer.h"

#include "analyze/report/redact.h"
#include "parsers/base/text.h"

#define PIECE ((size_t)64 << 10) /* bytes that are passed on together */

static void begin_value(struct writer *w, const char *key) {
    if (w->needs_separator)
        w->syntax->separate(w->out);
    w->needs_separator = true;
    if (key)
        w->syntax->key(w->out, slice_of(key), true);
}

static void open(struct writer *w, const char *key, bool is_list) {
    if (!w->syntax)
        return;
    begin_value(w, key);
    w->syntax->open(w->out, is_list);
    w->needs_separator = false;
    if (w->depth++ == 0 && !is_list && w->outlet.redactor)
        write_value(w, "redacted", as_truth(true));
}

static void close(struct writer *w, bool is_list) {
    if (!w->syntax)
        return;
    w->syntax->close(w->out, is_list);
    w->needs_separator = true;
    w->depth--;
}

void write_object(struct writer *w, const char *key) {
    open(w, key, false);
}

void write_object_end(struct writer *w) {
    close(w, false);
}

void write_list(struct writer *w, const char *key) {
    open(w, key, true);
}

void write_list_end(struct writer *w) {
    close(w, true);
}

static void append_value(struct writer *w, struct value v) {
    if (v.type == VALUE_NUMBER || v.type == VALUE_COUNT)
        w->syntax->number(w->out, v.number);
    else if (v.type == VALUE_TRUTH)
        w->syntax->truth(w->out, v.number);
    else
        w->syntax->text(w->out, value_show(&w->outlet, v));
}

void write_value(struct writer *w, const char *key, struct value v) {
    if (!w->syntax) {
        value_collect(&w->outlet, v);
        return;
    }
    begin_value(w, key);
    append_value(w, v);
}

void write_known(struct writer *w, const char *key, struct value v) {
    if (value_is_known(v))
        write_value(w, key, v);
}

void write_entry(struct writer *w, struct value key, struct value v) {
    if (!w->syntax) {
        value_collect(&w->outlet, key);
        value_collect(&w->outlet, v);
        return;
    }
    begin_value(w, NULL);
    w->syntax->key(w->out, value_show(&w->outlet, key), false);
    append_value(w, v);
}

void write_record_end(struct writer *w) {
    if (w->record_end && w->syntax)
        g_string_append(w->out, w->record_end);
    w->needs_separator = false;
    write_pass_on(w);
}

void write_separator(struct writer *w) {
    if (w->separator && w->syntax)
        g_string_append(w->out, w->separator);
}

void write_pass_on(struct writer *w) {
    if (w->syntax && w->out->len >= PIECE) {
        w->sink(w->context, w->out->str, w->out->len);
        g_string_truncate(w->out, 0);
    }
    arena_reset(w->outlet.arena);
}

struct slice writer_line(const struct writer *w, struct slice text) {
    return text_clean_line(w->outlet.arena, text);
}
