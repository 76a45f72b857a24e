/* Elements of HTML: see html_element.h. */
#include "parsers/base/html_element.h"

#define LONGEST_NAME 10

#define P       HTML_GROUP_P
#define ITEM    HTML_GROUP_ITEM
#define TERM    HTML_GROUP_TERM
#define CELL    HTML_GROUP_CELL
#define ROW     HTML_GROUP_ROW
#define ROWS    HTML_GROUP_ROWS
#define OPTION  HTML_GROUP_OPTION
#define OTHER   HTML_GROUP_OTHER
#define ALL     0x3ffU
#define CONTENT (P | ITEM | TERM | OPTION | OTHER) /* that cells keep to themselves */

#define ELEMENT(name, flags, group, ends, guards)                                                            \
    { {name, sizeof(name) - 1}, flags, group, ends, guards }
#define BLOCK(name)     ELEMENT(name, HTML_BLOCK, OTHER, P, 0)
#define PARAGRAPH(name) ELEMENT(name, HTML_BLOCK | HTML_PARAGRAPH, OTHER, P, 0)
#define HIDDEN(name)    ELEMENT(name, HTML_HIDDEN, OTHER, 0, 0)
#define VOID(name)      ELEMENT(name, HTML_VOID, OTHER, 0, 0)
#define INLINE(name)    ELEMENT(name, 0, OTHER, 0, 0)

/* Sorted by name. */
static const struct html_element elements[] = {
    INLINE("a"),
    INLINE("abbr"),
    PARAGRAPH("address"),
    VOID("area"),
    BLOCK("article"),
    BLOCK("aside"),
    HIDDEN("audio"),
    INLINE("b"),
    ELEMENT("base", HTML_VOID | HTML_OF_HEAD, OTHER, 0, 0),
    INLINE("big"),
    PARAGRAPH("blockquote"),
    ELEMENT("body", HTML_BLOCK, OTHER, 0, 0),
    ELEMENT("br", HTML_VOID | HTML_BREAK, OTHER, 0, 0),
    INLINE("button"),
    HIDDEN("canvas"),
    ELEMENT("caption", HTML_BLOCK, CELL, CELL | ROW | ROWS, CONTENT),
    BLOCK("center"),
    INLINE("code"),
    VOID("col"),
    HIDDEN("datalist"),
    ELEMENT("dd", HTML_BLOCK, TERM, TERM | P, 0),
    BLOCK("details"),
    BLOCK("dir"),
    BLOCK("div"),
    ELEMENT("dl", HTML_BLOCK | HTML_PARAGRAPH, OTHER, P, TERM),
    ELEMENT("dt", HTML_BLOCK, TERM, TERM | P, 0),
    INLINE("em"),
    VOID("embed"),
    BLOCK("fieldset"),
    BLOCK("figcaption"),
    BLOCK("figure"),
    INLINE("font"),
    BLOCK("footer"),
    BLOCK("form"),
    PARAGRAPH("h1"),
    PARAGRAPH("h2"),
    PARAGRAPH("h3"),
    PARAGRAPH("h4"),
    PARAGRAPH("h5"),
    PARAGRAPH("h6"),
    ELEMENT("head", HTML_HIDDEN, HTML_GROUP_HEAD, 0, 0),
    BLOCK("header"),
    ELEMENT("hr", HTML_BLOCK | HTML_VOID, OTHER, P, 0),
    ELEMENT("html", HTML_BLOCK, OTHER, 0, 0),
    INLINE("i"),
    ELEMENT("iframe", HTML_HIDDEN | HTML_RAW, OTHER, 0, 0),
    VOID("img"),
    VOID("input"),
    ELEMENT("li", HTML_BLOCK, ITEM, ITEM | P, 0),
    ELEMENT("link", HTML_VOID | HTML_OF_HEAD, OTHER, 0, 0),
    BLOCK("main"),
    ELEMENT("menu", HTML_BLOCK, OTHER, P, ITEM),
    ELEMENT("meta", HTML_VOID | HTML_OF_HEAD, OTHER, 0, 0),
    BLOCK("nav"),
    ELEMENT("noembed", HTML_HIDDEN | HTML_RAW, OTHER, 0, 0),
    ELEMENT("noframes", HTML_HIDDEN | HTML_RAW | HTML_OF_HEAD, OTHER, 0, 0),
    ELEMENT("noscript", HTML_OF_HEAD, OTHER, 0, 0),
    ELEMENT("object", 0, OTHER, 0, P),
    ELEMENT("ol", HTML_BLOCK | HTML_PARAGRAPH, OTHER, P, ITEM),
    ELEMENT("option", HTML_BLOCK, OPTION, OPTION, 0),
    ELEMENT("p", HTML_BLOCK | HTML_PARAGRAPH, P, P, 0),
    VOID("param"),
    ELEMENT("pre", HTML_BLOCK | HTML_PARAGRAPH | HTML_PRE, OTHER, P, 0),
    ELEMENT("script", HTML_HIDDEN | HTML_RAW | HTML_OF_HEAD, OTHER, 0, 0),
    BLOCK("section"),
    ELEMENT("select", 0, OTHER, 0, OPTION),
    INLINE("small"),
    VOID("source"),
    INLINE("span"),
    INLINE("strong"),
    ELEMENT("style", HTML_HIDDEN | HTML_RAW | HTML_OF_HEAD, OTHER, 0, 0),
    BLOCK("summary"),
    ELEMENT("table", HTML_BLOCK, HTML_GROUP_TABLE, 0, ALL),
    ELEMENT("tbody", HTML_BLOCK, ROWS, CELL | ROW | ROWS, 0),
    ELEMENT("td", HTML_CELL, CELL, CELL, CONTENT),
    ELEMENT("template", HTML_HIDDEN | HTML_OF_HEAD, OTHER, 0, ALL),
    INLINE("textarea"),
    ELEMENT("tfoot", HTML_BLOCK, ROWS, CELL | ROW | ROWS, 0),
    ELEMENT("th", HTML_CELL, CELL, CELL, CONTENT),
    ELEMENT("thead", HTML_BLOCK, ROWS, CELL | ROW | ROWS, 0),
    ELEMENT("title", HTML_HIDDEN | HTML_RAW | HTML_OF_HEAD, OTHER, 0, 0),
    ELEMENT("tr", HTML_BLOCK, ROW, CELL | ROW, 0),
    VOID("track"),
    INLINE("tt"),
    INLINE("u"),
    ELEMENT("ul", HTML_BLOCK | HTML_PARAGRAPH, OTHER, P, ITEM),
    HIDDEN("video"),
    VOID("wbr"),
    ELEMENT("xmp", HTML_BLOCK | HTML_PARAGRAPH | HTML_PRE, OTHER, P, 0),
};

const struct html_element *html_element_find(struct slice name) {
    char lower[LONGEST_NAME] = "";
    size_t low = 0;
    size_t high = sizeof elements / sizeof *elements;
    if (!name.len || name.len > LONGEST_NAME)
        return NULL;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = ascii_lower(name.ptr[i]);
    while (low < high) {
        const struct html_element *e = &elements[low + (high - low) / 2];
        size_t shorter = name.len < e->name.len ? name.len : e->name.len;
        int order = memcmp(lower, e->name.ptr, shorter);
        if (order == 0)
            order = (name.len > e->name.len) - (name.len < e->name.len);
        if (order == 0)
            return e;
        if (order < 0)
            high = (size_t)(e - elements);
        else
            low = (size_t)(e - elements) + 1;
    }
    return NULL;
}
