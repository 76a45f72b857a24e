/* A page for people: titles, sections, labelled rows, steps, quotations and tables of typed values. What it
 * says is decided once (present*.c); a medium (text.c, markdown.c, html.c) only knows how each looks.
 * Sentences are made by page_say of our words and typed values: text that was not typed cannot get onto a
 * page. */
#ifndef MAILWHY_PAGE_H
#define MAILWHY_PAGE_H

#include "analyze/report/language.h"
#include "analyze/report/outlet.h"
#include "analyze/report/reader.h"
#include "analyze/report/words.h"

#include <glib.h>

/* How much, and how, as the reader wants it. */
struct page_style {
    unsigned width; /* of text */
    bool color, verbose;
    enum reader reader;
    const struct language *language; /* of the customer's page; NULL: English, as all others */
    const struct rulebase *rules; /* what other readers than support are told; NULL: they are told nothing */
};

/* What stands at the foot of a report, and around it. */
struct page_foot {
    const char *options; /* as they were given; NULL: not known, as in the library */
    const char *verify;  /* the command that asks the DNS, with these options; NULL: nobody typed one */
    int64_t now;         /* seconds since the epoch; 0: not known */
    bool is_in_list;     /* the report is one of several in its document */
};

struct page {
    const struct medium *medium;
    GString *out;
    struct outlet outlet;
    struct page_style style;
    struct page_foot foot;
    struct slice file; /* of which the report is, as it may be shown; empty: none */
    unsigned open;     /* what the medium has begun and not ended: its own */
};

enum emphasis { EMPHASIS_NONE, EMPHASIS_BAD, EMPHASIS_GOOD, EMPHASIS_WARN };
#define EMPHASES (EMPHASIS_WARN + 1)

/* Rows of cells below heads; one column may be wide, and stands on a line of its own where it does not fit.
 */
struct table {
    size_t columns, wide; /* wide: its number; none: as columns */
    struct slice *heads, *cells;
    size_t rows;
    size_t filled;         /* heads and cells so far */
    size_t names;          /* the column that names a row; none: as columns */
    bool *are_numbers;     /* of each column: are all its cells numbers? */
    enum emphasis *states; /* of each cell, as the heads and cells are */
};

/* A picture beside a table: what it shows stands there in numbers too, so a medium may leave it out. */
struct chart {
    enum { CHART_OVER_TIME, CHART_RANKED } kind;
    struct slice about;            /* what is to be seen, in a sentence */
    size_t series_count, count;    /* parts of a bar, bars */
    struct slice *series, *labels; /* names of the parts, of the bars */
    enum emphasis *states;         /* of the parts */
    uint64_t *values;              /* those of the first bar, of the second … */
};

/* Where a message was, and how it went on from there. */
struct station {
    struct slice name, detail;
    struct slice leg;    /* of the way to here: how long, with TLS or not; empty: nothing is known */
    enum emphasis state; /* of that leg: GOOD is encrypted, BAD is where it was refused */
    bool is_believed;    /* own hosts saw it; else anybody may have written it */
};
struct way {
    struct slice about, boundary; /* boundary: what stands where belief begins */
    struct station *stations;
    size_t count;
};

/* What a part of a text is, for a medium that sets the words of strangers apart. */
enum span_kind {
    SPAN_OURS,
    SPAN_VALUE, /* a stranger's */
    SPAN_NOTE,  /* a sentence of ours with a stranger's words somewhere in it */
    SPAN_LINK,  /* of our rules */
    SPAN_REPORT /* the number of a report that follows */
};

struct span {
    enum span_kind kind;
    struct slice text;
};

/* Take the next part off a text of a medium that has spans. false: nothing is left. */
bool page_next_span(struct slice *rest, struct span *span);

/* Do our own words name commands, in backticks? Values may be filled in between two of them. */
bool page_has_commands(struct slice text);

/* How a page looks. The texts are one line each, without control characters; a medium escapes them. Where it
 * has spans, texts are read by page_next_span. What is NULL has no place on it. */
