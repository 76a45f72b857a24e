/* Charts and the way of a message as SVG inside of HTML, without styles of their own: page.css colours them.
 */
#ifndef MAILWHY_HTML_PICTURE_H
#define MAILWHY_HTML_PICTURE_H

#include "analyze/report/page.h"

void html_chart(struct page *p, const struct chart *c);
void html_way(struct page *p, const struct way *w);

/* The class of a state; its sign, which stands beside the words. */
const char *html_state_class(enum emphasis e);
const char *html_state_sign(enum emphasis e);

#endif
