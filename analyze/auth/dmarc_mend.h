/* A DMARC record as it should be (RFC 9989 section 4.7). */
#ifndef MAILWHY_DMARC_MEND_H
#define MAILWHY_DMARC_MEND_H

#include "parsers/dns/dmarc_record.h"

/* Is it a tag of DMARC, or one that RFC 7489 had? */
bool dmarc_tag_is_known(struct slice name);

/* A record with the separators that were meant: semicolons where blanks, commas or colons stand in their
 * place, commas between addresses, and without quotation marks. */
struct slice dmarc_as_meant(struct slice text, struct arena *arena);

/* What a record, valid or not, was meant to say, in the usual order and without what RFC 9989 dropped; a
 * policy of none is taken one step further, reports go to postmaster of the domain where none are asked for.
 */
struct slice dmarc_mend(struct slice text, struct slice domain, struct arena *arena);

#endif
