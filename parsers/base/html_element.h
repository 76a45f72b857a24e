/* What is known of the elements of HTML, as far as their text is concerned. */
#ifndef MAILWHY_HTML_ELEMENT_H
#define MAILWHY_HTML_ELEMENT_H

#include "parsers/base/slice.h"

enum html_flag {
    HTML_BLOCK = 1,     /* stands on lines of its own, and ends an open paragraph */
    HTML_PARAGRAPH = 2, /* with an empty line around it */
    HTML_VOID = 4,      /* has no end tag and nothing inside */
    HTML_HIDDEN = 8,    /* is not shown */
    HTML_RAW = 16,      /* up to its end tag there are no other tags */
    HTML_CELL = 32,     /* parted from its neighbour by a blank */
    HTML_PRE = 64,      /* white space counts */
    HTML_OF_HEAD = 128, /* may stand in <head>: any other element ends that */
    HTML_BREAK = 256    /* a line end */
};

/* Elements that the start of another ends, and those that keep it from ending what stands outside of them. */
enum html_group {
    HTML_GROUP_P = 1,
    HTML_GROUP_ITEM = 2, /* of a list */
    HTML_GROUP_TERM = 4, /* of a list of definitions */
    HTML_GROUP_CELL = 8,
    HTML_GROUP_ROW = 16,
    HTML_GROUP_ROWS = 32, /* head, body and foot of a table */
    HTML_GROUP_OPTION = 64,
    HTML_GROUP_HEAD = 128,
    HTML_GROUP_TABLE = 256,
    HTML_GROUP_OTHER = 512 /* all others */
};

struct html_element {
    struct slice name;
    unsigned flags;  /* html_flag */
    unsigned group;  /* html_group: which it belongs to */
    unsigned ends;   /* which open ones its start tag ends */
    unsigned guards; /* which ones outside it cannot be ended from inside it */
};

/* By name, in any case; NULL: nothing is known of it. */
const struct html_element *html_element_find(struct slice name);

#endif