struct medium {
    bool has_spans;
    bool has_titles_only; /* each recipient then has one */
    void (*begin)(struct page *p);
    void (*about)(struct page *p, struct slice title);
    void (*title)(struct page *p, struct slice text, enum emphasis e);
    void (*section)(struct page *p, struct slice name, bool is_folded);
    void (*row)(struct page *p, struct slice label, struct slice text, enum emphasis e);
    void (*item)(struct page *p, struct slice label, struct slice text); /* NULL: as a row */
    void (*figure)(struct page *p, struct slice label, struct slice number, struct slice note,
                   enum emphasis e);
    void (*step)(struct page *p, struct slice label, unsigned number, struct slice text);
    void (*quote)(struct page *p, struct slice text, struct slice note);
    void (*copy)(struct page *p, struct slice text); /* a line to be copied: never folded */
    void (*table)(struct page *p, const struct table *t);
    void (*chart)(struct page *p, const struct chart *c);
    void (*way)(struct page *p, const struct way *w);
    void (*end)(struct page *p);
};

extern const struct medium medium_none; /* looks like nothing: for a page that is only collected */

void page_begin(struct page *p);
void page_end(struct page *p);

/* The title of the document, what, whom and when; and the input that the report is of. */
void page_about(struct page *p, struct value title, struct value file);
void page_title(struct page *p, struct value text, enum emphasis e);
void page_section(struct page *p, struct value name);
void page_section_folded(struct page *p, struct value name); /* few read it: shown when it is asked for */

/* A label that is empty continues the row above. page_row_known: nothing where the value is not known. */
void page_row(struct page *p, struct value label, struct value text);
void page_row_in(struct page *p, struct value label, struct value text, enum emphasis e);
void page_row_known(struct page *p, struct value label, struct value text);
/* One of several things of a section, which the rows behind it are about. */
void page_item(struct page *p, struct value label, struct value text);
/* A number that stands out, with a note beside it; false: the medium has none, so that it is to be a row. */
bool page_figure(struct page *p, struct value label, struct value number, struct value note, enum emphasis e);
void page_step(struct page *p, struct value label, unsigned number, struct value text);
void page_quote(struct page *p, struct value text, struct value note);
void page_copy(struct page *p, struct value text);

/* A table is begun with its heads, filled cell by cell, and shown. */
struct table page_table(struct page *p, const enum words *heads, size_t columns, size_t wide,
                        size_t most_rows);
struct table page_table_headed(struct page *p, const struct value *heads, size_t columns, size_t wide,
                               size_t most_rows);
void page_cell(struct page *p, struct table *t, struct value value);
void page_cell_in(struct page *p, struct table *t, struct value value, enum emphasis e);
void page_table_end(struct page *p, const struct table *t);

/* Is there any use in making a picture? */
bool page_has_pictures(const struct page *p);

/* Room for a chart; its texts and values are filled in by the caller. */
struct chart page_chart(struct page *p, size_t series, size_t most);
void page_chart_end(struct page *p, const struct chart *c);
void page_way(struct page *p, const struct way *w);

/* A value as it may be shown, for pictures; and a span's text without its marks. */
struct slice page_text(struct page *p, struct value v);
struct slice page_plain(struct arena *arena, struct slice text);

/* Our words from the table. */
struct value word(enum words words);
#define NO_LABEL word(NO_WORDS)

/* Our words with values at their {}: page_say(p, SAY_OLDER_HOPS, as_count(3)). Each {} takes the next value,
 * {1} the first, and so on. {?one|many} is the first of two where the number before it is 1:
 * "{} {?hop|hops}". */
struct value page_say_values(struct page *p, enum words words, const struct value *values, size_t count);
#define page_say(p, words, ...)                                                                              \
    page_say_values((p), (words), (const struct value[]){__VA_ARGS__},                                       \
                    sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value))

/* May a text be followed: http or https, a host, and nothing that an address of a page cannot hold? */
bool page_is_link(struct slice text);

/* "line 7: …"; the text alone where the line is not known (0). */
struct value page_at_line(struct page *p, unsigned line, struct value text);

/* One text behind the other, with `between` where neither is empty. */
struct value page_join(struct page *p, struct value a, const char *between, struct value b);

#endif
