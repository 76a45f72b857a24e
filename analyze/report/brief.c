/* Titles alone, a line each: see brief.h. */
#include "analyze/report/brief.h"

#include "analyze/report/page.h"

/* Behind the name of the input, where there are several. */
static void title(struct page *p, struct slice text, enum emphasis e) {
    (void)e; /* the words say it */
    if (p->foot.is_in_list && p->file.len)
        g_string_append_printf(p->out, "%.*s: ", S(p->file));
    g_string_append_len(p->out, text.ptr, (gssize)text.len);
    g_string_append_c(p->out, '\n');
}

static const struct medium medium = {.has_titles_only = true, .title = title};

const struct mailwhy_format format_brief = {.name = "brief", .medium = &medium};
