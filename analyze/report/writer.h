/* The one writer of what is structured: reports are walked once, as objects, lists and typed values. What the
 * structure looks like is a syntax (json.c); with none, nothing is written and the values are collected, so
 * that a redactor knows what must not appear. Values leave through value_show. */
#ifndef MAILWHY_WRITER_H
#define MAILWHY_WRITER_H

#include "analyze/report/format.h"
#include "analyze/report/outlet.h"

#include <glib.h>

/* How structure is written. Texts are valid UTF-8. */
struct syntax {
    void (*open)(GString *out, bool is_list);
    void (*close)(GString *out, bool is_list);
    void (*separate)(GString *out); /* between two values of an object or list */
    void (*key)(GString *out, struct slice key,
                bool is_ours); /* before a value in an object; ours are plain */
    void (*text)(GString *out, struct slice text);
    void (*number)(GString *out, int64_t number);
    void (*truth)(GString *out, bool truth);
};

struct writer {
    const struct syntax *syntax; /* NULL: collect */
    GString *out;
    struct outlet outlet;
    bool is_records;                    /* one record per recipient, each with all that belongs to it */
    const char *record_end, *separator; /* behind a record; between two reports of a list; NULL: nothing */
    bool needs_separator;
    unsigned
        depth; /* of the objects and lists that are open; the outermost object says that it is redacted */
    report_sink *sink; /* gets what is finished, in pieces */
    void *context;
};

/* Objects and lists; the key is NULL inside a list, and of the whole. */
void write_object(struct writer *w, const char *key);
void write_object_end(struct writer *w);
void write_list(struct writer *w, const char *key);
void write_list_end(struct writer *w);

/* A value; write_known writes nothing where the value is not known (an empty text, no time). */
void write_value(struct writer *w, const char *key, struct value value);
void write_known(struct writer *w, const char *key, struct value value);

/* A value whose key comes from outside. */
void write_entry(struct writer *w, struct value key, struct value value);

/* The end of a record, or of the whole report. */
void write_record_end(struct writer *w);

/* What stands on one line of a log, cleaned of control characters. */
struct slice writer_line(const struct writer *w, struct slice text);

/* Between two reports that are written as one list. */
void write_separator(struct writer *w);

/* A place at which what was written may be passed on, and the outlet's arena be reset. */
void write_pass_on(struct writer *w);

#endif
