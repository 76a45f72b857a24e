/* Lists of tags, as DKIM, DMARC, MTA-STS, TLS-RPT and BIMI write them: "v=DKIM1; k=rsa; p=…" (RFC 6376
 * section 3.2, RFC 7489 section 6.3). */
#ifndef MAILWHY_TAGS_H
#define MAILWHY_TAGS_H

#include "parsers/base/arena.h"

struct tag {
    struct slice name, value; /* trimmed; the value may hold folding blanks */
};

/* Take the next tag off `rest`; pieces without "=" are passed over, and *is_wrong is then set (never
 * cleared). */
bool tag_next(struct slice *rest, struct tag *tag, bool *is_wrong);

/* The value of a tag; an empty slice with a NULL address where there is none. Names are case-sensitive. */
struct slice tag_find(struct slice text, struct slice name);

/* Is the word in a list that `separator` separates, blanks apart? Case does not count. */
bool tag_holds(struct slice list, char separator, struct slice word);

/* base64 (RFC 4648), blanks apart. Returns false where it is damaged. */
bool tag_base64(struct arena *arena, struct slice value, struct slice *bytes);

#endif
