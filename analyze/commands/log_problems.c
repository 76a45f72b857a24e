/* What goes wrong with logs: see log_problems.h. */
#include "analyze/commands/log_problems.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/status.h"

#include <string.h>

void log_problems_init(struct log_problems *p) {
    *p = (struct log_problems){g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free),
                               STATUS_OK};
}

void log_problems_free(struct log_problems *p) {
    g_ptr_array_free(p->texts, TRUE);
    g_ptr_array_free(p->notes, TRUE);
}

void log_problems_add(void *problems, const char *path, int error, const char *damage) {
    struct log_problems *p = problems;
    g_autofree char *name = complain_input_name(path);
    p->status = MAX(p->status, error ? STATUS_NO_INPUT : STATUS_DATA);
    if (error)
        complain_of_input_error(path, error);
    else
        g_ptr_array_add(p->texts, g_strdup_printf("%s: %s", name, damage));
}

void log_problems_add_repeat(void *problems, const char *path, const char *other, bool is_start) {
    struct log_problems *p = problems;
    g_autofree char *name = complain_input_name(path);
    g_autofree char *by = complain_input_name(other);
    char *text =
        is_start ? g_strdup_printf("%s: all of it is the beginning of %s: it is counted once", name, by)
        : strcmp(path, other) == 0 ? g_strdup_printf("%s: named more than once: it is counted once", name)
                                   : g_strdup_printf("%s: the same as %s: it is counted once", name, by);
    g_ptr_array_add(p->notes, text);
}

void log_problems_add_no_log(struct log_problems *p, uint64_t lines, uint64_t known_lines) {
    if (known_lines || p->status == STATUS_NO_INPUT)
        return;
    g_ptr_array_add(p->texts,
                    g_strdup(lines ? "no line is one of a mail log that is known" : "the input is empty"));
    p->status = STATUS_DATA;
}

void log_problems_print(const struct log_problems *p) {
    for (guint i = 0; i < p->texts->len; i++)
        complain(p->texts->pdata[i]);
    for (guint i = 0; i < p->notes->len; i++)
        complain(p->notes->pdata[i]);
}
