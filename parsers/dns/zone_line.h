/* A line of a zone file, or of what `nslookup` prints, that was pasted whole into the text of a TXT record:
 * "_dmarc 3600 IN TXT ( "v=DMARC1; …" )" (RFC 1035 section 5.1). */
#ifndef MAILWHY_ZONE_LINE_H
#define MAILWHY_ZONE_LINE_H

#include "parsers/base/arena.h"

/* The text that such a line has behind its type (TXT, or SPF), its strings put together; without quotation
 * marks, what follows up to a bracket that closes. Empty: `text` is no such line. */
struct slice zone_line_text(struct slice text, struct arena *arena);

#endif
