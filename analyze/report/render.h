/* Reports as text, Markdown, HTML and JSON. What a report says is decided once (present.c); a medium
 * only knows how a heading, a row, a step or a quotation looks. */
#ifndef MAILWHY_RENDER_H
#define MAILWHY_RENDER_H

#include "analyze/mailwhy.h"
#include "analyze/verdict/report.h"
#include "analyze/verdict/verify.h"

#include <glib.h>

struct page {
    const struct medium *medium;
    GString *out;
    unsigned width;
    bool color;
    bool verbose;
};

/* Rows of cells; one column may be wide, and stands on a line of its own where it does not fit. */
struct table {
    const char *const *heads;
    size_t columns, wide; /* wide: its number */
    struct slice *cells;  /* rows times columns */
    size_t rows;
};

enum emphasis { EMPHASIS_NONE, EMPHASIS_BAD, EMPHASIS_GOOD, EMPHASIS_WARN };

struct medium {
    void (*begin)(struct page *p);
    void (*title)(struct page *p, struct slice text, enum emphasis e);
    void (*section)(struct page *p, const char *name);
    void (*row)(struct page *p, const char *label, struct slice text);
    void (*step)(struct page *p, const char *label, unsigned number, struct slice text);
    void (*quote)(struct page *p, struct slice text, struct slice note);
    void (*table)(struct page *p, const struct table *t);
    void (*end)(struct page *p);
};

void present_report(struct page *p, const struct report *r, struct arena *arena);
void present_paths(struct page *p, const struct report *r, struct arena *arena); /* present_path.c */
struct slice fixer_words(const char *id);                                        /* who that is, for people */
void present_confirmations(struct page *p, const struct report *r, const struct verdict *v,
                           struct arena *arena); /* present_confirm.c */
void present_reply(struct page *p, const struct verdict *v, struct arena *arena);

/* What writing needs, kept from one report to the next. */
struct scratch {
    GString *out; /* empty between reports */
    struct arena arena;
};

/* Reports on logs (log_report.h makes their tables). */
struct log_tables;
void present_log(struct page *p, const struct log_tables *tables, struct arena *arena); /* present_log.c */

struct json;
void confirmations_json(struct json *j, const struct verdict *v, struct arena *arena); /* present_confirm.c */
struct verification;
void path_json(struct json *j, const struct delivery_path *path,
               const struct verification *v);                 /* path_json.c */
void auth_json(struct json *j, const struct verification *v); /* auth_json.c */
void dns_json(struct json *j, const struct auth *auth, struct arena *arena);
void checks_json(struct json *j, const struct check *first);
void findings_json(struct json *j, const struct verdict *v);
void auth_checks_json(struct json *j, const struct auth *auth, struct arena *arena);
void present_findings(struct page *p, const struct report *r, const struct verdict *v,
                      struct arena *arena); /* present_auth.c */
void present_verification(struct page *p, const struct report *r, struct arena *arena);
void present_spf_steps(struct page *p, const struct spf_verdict *spf, struct arena *arena);
void present_missing(struct page *p, const struct auth *auth, struct arena *arena);

#endif
