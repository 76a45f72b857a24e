/* A page in one medium, for tests of media. */
#ifndef MAILWHY_TESTS_PAGE_H
#define MAILWHY_TESTS_PAGE_H

#include "analyze/report/format.h"
#include "analyze/report/page.h"
#include "tests/table.h"

static struct arena page_arena;

static inline struct page page_in(const struct mailwhy_format *format, unsigned width) {
    return (struct page){.medium = format->medium,
                         .out = g_string_new(NULL),
                         .outlet = {.arena = &page_arena, .redactor = NULL, .is_page = true},
                         .style = {.width = width}};
}

static inline void expect_page(struct page *p, const char *what, const char *expected) {
    expect_text(what, (struct slice){p->out->str, p->out->len}, expected);
    g_string_free(p->out, TRUE);
    arena_free(&page_arena);
}

#endif
