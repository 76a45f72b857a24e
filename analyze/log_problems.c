/* What goes wrong with logs: see log_problems.h. */
#include "analyze/log_problems.h"

#include "analyze/mailwhy.h"
#include "parsers/base/date.h"

#include <string.h>

char *shown_input_name(const struct redaction *redaction, const char *path) {
    if (strcmp(path, "-") == 0)
        return g_strdup("standard input");
    if (!redaction)
        return g_strdup(path);
    struct arena arena = {0};
    struct redactor *redactor = redactor_new(redaction);
    struct slice name = redactor_hide(redactor, as_file(slice_of(path)), &arena);
    char *shown = g_strndup(name.ptr, name.len);
    redactor_free(redactor);
    arena_free(&arena);
    return shown;
}

void log_problems_init(struct log_problems *p, const struct log_hearer *hearer,
                       const struct redaction *redaction) {
    *p = (struct log_problems){hearer, redaction, g_ptr_array_new_with_free_func(g_free),
                               g_ptr_array_new_with_free_func(g_free), MAILWHY_OK};
}

void log_problems_free(struct log_problems *p) {
    g_ptr_array_free(p->texts, TRUE);
    g_ptr_array_free(p->notes, TRUE);
}

void log_problems_add(void *problems, const char *path, int error, const char *damage) {
    struct log_problems *p = problems;
    g_autofree char *name = shown_input_name(p->redaction, path);
    p->status = MAX(p->status, error ? MAILWHY_NO_INPUT : MAILWHY_DATA);
    if (error)
        p->hearer->unreadable(p->hearer->context, path, error);
    else
        g_ptr_array_add(p->texts, g_strdup_printf("%s: %s", name, damage));
}

void log_problems_add_repeat(void *problems, const char *path, const char *other, bool is_start) {
    struct log_problems *p = problems;
    g_autofree char *name = shown_input_name(p->redaction, path);
    g_autofree char *by = shown_input_name(p->redaction, other);
    char *text =
        is_start ? g_strdup_printf("%s: all of it is the beginning of %s: it is counted once", name, by)
        : strcmp(path, other) == 0 ? g_strdup_printf("%s: named more than once: it is counted once", name)
                                   : g_strdup_printf("%s: the same as %s: it is counted once", name, by);
    g_ptr_array_add(p->notes, text);
}

void log_problems_add_no_log(struct log_problems *p, uint64_t lines, uint64_t known_lines,
                             const char *unread) {
    bool is_told = p->status == MAILWHY_NO_INPUT || (!lines && p->status == MAILWHY_DATA); /* why */
    if (known_lines || is_told)
        return;
    g_ptr_array_add(
        p->texts, g_strdup(!lines   ? "the input is empty"
                           : unread ? unread
                                    : "no line is one of a mail log that is known; a bounce or a message is "
                                      "explained without `log`"));
    p->status = MAILWHY_DATA;
}

static void add_outside(struct log_problems *p, const char *option, int64_t asked, const char *what,
                        int64_t end) {
    char day[24];
    char end_day[24];
    date_format(asked, day);
    date_format(end, end_day);
    g_ptr_array_add(p->notes,
                    g_strdup_printf("%s asks for %s, and the logs %s at %s: name the day too, as in %s %.10s",
                                    option, day, what, end_day, option, end_day));
}

void log_problems_add_outside(struct log_problems *p, int64_t since, int64_t until, int64_t first,
                              int64_t last) {
    if (since != -1 && last != -1 && last < since)
        add_outside(p, "--since", since, "end", last);
    if (until != -1 && first != -1 && first > until)
        add_outside(p, "--until", until, "begin", first);
}

void log_problems_print(const struct log_problems *p) {
    for (guint i = 0; i < p->texts->len; i++)
        p->hearer->text(p->hearer->context, p->texts->pdata[i]);
    for (guint i = 0; i < p->notes->len; i++)
        p->hearer->text(p->hearer->context, p->notes->pdata[i]);
}
